//! Builds again when a migration was added: the macro that embeds them looks at files that Cargo does not know of.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
