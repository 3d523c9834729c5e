//! What SQLite's log holds is carried into the database, beside whoever writes.

use crate::support::{KEY, fields, urls};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;
use store::Store;
use store::secrets::SecretKey;
use store::users::Written;

#[tokio::test]
async fn what_was_committed_gets_from_the_log_into_the_file() {
    let (urls, folder) = urls();
    let store = Store::open(&urls[0], SecretKey::new(KEY)).await.unwrap();
    store.migrate().await.unwrap();
    let admin = store.create_first_administrator("admin", "hash", None, 1).await.unwrap().unwrap();
    let written = store.create_user(&fields("eve"), &BTreeSet::new(), admin, 2).await.unwrap();
    assert!(matches!(written, Written::Applied(_)), "{written:?}");
    let copy = folder.path().join("copy.db");
    let mut tries = 0;
    while !holds_eve(&folder.path().join("muster.db"), &copy).await {
        tries += 1;
        assert!(tries < 100, "the file alone lacks what was committed");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    store.close().await;
}

/// Whether the file without its log has the user.
async fn holds_eve(file: &Path, copy: &Path) -> bool {
    std::fs::copy(file, copy).unwrap();
    let Ok(store) = Store::open(&format!("sqlite://{}", copy.display()), SecretKey::new(KEY)).await else {
        return false;
    };
    let found = store.find_user_by_name("eve").await;
    store.close().await;
    matches!(found, Ok(Some(_)))
}
