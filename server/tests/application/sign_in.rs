//! Sessions, from sign-in to sign-out.

use crate::muster::{Installation, on_both_databases};
use app::api::session::{ChangePassword, SignOut};
use serde_json::json;

on_both_databases! {
    the_cookie_is_for_this_site_and_no_script,
    behind_https_the_cookie_is_for_https_alone,
    a_page_for_everybody_makes_no_session,
    signing_in_changes_the_session_and_signing_out_ends_it,
    a_session_that_was_thought_up_opens_nothing,
    a_session_outlives_the_server,
    whoever_guesses_has_to_wait,
    nothing_tells_an_unknown_name_from_a_wrong_password,
    whoever_is_signed_in_has_nothing_to_do_on_the_sign_in_page,
}

const PASSWORD: &str = "a password of my own";

fn with_password(installation: Installation) -> Installation {
    installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD)
}

fn the_cookie_is_for_this_site_and_no_script(installation: Installation) {
    let muster = with_password(installation).start();
    let answer = muster.sign_in("admin", PASSWORD);
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("muster="), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
}

fn behind_https_the_cookie_is_for_https_alone(installation: Installation) {
    let muster = with_password(installation).with("MUSTER_PUBLIC_URL", "https://muster.example").start();
    let answer = muster.sign_in("admin", PASSWORD);
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("__Host-muster=") && cookie.contains("Secure"), "{cookie}");
}

fn a_page_for_everybody_makes_no_session(installation: Installation) {
    let muster = with_password(installation).start();
    assert_eq!(muster.get("/sign-in", &[]).header("set-cookie"), None);
}

fn signing_in_changes_the_session_and_signing_out_ends_it(installation: Installation) {
    let muster = with_password(installation).start();
    let first = muster.sign_in("admin", PASSWORD).cookie().expect("a cookie").to_owned();
    let arguments = json!({ "username": "admin", "password": PASSWORD });
    let again = muster.call::<app::api::session::SignIn>(&arguments, &[("Cookie", &first)]);
    let second = again.cookie().expect("a cookie").to_owned();
    assert_ne!(first, second);
    assert!(!muster.knows(&first) && muster.knows(&second));
    assert_eq!(muster.call::<SignOut>(&json!({}), &[("Cookie", &second)]).status, 200);
    assert!(!muster.knows(&second));
}

fn a_session_that_was_thought_up_opens_nothing(installation: Installation) {
    let muster = with_password(installation).start();
    for cookie in
        ["muster=", "muster=AAAAAAAAAAAAAAAAAAAAAA", "muster=../../etc/passwd", "muster=%00", "__Host-muster=x"]
    {
        assert!(!muster.knows(cookie), "{cookie}");
    }
}

fn a_session_outlives_the_server(installation: Installation) {
    let installation = with_password(installation);
    let muster = installation.start();
    let cookie = muster.sign_in("admin", PASSWORD).cookie().expect("a cookie").to_owned();
    muster.terminate();
    assert!(installation.start().knows(&cookie));
}

fn whoever_guesses_has_to_wait(installation: Installation) {
    let muster = with_password(installation).start();
    for _ in 0..5 {
        let answer = muster.sign_in("admin", "wrong");
        assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("invalid_credentials")));
    }
    let answer = muster.sign_in("Admin", "wrong");
    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").is_some());
    assert_eq!(muster.sign_in("admin", PASSWORD).status, 429, "the right password waits too");
}

fn nothing_tells_an_unknown_name_from_a_wrong_password(installation: Installation) {
    let muster = with_password(installation).start();
    let wrong = muster.sign_in("admin", "wrong");
    for (username, password) in [("nobody", "wrong"), ("", ""), ("admin", ""), ("a\u{0}b", "x"), ("*)(uid=*", "x")] {
        let answer = muster.sign_in(username, password);
        assert_eq!((answer.status, &answer.body), (wrong.status, &wrong.body), "{username}");
    }
}

fn whoever_is_signed_in_has_nothing_to_do_on_the_sign_in_page(installation: Installation) {
    let muster = installation.start();
    let password = muster.one_time_password().expect("printed");
    let cookie = muster.sign_in("admin", password).cookie().expect("a cookie").to_owned();
    let look = |path: &str| {
        let answer = muster.get(path, &[("Accept", "text/html"), ("Cookie", &cookie)]);
        (answer.status, answer.header("location").map(str::to_owned))
    };
    assert_eq!(look("/sign-in?then=/jobs"), (200, None), "the password is to be replaced here");
    let change = json!({ "current": password, "new": PASSWORD });
    let changed = muster.call::<ChangePassword>(&change, &[("Cookie", &cookie)]);
    let cookie = changed.cookie().expect("another cookie");
    for (path, leads_to) in [
        ("/sign-in", "/users"),
        ("/sign-in?then=%2Fjobs%3Fstate%3Dfailed", "/jobs?state=failed"),
        ("/sign-in?then=//evil.example", "/users"),
    ] {
        let answer = muster.get(path, &[("Accept", "text/html"), ("Cookie", cookie)]);
        assert_eq!((answer.status, answer.header("location")), (302, Some(leads_to)), "{path}");
    }
}
