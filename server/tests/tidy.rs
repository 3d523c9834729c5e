//! The invariants of ARCHITECTURE.md that a reader of the source can check.

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the server stands in the workspace").to_owned()
}

/// Every Rust file below a folder, with its path from the root and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = vec![];
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && name != "node_modules" && !name.starts_with('.') {
                folders.push(path);
            } else if name.ends_with(".rs") {
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                found.push((path.strip_prefix(root()).expect("below the root").to_string_lossy().into_owned(), text));
            }
        }
    }
    assert!(!found.is_empty(), "no source below {folder}");
    found.sort();
    found
}

fn all_sources() -> Vec<(String, String)> {
    ["app", "frontend", "server"].into_iter().flat_map(sources).collect()
}

/// The lines that are code: no comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.starts_with("//"))
}

#[track_caller]
fn nothing(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

fn dependencies(package: &str, features: &str, target: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["tree", "--locked", "-e", "normal", "--prefix", "none", "--format", "{p}"])
        .args(["-p", package, "--target", target])
        .args(if features.is_empty() { vec![] } else { vec!["--features", features] })
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_browser_holds_no_server() {
    let names = dependencies("frontend", "", "wasm32-unknown-unknown");
    assert!(names.iter().any(|name| name == "leptos"), "the graph was read: {names:?}");
    let unwanted = ["sqlx", "sqlx-core", "ldap3", "tokio", "axum", "store", "directory", "worker", "demo", "rustls"];
    nothing(names.into_iter().filter(|name| unwanted.contains(&name.as_str())).collect(), "not in the browser");
}

#[test]
fn the_program_has_one_tls_provider() {
    let names = dependencies("server", "", "x86_64-unknown-linux-gnu");
    assert!(names.iter().any(|name| name == "aws-lc-rs"), "the graph was read");
    nothing(names.into_iter().filter(|name| name == "ring").collect(), "rustls panics with two providers");
}

/// Why: see `app/src/components/when.rs`.
#[test]
fn what_a_resource_decides_is_not_shown_by_a_memo() {
    let mut found = vec![];
    for (path, text) in sources("app/src") {
        for line in code(&text) {
            let (shows, memo) = (line.contains("<Show when="), line.contains("Memo::new("));
            let resource =
                ["session", "may(", "may_write", "may_give", "can_import"].iter().any(|name| line.contains(name));
            if (shows && resource) || (memo && line.contains("session")) {
                found.push(format!("{path}: {line}"));
            }
        }
    }
    nothing(found, "`<When is=…>` instead, or a closure");
}

#[test]
fn the_pure_crates_do_nothing_but_compute() {
    let mut found = vec![];
    for folder in ["app/identity/src", "app/plan/src", "app/job/src", "app/tabular/src"] {
        for (path, text) in sources(folder) {
            let impure = [
                "std::fs",
                // An address may be parsed; nothing may be sent to it.
                "TcpStream",
                "UdpSocket",
                "ToSocketAddrs",
                "std::time",
                "SystemTime",
                "Instant",
                "std::env",
                "std::process",
                "std::thread",
                "async fn",
                "cfg(feature",
                "rand::",
                "getrandom",
            ];
            for line in code(&text) {
                found.extend(impure.iter().filter(|word| line.contains(*word)).map(|word| format!("{path}: {word}")));
            }
        }
    }
    nothing(found, "pure crates have no I/O, clock, randomness, async or server/browser features");
}

#[test]
fn each_library_is_named_in_one_place() {
    let mut found = vec![];
    for (path, text) in all_sources() {
        if path.ends_with("tests/tidy.rs") {
            continue;
        }
        for line in code(&text) {
            let mut only = |word: &str, homes: &[&str]| {
                if line.contains(word) && !homes.iter().any(|home| path.starts_with(home)) {
                    found.push(format!("{path}: {word}"));
                }
            };
            only("ldap3::", &["server/directory/"]);
            only("sqlx::", &["server/store/"]);
            only("lettre::", &["server/src/mail.rs", "server/src/config/mail.rs"]);
            only("web_sys::", &["app/src/browser", "frontend/"]);
            only("gloo_file::", &["app/src/browser", "frontend/"]);
            only("ldap3_proto::", &["server/demo/"]);
        }
    }
    nothing(found, "a library is named outside its home");
}

#[test]
fn server_functions_stand_in_the_api_and_ask_first() {
    let mut found = vec![];
    let mut functions = 0;
    for (path, text) in sources("app").into_iter().chain(sources("frontend")) {
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.trim().starts_with("#[server")) {
            functions += 1;
            if !path.starts_with("app/src/api") {
                found.push(format!("{path}:{}: stands outside app/src/api", index + 1));
            }
            // The body begins after the line that ends the signature; imports may come before the question.
            let body = lines[index + 1..].iter().skip_while(|line| !line.ends_with('{')).skip(1);
            let first = body
                .map(|line| line.trim())
                .find(|line| !line.is_empty() && !line.starts_with("use ") && !line.starts_with("//"))
                .unwrap_or_default();
            let asks = first.contains("authorized(") || first.contains("signed_in(");
            // For people who are not signed in: signing in, and choosing a password with a link.
            let signs_in = path.ends_with("api/session.rs") || path.ends_with("api/password.rs");
            if !asks && !signs_in {
                found.push(format!("{path}:{}: {line} begins with {first}", index + 1));
            }
        }
    }
    assert!(functions > 20, "only {functions} server functions were found: does this test still read them?");
    nothing(found, "a server function is: may I, do it, answer");
}

