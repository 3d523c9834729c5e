//! What another site, or another program, cannot make it do.

use crate::http::{self, Answer};
use crate::muster::{Installation, Muster, on_both_databases};
use app::api::session::SignIn;
use server_fn::ServerFn as _;

// Where sessions and passwords are asked for. What is answered before any database is looked at runs on one of them.
on_both_databases! {
    another_site_cannot_post,
    what_is_not_there_is_not_found,
    a_stranger_is_sent_to_sign_in_and_learns_nothing_else,
}

/// A sign-in with these headers. One that is let through is answered: such a password does not exist.
fn post(muster: &Muster, headers: &[(&str, &str)]) -> Answer {
    let body = serde_json::json!({ "username": "nobody", "password": "wrong" }).to_string();
    let mut headers = headers.to_vec();
    headers.push(("Content-Type", "application/json"));
    http::send(muster.address, "POST", SignIn::PATH, &headers, body.as_bytes())
}

fn another_site_cannot_post(installation: Installation) {
    let muster = installation.with("MUSTER_ALLOWED_ORIGINS", "https://friend.example").start();
    let own = format!("http://{}", muster.address);
    for (headers, status) in [
        (vec![("Sec-Fetch-Site", "cross-site")], 403),
        (vec![("Sec-Fetch-Site", "same-site"), ("Origin", "https://other.example")], 403),
        (vec![("Origin", "https://other.example")], 403),
        (vec![("Origin", "null")], 403),
        (vec![("Sec-Fetch-Site", "same-origin"), ("Origin", own.as_str())], 401),
        (vec![("Origin", own.as_str())], 401),
        (vec![("Sec-Fetch-Site", "cross-site"), ("Origin", "https://friend.example")], 401),
    ] {
        assert_eq!(post(&muster, &headers).status, status, "{headers:?}");
    }
}

#[test]
fn looking_changes_nothing() {
    let muster = Installation::new().start();
    let answer = muster.get(SignIn::PATH, &[]);
    assert!(matches!(answer.status, 404 | 405), "{}", answer.status);
}

#[test]
fn a_page_runs_its_own_scripts_only() {
    let muster = Installation::new().start();
    let [one, other] = [(); 2].map(|()| muster.get("/sign-in", &[("Accept", "text/html")]));
    assert_eq!(one.status, 200);
    let policy = one.header("content-security-policy").expect("a policy");
    for part in ["default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    assert!(nonce.len() >= 16, "{nonce}");
    let scripts: Vec<&str> = one.body.split("<script").skip(1).collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        let attributes = script.split('>').next().expect("a tag");
        assert!(attributes.contains(nonce), "{attributes}");
    }
    assert!(!one.body.contains(" style=\""), "a style in an attribute is refused by the policy");
    assert_ne!(Some(policy), other.header("content-security-policy"), "a nonce is used once");
}

#[test]
fn every_answer_says_what_to_refuse() {
    let muster = Installation::new().start();
    for path in ["/sign-in", "/healthz", "/no/such/page", "/events"] {
        let answer = muster.get(path, &[]);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(answer.header("content-security-policy").is_some(), "{path}");
        assert!(answer.header("strict-transport-security").is_none(), "{path}");
    }
    let behind_https = Installation::new().with("MUSTER_PUBLIC_URL", "https://muster.example").start();
    assert!(behind_https.get("/healthz", &[]).header("strict-transport-security").is_some());
}

fn what_is_not_there_is_not_found(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", "a password of my own").start();
    let signed_in = muster.sign_in("admin", "a password of my own");
    let cookie = ("Cookie", signed_in.cookie().expect("a cookie"));
    let page = muster.get("/no/such/page", &[("Accept", "text/html"), cookie]);
    assert_eq!(page.status, 404);
    assert!(page.body.contains("<html"), "{}", page.body);
    let file = muster.get("/pkg/no-such-file.js", &[("Accept", "*/*"), cookie]);
    assert_eq!((file.status, file.header("content-type")), (404, Some("application/json")));
    let call = http::send(muster.address, "POST", "/api/no_such_function", &[], b"{}");
    assert_eq!(call.status, 404);
    assert_eq!(call.json()["error"], "not_found");
}

fn a_stranger_is_sent_to_sign_in_and_learns_nothing_else(installation: Installation) {
    let muster = installation.start();
    for path in ["/", "/users", "/directories/1", "/jobs/1", "/no/such/page"] {
        let answer = muster.get(path, &[("Accept", "text/html")]);
        let mut location = answer.header("location").unwrap_or_default().to_owned();
        // The front page sends everyone to the users first.
        if location == "/users" {
            location = muster.get("/users", &[]).header("location").unwrap_or_default().to_owned();
        }
        assert!(location.starts_with("/sign-in"), "{path}: {} {location}", answer.status);
    }
}

#[test]
fn a_body_that_is_too_long_is_refused() {
    let muster = Installation::new().start();
    let long = vec![b' '; 1024 * 1024 + 1];
    let answer = http::send(muster.address, "POST", SignIn::PATH, &[("Content-Type", "application/json")], &long);
    assert_eq!(answer.status, 413);
    assert_eq!(muster.get("/healthz", &[]).status, 200);
}

#[test]
fn arguments_that_are_none_are_answered() {
    let muster = Installation::new().start();
    for body in ["", "{", "[]", "null", "{\"username\":7}", "{\"username\":\"\\ud800\"}"] {
        let answer =
            http::send(muster.address, "POST", SignIn::PATH, &[("Content-Type", "application/json")], body.as_bytes());
        assert_eq!(answer.status, 422, "{body}: {}", answer.body);
        assert_eq!(answer.json()["error"], "invalid", "{body}");
    }
}
