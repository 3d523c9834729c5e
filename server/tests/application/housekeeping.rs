//! What the server removes by itself, and what it leaves.

use crate::import::policy;
use crate::muster::Installation;
use app::services::now_ms;
use identity::directory::LONGEST_RUN;
use std::process::Command;
use std::time::{Duration, Instant};
use store::plans::PlanSource;

/// The numbers of all plans, finished or not.
fn plans(installation: &Installation) -> String {
    let listed = Command::new("sqlite3").arg(installation.database()).arg("SELECT plan_id FROM plans").output();
    let listed = listed.expect("sqlite3 runs");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    String::from_utf8(listed.stdout).expect("UTF-8").trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_left_alone_for_as_long_as_a_directory_may_take() {
    let installation = Installation::new();
    installation.start().terminate();
    let store = installation.store().await;
    let administrator = store.find_credentials("admin").await.expect("answers").expect("the first").user_id;
    let source =
        PlanSource { directory_id: None, name: "Slow".to_owned(), query: "*".to_owned(), request: "{}".to_owned() };
    let policy = policy(None, administrator);
    let mut begin = Vec::new();
    for hours in [0, 2] {
        let begun = now_ms() - (i64::from(LONGEST_RUN) + hours * 3600) * 1000;
        begin.push(store.begin_plan(&source, &policy, administrator, begun).await.expect("begun"));
    }
    let [slow, dead] = begin[..] else { panic!("two were begun") };
    assert_eq!(plans(&installation), format!("{slow}\n{dead}"));
    // It looks as soon as it starts, at all plans at once.
    let _muster = installation.start();
    let began = Instant::now();
    while plans(&installation).contains(&dead.to_string()) {
        assert!(began.elapsed() < Duration::from_secs(20), "nobody removes it");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(plans(&installation), slow.to_string());
}
