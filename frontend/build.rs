//! How the page's module is linked.

fn main() {
    // `wasm-split` sees from the relocations what is reached from where. The worker is not split.
    println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    println!("cargo::rerun-if-changed=build.rs");
}