#[test]
fn the_plan_does_not_learn_where_a_record_came_from() {
    let mut found = vec![];
    for (path, text) in sources("app/plan/src") {
        for line in code(&text) {
            for word in ["ldap", "csv", "xlsx", "tabular"] {
                if line.to_lowercase().contains(word) {
                    found.push(format!("{path}: {line}"));
                }
            }
        }
    }
    nothing(found, "a plan is the same for every source");
}

#[test]
fn what_is_sent_or_hashed_has_a_size_and_an_order() {
    let mut found = vec![];
    for folder in ["app/identity/src", "app/plan/src", "app/job/src", "app/src/api"] {
        for (path, text) in sources(folder) {
            let mut sent = false;
            for line in code(&text) {
                if line.starts_with("#[derive(") {
                    sent = line.contains("Serialize");
                }
                // A field of the type that the derive stands on.
                let field = line.ends_with(',') && line.contains(": ");
                if sent && field && ["usize", "HashMap<", "HashSet<"].iter().any(|word| line.contains(word)) {
                    found.push(format!("{path}: {line}"));
                }
                if line == "}" {
                    sent = false;
                }
            }
        }
    }
    nothing(found, "no usize and no unordered map in what is sent, shown or hashed");
}

#[test]
fn a_file_says_what_it_owns_and_stays_small() {
    let mut found = vec![];
    for (path, text) in all_sources() {
        // The tests of a file own nothing of their own.
        if !text.starts_with("//!") && !path.ends_with("build.rs") && !path.ends_with("/tests.rs") {
            found.push(format!("{path}: the first line does not say what the file owns"));
        }
        let lines = text.lines().count();
        if lines > 400 {
            found.push(format!("{path}: {lines} lines"));
        }
    }
    nothing(found, "small files, one noun each");
}

#[test]
fn nothing_is_left_behind() {
    let mut found = vec![];
    for (path, text) in all_sources() {
        if path.ends_with("tests/tidy.rs") {
            continue;
        }
        for line in code(&text) {
            for word in ["todo!(", "unimplemented!(", "dbg!(", "#[ignore", "#[allow("] {
                if line.contains(word) {
                    found.push(format!("{path}: {word}"));
                }
            }
        }
    }
    nothing(found, "unfinished work");
}

#[test]
fn the_root_holds_what_the_design_names() {
    let listed = Command::new("git").current_dir(root()).args(["ls-files"]).output().expect("git runs");
    assert!(listed.status.success(), "git knows the files");
    let text = String::from_utf8(listed.stdout).expect("UTF-8");
    let folders = ["app", "server", "frontend", "style", "public", "end2end"];
    let mut unknown: Vec<String> = text
        .lines()
        .filter_map(|path| path.split_once('/'))
        .map(|(folder, _)| folder.to_owned())
        .filter(|folder| !folders.contains(&folder.as_str()) && !folder.starts_with('.'))
        .collect();
    unknown.dedup();
    nothing(unknown, "no other folder at the root");
}

#[test]
fn both_languages_say_everything() {
    let folder = root().join("app/locales");
    let mut found = vec![];
    let mut texts = 0;
    for entry in std::fs::read_dir(folder.join("en")).expect("English texts") {
        let name = entry.expect("an entry").file_name();
        let keys = |language: &str| -> Vec<String> {
            let text = std::fs::read_to_string(folder.join(language).join(&name)).unwrap_or_default();
            let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
            let mut keys = vec![];
            collect_keys("", &value, &mut keys);
            keys
        };
        let (english, german) = (keys("en"), keys("de"));
        texts += english.len();
        let missing = |from: &[String], other: &[String]| -> Vec<String> {
            from.iter().filter(|key| !other.contains(key)).map(|key| format!("{name:?}: {key}")).collect()
        };
        found.extend(missing(&english, &german));
        found.extend(missing(&german, &english));
    }
    assert!(texts > 100, "only {texts} texts were found");
    nothing(found, "a text stands in one language only");
}

#[test]
fn every_text_is_shown_somewhere() {
    let code: String = sources("app/src").into_iter().map(|(_, text)| text).collect();
    let words = |text: &str| -> String { text.chars().filter(|letter| !letter.is_whitespace()).collect() };
    let code = words(&code);
    let mut found = vec![];
    for entry in std::fs::read_dir(root().join("app/locales/en")).expect("English texts") {
        let path = entry.expect("an entry").path();
        let page = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let texts: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).expect("JSON");
        for key in texts.keys() {
            // Forms of a number are one text.
            let key = key.strip_suffix("_one").or(key.strip_suffix("_other")).unwrap_or(key);
            let name = format!("{page}.{key}");
            let follows = |(at, _): (usize, &str)| code[at + name.len()..].starts_with([',', ')']);
            if !code.match_indices(&name).any(follows) {
                found.push(name);
            }
        }
    }
    nothing(found, "a text that no page shows");
}

fn collect_keys(prefix: &str, value: &serde_json::Value, keys: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                collect_keys(&format!("{prefix}/{key}"), value, keys);
            }
        }
        _ => keys.push(prefix.to_owned()),
    }
}

#[test]
fn every_style_sheet_closes_what_it_opens() {
    let mut found = vec![];
    for entry in std::fs::read_dir(root().join("style")).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        // A sheet that does not would take those behind it along, and no browser complains.
        if text.matches('{').count() != text.matches('}').count() {
            found.push(path.display().to_string());
        }
    }
    nothing(found, "a brace of a style sheet has no partner");
}
