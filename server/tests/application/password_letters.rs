//! Asking for a new password on the sign-in page, and the letter that comes of it.

use crate::caller::{Caller, PASSWORD, error, form, problems};
use crate::http::Answer;
use crate::muster::{Installation, Muster};
use app::api::password::{AskPassword, ChoosePassword, MayAskPassword};
use app::api::user::{CreateUser, FetchUser};
use app::error::AppError;
use identity::id::UserId;
use serde_json::json;
use server_fn::ServerFn as _;
use std::time::{Duration, Instant};
use testkit::Smtp;
use testkit::smtp::Manner;

const SITE: &str = "http://muster.example";

/// An installation whose letters go there. On SQLite alone: these tests are about the mail server; links are stored and
/// used on both databases in `password_links`.
fn installation(smtp: &Smtp, security: &str) -> Installation {
    Installation::new()
        .with("MUSTER_ADMIN_PASSWORD", PASSWORD)
        .with("MUSTER_PUBLIC_URL", SITE)
        .with("MUSTER_MAIL_HOST", "localhost")
        .with("MUSTER_MAIL_PORT", &smtp.port().to_string())
        .with("MUSTER_MAIL_SECURITY", security)
        .with("MUSTER_MAIL_FROM", "Muster <muster@example.org>")
        .with("MUSTER_LOG", "info")
}

/// Makes a user without a password.
fn make(administrator: &Caller<'_>, username: &str, email: Option<&str>, enabled: bool) -> UserId {
    let mut form = form(username, &[]);
    form.fields.email = email.map(str::to_owned);
    form.fields.enabled = enabled;
    administrator.ask(&CreateUser { form })
}

fn ask(muster: &Muster, name: &str) -> Answer {
    muster.post(AskPassword::PATH, &json!({ "name": name }), &[])
}

/// The link in a letter: a line of its own.
fn link(letter: &str) -> &str {
    letter.lines().find(|line| line.contains("/password/")).unwrap_or_else(|| panic!("no link: {letter}"))
}

#[test]
fn whoever_is_known_gets_a_letter_and_everybody_the_same_answer() {
    let smtp = Smtp::start(Manner::Plain);
    let muster = installation(&smtp, "none").start();
    let administrator = Caller::administrator(&muster);
    let eve = make(&administrator, "eve", Some("Eve@example.org"), true);
    let disabled = make(&administrator, "disabled", Some("disabled@example.org"), false);
    let unreachable = make(&administrator, "unreachable", None, true);
    let may_ask =
        [eve, disabled, unreachable].map(|user_id| administrator.ask(&FetchUser { user_id }).may_ask_password);
    assert_eq!(may_ask, [true, false, false], "what the page of each says");
    let ended = muster.get("/password/unknown", &[("Accept", "text/html")]).body;
    assert!(ended.contains("href=\"/password\""), "whose link ended may ask for another: {ended}");
    make(&administrator, "odd", Some("odd@example.org,eve@example.org"), true);
    make(&administrator, "last", Some("last@example.org"), true);
    assert_eq!(muster.post(MayAskPassword::PATH, &json!({}), &[]).json(), true);
    assert!(muster.get("/sign-in", &[("Accept", "text/html")]).body.contains("href=\"/password\""));

    let forged = [("Host", "evil.example"), ("X-Forwarded-Host", "evil.example")];
    let known = muster.post(AskPassword::PATH, &json!({ "name": "eve@EXAMPLE.org" }), &forged);
    assert_eq!((known.status, known.body.as_str()), (200, "null"));
    // In a row there is one; and nobody else gets any. What is asked last is answered last.
    let long = "x".repeat(5000);
    for name in ["EVE", "nobody", "disabled", "unreachable", "odd", "admin", "a\u{0}b", "*)(uid=*", &long, "last"] {
        let answer = ask(&muster, name);
        assert_eq!((answer.status, &answer.body), (known.status, &known.body), "{name:.30}");
    }
    assert_eq!(problems(error(&ask(&muster, " "))), ["name: missing"]);
    let letters = smtp.letters(2);
    let to: Vec<_> = letters.iter().flat_map(|letter| &letter.to).collect();
    assert_eq!(to, ["Eve@example.org", "last@example.org"], "to the stored address");

    let text = &letters[0].text;
    for line in
        ["From: Muster <muster@example.org>", "Subject: New password for Muster", "Auto-Submitted: auto-generated"]
    {
        assert!(text.lines().any(|known| known == line), "{line}: {text}");
    }
    assert!(text.contains("\nDate: ") && text.contains("\nMessage-ID: <"), "{text}");
    let token = link(text).strip_prefix(&format!("{SITE}/password/")).expect("our own address, whatever was asked");
    let choose = json!({ "token": token, "new": PASSWORD });
    assert_eq!(muster.post(ChoosePassword::PATH, &choose, &[]).status, 200);
    assert_eq!(muster.sign_in("eve", PASSWORD).status, 200);
    assert_eq!(error(&muster.post(ChoosePassword::PATH, &choose, &[])), AppError::PasswordLinkEnded);
    let log = muster.log();
    assert!(log.contains("a letter was sent") && log.contains("not one that letters can be sent to"), "{log}");
    assert!(!log.contains("example.org") && !log.contains(token), "{log}");
}

