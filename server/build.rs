//! Puts the site for the browser into the binary, compressed, when it was built before.

use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=MUSTER_SITE_DIR");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("..");
    let site = std::env::var_os("MUSTER_SITE_DIR").map_or_else(|| root.join("target/site"), PathBuf::from);
    // A server without a site still compiles: tests of the server need none. The folder is made so that cargo can
    // watch it, and builds anew once there is a site.
    let site = match std::fs::create_dir_all(&site) {
        Ok(()) => site,
        Err(_) => {
            let none = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("no-site");
            std::fs::create_dir_all(&none).expect("the output folder can be written to");
            none
        }
    };
    memory_serve::load_directory(site);
}
