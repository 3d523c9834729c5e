//! Whether it is well, what it counts, and how it ends.

use crate::http;
use crate::muster::{Installation, on_both_databases};
use app::api::search::SearchDirectory;
use identity::directory::{DirectorySettings, Preset, Security};
use server_fn::ServerFn as _;
use std::time::{Duration, Instant};
use testkit::Hostile;

// What it counts, and that an address has one server, is the same on any database.
on_both_databases! {
    a_server_that_is_well_says_so,
    it_ends_within_ten_seconds_although_a_directory_does_not_answer,
    it_ends_within_ten_seconds_although_somebody_listens,
}

fn a_server_that_is_well_says_so(installation: Installation) {
    let muster = installation.start();
    for path in ["/healthz", "/readyz"] {
        let answer = muster.get(path, &[]);
        assert_eq!((answer.status, answer.body.as_str()), (200, "ok"), "{path}");
    }
    let asked = |listen: &str| Installation::new().with("MUSTER_LISTEN", listen).run(&["healthcheck"]);
    let listen = muster.address.to_string();
    assert!(asked(&listen).status.success());
    muster.terminate();
    assert!(!asked(&listen).status.success());
}

#[test]
fn numbers_are_for_this_machine() {
    let muster = Installation::new().start();
    muster.get("/healthz", &[]);
    let numbers = muster.get("/metrics", &[]);
    assert_eq!(numbers.status, 200);
    assert!(numbers.body.contains("muster_info{version=") && numbers.body.contains("route=\"/healthz\""));
    assert_eq!(muster.get("/metrics", &[("X-Forwarded-For", "203.0.113.9")]).status, 404);
}

#[test]
fn a_method_that_somebody_invents_is_not_counted_for_ever() {
    let muster = Installation::new().start();
    muster.get("/healthz", &[]);
    for number in 0..20 {
        http::send(muster.address, &format!("INVENTED{number}"), "/healthz", &[], &[]);
    }
    let numbers = muster.get("/metrics", &[]).body;
    assert!(numbers.contains("method=\"other\"") && numbers.contains("method=\"GET\""), "{numbers}");
    assert!(!numbers.contains("INVENTED"), "{numbers}");
}

#[tokio::main]
async fn it_ends_within_ten_seconds_although_a_directory_does_not_answer(installation: Installation) {
    let silent = Hostile::after_bind(|_, _| Ok(()));
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", "a password of my own");
    let muster = installation.start();
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.name = "Silent".to_owned();
    settings.connection.urls = vec![silent.url()];
    settings.connection.security = Security::None;
    settings.schema.base_dns = vec!["dc=example".to_owned()];
    let added = installation.store().await.add_directory(&settings, None, 1).await;
    let directory_id = added.expect("answers").expect("a new name");
    let signed_in = muster.sign_in("admin", "a password of my own");
    let headers = [("Cookie", signed_in.cookie().expect("a cookie")), ("Content-Type", "application/json")];
    let arguments = serde_json::json!({ "directory_id": directory_id, "query": "*" }).to_string();
    let _search = http::open(muster.address, "POST", SearchDirectory::PATH, &headers, arguments.as_bytes());
    let begun = Instant::now();
    while silent.connections() == 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not search: {}", muster.log());
        std::thread::sleep(Duration::from_millis(10));
    }
    let (took, status) = muster.terminate();
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(status.success(), "{status}");
}

fn it_ends_within_ten_seconds_although_somebody_listens(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", "a password of my own").start();
    let signed_in = muster.sign_in("admin", "a password of my own");
    let (status, _events) = muster.listen(signed_in.cookie().expect("a cookie"), None);
    assert_eq!(status, 200);
    let (took, status) = muster.terminate();
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(status.success(), "{status}");
}

#[test]
fn a_second_server_on_the_same_address_is_refused() {
    let muster = Installation::new().start();
    let output = Installation::new().with("MUSTER_LISTEN", &muster.address.to_string()).run(&["serve"]);
    assert!(!output.status.success());
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains(&muster.address.to_string()), "{errors}");
}