#[test]
fn who_asks_too_often_waits_and_can_still_sign_in() {
    let smtp = Smtp::start(Manner::Plain);
    let muster = installation(&smtp, "none").start();
    for name in ["admin", "nobody"] {
        for _ in 0..5 {
            assert_eq!(ask(&muster, name).status, 200);
        }
        let answer = ask(&muster, name);
        assert_eq!(answer.status, 429, "{name}");
        assert!(answer.header("retry-after").is_some());
    }
    assert_eq!(muster.sign_in("admin", PASSWORD).status, 200);
}

#[test]
fn a_letter_goes_over_tls_with_a_password() {
    for (manner, security) in [(Manner::StartTls, "starttls"), (Manner::Tls, "tls")] {
        let smtp = Smtp::start(manner);
        let installation = installation(&smtp, security)
            .with("MUSTER_MAIL_USERNAME", "muster")
            .with("MUSTER_MAIL_PASSWORD", "hush")
            .with("SSL_CERT_FILE", smtp.ca_file().to_str().expect("UTF-8"));
        let muster = installation.start();
        make(&Caller::administrator(&muster), "eve", Some("eve@example.org"), true);
        assert_eq!(ask(&muster, "eve").status, 200);
        let letters = smtp.letters(1);
        assert!(letters[0].protected);
        assert_eq!(letters[0].signed_in.as_deref(), Some("muster:hush"));
        assert!(!muster.log().contains("hush"));
    }
}

#[test]
fn a_mail_server_that_is_not_believed_or_refuses_is_logged_without_people() {
    for (manner, security, told) in [
        (Manner::Tls, "tls", "invalid peer certificate: UnknownIssuer"),
        // A server that offers no STARTTLS gets no letter in clear text.
        (Manner::Plain, "starttls", "STARTTLS is not supported on this server"),
        (Manner::Refusing, "none", "refused the letter with code 550"),
    ] {
        let smtp = Smtp::start(manner);
        let muster = installation(&smtp, security).start();
        make(&Caller::administrator(&muster), "eve", Some("eve@example.org"), true);
        assert_eq!(ask(&muster, "eve").status, 200);
        let until = Instant::now() + Duration::from_secs(20);
        while !muster.log().contains("a letter was not sent") {
            assert!(Instant::now() < until, "{}", muster.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        let log = muster.log();
        assert!(log.contains(told) && !log.contains("eve"), "{log}");
        assert!(smtp.letters(0).is_empty());
    }
}

#[test]
fn nobody_waits_for_the_mail_server() {
    let smtp = Smtp::start(Manner::Silent);
    let muster = installation(&smtp, "none").start();
    make(&Caller::administrator(&muster), "eve", Some("eve@example.org"), true);
    let begun = Instant::now();
    for name in ["eve", "nobody", "eve"] {
        assert_eq!(ask(&muster, name).status, 200);
    }
    // The server's own patience with it is ten seconds.
    assert!(begun.elapsed() < Duration::from_secs(5));
    let (took, status) = muster.terminate();
    assert!(status.success() && took < Duration::from_secs(10), "{took:?}");
}
