//! Settings from files and variables.

use super::*;
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
    let settings =
        load("", &[("MUSTER_ADMIN_PASSWORD", "007007007007"), ("MUSTER_ALLOWED_ORIGINS", "http://a, http://b")]);
    let settings = settings.expect("settings");
    assert_eq!(settings.admin_password.expect("set").expose_secret(), "007007007007");
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

#[test]
fn a_mail_server_is_complete_or_not_there() {
    let with = |rest: &str| load(&format!("public_url = \"https://muster.example\"\n[mail]\n{rest}"), &[]);
    let whole = "host = \"mail.example\"\nfrom = \"Muster <muster@example.org>\"\n";
    let mail = with(whole).expect("settings").mail.expect("set");
    assert_eq!((mail.port(), mail.security), (587, MailSecurity::StartTls));
    let signed_in =
        |security: &str| with(&format!("{whole}username = \"me\"\npassword = \"hush\"\nsecurity = \"{security}\"\n"));
    assert_eq!(signed_in("tls").expect("settings").mail.expect("set").port(), 465);
    for (wrong, named) in [
        (with("host = \"mail.example\""), "mail.from"),
        (with("from = \"muster@example.org\""), "mail.host"),
        (with("host = \"mail.example\"\nfrom = \"somebody\""), "mail.from"),
        (with("host = \"smtp://mail.example\"\nfrom = \"me@example.org\""), "mail.host"),
        (with(&format!("{whole}username = \"me\"")), "mail.username"),
        (with(&format!("{whole}password = \"hush\"")), "mail.username"),
        (with(&format!("{whole}hots = \"x\"")), "hots"),
        (with(&format!("{whole}security = \"ssl\"")), "ssl"),
        (signed_in("none"), "mail.security"),
        (load(&format!("[mail]\n{whole}"), &[]), "public_url"),
    ] {
        let wrong = wrong.expect_err("refused");
        assert!(wrong.contains(named) && !wrong.contains("hush"), "{named}: {wrong}");
    }
}

#[test]
fn a_mail_server_may_stand_in_the_environment() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(b"hush\n").expect("written");
    let variables = [
        ("MUSTER_PUBLIC_URL", "https://muster.example"),
        ("MUSTER_MAIL_HOST", "mail.example"),
        ("MUSTER_MAIL_PORT", "2525"),
        ("MUSTER_MAIL_FROM", "muster@example.org"),
        ("MUSTER_MAIL_USERNAME", "007"),
        ("MUSTER_MAIL_PASSWORD_FILE", file.path().to_str().expect("UTF-8")),
    ];
    let mail = load("", &variables).expect("settings").mail.expect("set");
    assert_eq!((mail.host.as_str(), mail.port(), mail.username.as_deref()), ("mail.example", 2525, Some("007")));
    assert_eq!(mail.password.expect("set").expose_secret(), "hush");
    let twice = [&variables[..], &[("MUSTER_MAIL_PASSWORD", "x")]].concat();
    assert!(load("", &twice).expect_err("refused").contains("MUSTER_MAIL_PASSWORD and MUSTER_MAIL_PASSWORD_FILE"));
}

#[test]
fn an_empty_password_of_the_administrator_is_none() {
    let with = |password: &str| load("", &[("MUSTER_ADMIN_PASSWORD", password)]);
    assert!(with("").expect("settings").admin_password.is_none());
    assert!(with("twelve chars").expect("settings").admin_password.is_some());
    for wrong in ["x", "eleven char", &"x".repeat(1025)] {
        let refused = with(wrong).expect_err("refused");
        assert!(refused.contains("admin_password") && refused.contains("12"), "{refused}");
    }
    let twin = [("MUSTER_ADMIN_USERNAME", "administrator"), ("MUSTER_ADMIN_PASSWORD", "Administrator")];
    assert!(load("", &twin).expect_err("refused").contains("admin_password"));
}

#[test]
fn a_key_and_a_database_are_what_they_must_be() {
    let hush = |url: &str| load("", &[("MUSTER_DATABASE_URL", url)]).map(|_| ()).expect_err(url);
    for wrong in ["mysql://me:hush@db/muster", "", "sqlite://", "sqlite::memory:", "postgres://me:hush@db:port/muster"]
    {
        let refused = hush(wrong);
        assert!(refused.contains("database_url") && !refused.contains("hush"), "{wrong}: {refused}");
    }
    for good in ["sqlite://data/muster.db", "postgres://me:hush@db/muster", "postgresql://db/muster"] {
        assert!(load("", &[("MUSTER_DATABASE_URL", good)]).is_ok(), "{good}");
    }
    for wrong in ["", "hush", &"g".repeat(64)] {
        let refused = load("", &[("MUSTER_SECRET_KEY", wrong)]).expect_err("refused");
        assert!(refused.contains("secret_key") && !refused.contains("hush"), "{refused}");
    }
    assert!(load("", &[("MUSTER_SECRET_KEY", &"a1".repeat(32))]).is_ok());
}
