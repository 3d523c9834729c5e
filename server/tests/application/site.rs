//! The files that pages load.

use crate::muster::Installation;

#[test]
fn files_of_a_folder_are_served_with_their_kind_and_asked_for_again_cheaply() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("pkg")).expect("made");
    std::fs::write(folder.path().join("pkg/muster.wasm"), b"\0asm").expect("written");
    std::fs::write(folder.path().join("pkg/muster.css"), "body { margin: 0 }").expect("written");
    std::fs::write(folder.path().join("secret.txt"), "not of the site").expect("written");
    let muster = Installation::new().with("MUSTER_ASSETS_DIR", folder.path().to_str().expect("UTF-8")).start();
    for (path, kind) in [("/pkg/muster.wasm", "application/wasm"), ("/pkg/muster.css", "text/css")] {
        let answer = muster.get(path, &[]);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let modified = answer.header("last-modified").expect("a time").to_owned();
        assert_eq!(muster.get(path, &[("If-Modified-Since", &modified)]).status, 304, "{path}");
    }
    for path in ["/pkg/../secret.txt", "/pkg/%2e%2e/secret.txt", "/secret.txt", "/pkg/..%2fsecret.txt"] {
        let answer = muster.get(path, &[]);
        assert!(answer.status != 200 && !answer.body.contains("not of the site"), "{path}: {}", answer.status);
    }
}
