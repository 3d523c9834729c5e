//! How the page's module is linked.

fn main() {
    if std::env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        // `wasm-split` sees from the relocations what is reached from where.
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
