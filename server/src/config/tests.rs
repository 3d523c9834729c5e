//! Settings from files and variables.

use super::*;
use secrecy::ExposeSecret as _;
use std::io::Write as _;

fn load(toml: &str, environment: &[(&str, &str)]) -> Result<Settings, String> {
    let mut file = tempfile::Builder::new().suffix(".toml").tempfile().expect("a file");
    file.write_all(toml.as_bytes()).expect("written");
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::from_sources(Some(file.path()), environment).map_err(|error| app::services::report::chain(&error))
}

#[test]
fn without_anything_there_are_defaults() {
    let settings = Settings::from_sources(None, std::iter::empty()).expect("defaults");
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8480");
    assert_eq!(settings.public_origin(), "http://127.0.0.1:8480");
    assert_eq!(settings.database().expose_secret(), "sqlite://data/muster.db");
    assert!(!settings.cookies_are_secure());
}

#[test]
fn the_environment_wins_over_the_file() {
    let settings = load(
        "listen = \"127.0.0.1:1\"\nworkers = 3\nallowed_origins = [\"https://a.example\"]",
        &[("MUSTER_LISTEN", "127.0.0.1:2"), ("MUSTER_TRUST_FORWARDED_FOR", "true"), ("PATH", "/bin")],
    );
    let settings = settings.expect("settings");
    assert_eq!((settings.listen.port(), settings.workers), (2, 3));
    assert!(settings.trust_forwarded_for);
    assert_eq!(settings.allowed_origins.0, ["https://a.example"]);
}

#[test]
fn a_password_of_digits_stays_as_it_is() {
    let settings = load("", &[("MUSTER_ADMIN_PASSWORD", "007"), ("MUSTER_ALLOWED_ORIGINS", "http://a, http://b")]);
    let settings = settings.expect("settings");
    assert_eq!(settings.admin_password.expect("set").expose_secret(), "007");
    assert_eq!(settings.allowed_origins.0, ["http://a", "http://b"]);
}

#[test]
fn a_secret_may_stand_in_a_file() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(b"postgres://me:secret@db/muster\n").expect("written");
    let path = file.path().to_str().expect("UTF-8");
    let settings = load("", &[("MUSTER_DATABASE_URL_FILE", path)]).expect("settings");
    assert_eq!(settings.database().expose_secret(), "postgres://me:secret@db/muster");
    let twice = load("", &[("MUSTER_DATABASE_URL_FILE", path), ("MUSTER_DATABASE_URL", "sqlite://x")]);
    assert!(twice.expect_err("refused").contains("both set"));
    let missing = load("", &[("MUSTER_SECRET_KEY_FILE", "/nowhere/at/all")]).expect_err("refused");
    assert!(missing.contains("MUSTER_SECRET_KEY_FILE") && missing.contains("/nowhere/at/all"), "{missing}");
}

#[test]
fn what_is_no_setting_is_an_error_that_names_it() {
    assert!(load("lisen = \"127.0.0.1:1\"", &[]).expect_err("refused").contains("lisen"));
    assert!(load("", &[("MUSTER_LISEN", "127.0.0.1:1")]).expect_err("refused").contains("lisen"));
    assert!(load("", &[("MUSTER_LISTEN", "everywhere")]).is_err());
    assert!(load("", &[("MUSTER_SITE_DIR", "x"), ("MUSTER_CACHE", "x")]).is_ok());
}

#[test]
fn a_public_address_is_an_origin() {
    let with = |url: &str| load("", &[("MUSTER_PUBLIC_URL", url)]);
    let settings = with("https://Muster.example:443/").expect("settings");
    assert_eq!(settings.public_origin(), "https://muster.example");
    assert!(settings.cookies_are_secure());
    for wrong in ["muster.example", "ftp://muster.example", "https://muster.example/app", "https://me@muster.example"] {
        assert!(with(wrong).expect_err("refused").contains("public_url"), "{wrong}");
    }
}
