//! Turns `locales/LANGUAGE/NAMESPACE.json` into the typed catalogue that `src/text.rs` includes.
//!
//! The parser and the generator of leptos_i18n are called directly: its own build crate also brings a generator of ICU
//! data, which takes longer to compile than the rest of this package and is not needed here.

use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};
use std::{env, error::Error, fs, path::PathBuf};

/// One per owner of pages, and one per reader of files; `common` and `errors` belong to all.
const NAMESPACES: [&str; 16] = [
    "common",
    "csv",
    "directories",
    "errors",
    "export",
    "files",
    "groups",
    "import",
    "jobs",
    "objects",
    "profiles",
    "review",
    "roles",
    "session",
    "settings",
    "workbook",
];

fn main() -> Result<(), Box<dyn Error>> {
    let config = Config::new("en")?
        .add_locale("de")?
        .locales_path("locales")
        .add_namespaces(NAMESPACES)?
        .add_namespace("users")?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let parsed = parse_locales(None, config)?;
    for warning in parsed.diag.warnings().iter() {
        println!("cargo::warning={warning}");
    }
    for error in parsed.diag.errors().iter() {
        println!("cargo::error={error}");
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let code = gen_code(&parsed, None, false, None, false)?;
    let file = PathBuf::from(env::var("OUT_DIR")?).join("catalogue.rs");
    fs::write(file, code.to_string())?;
    Ok(())
}
