//! Opening and migrating.

use crate::support::{KEY, each_database, people, urls};
use store::secrets::SecretKey;
use store::{Store, StoreError};

async fn open(url: &str) -> Store {
    Store::open(url, SecretKey::new(KEY)).await.unwrap()
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    each_database(async |database| {
        database.store.migrate().await.unwrap();
        database.store.ping().await.unwrap();
        let roles = database.store.list_roles().await.unwrap();
        let codes: Vec<_> = roles.iter().map(|listed| (listed.role.code.as_str(), listed.users)).collect();
        assert_eq!(codes, [("ROLE_ADMINISTRATOR", 1), ("ROLE_AUDITOR", 0), ("ROLE_USER_MANAGER", 0)]);
    })
    .await;
}

#[tokio::test]
async fn four_servers_may_migrate_an_empty_database_at_once() {
    let (urls, _folder) = urls();
    for url in urls {
        let stores = [open(&url).await, open(&url).await, open(&url).await, open(&url).await];
        let [a, b, c, d] = &stores;
        let (a, b, c, d) = tokio::join!(a.migrate(), b.migrate(), c.migrate(), d.migrate());
        [a, b, c, d].into_iter().for_each(|migrated| migrated.unwrap());
        stores[3].ping().await.unwrap();
        assert_eq!(stores[0].list_roles().await.unwrap().len(), 3);
    }
}

#[tokio::test]
async fn a_database_without_the_schema_is_not_ready() {
    let (urls, _folder) = urls();
    for url in urls {
        assert!(open(&url).await.ping().await.is_err());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let (urls, folder) = urls();
    let store = open(&urls[0]).await;
    store.migrate().await.unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.file_name());
    }
}

#[tokio::test]
async fn an_url_that_is_not_understood_says_why_and_keeps_its_password() {
    for url in ["mysql://a:s3cret@b/c", "sqlite::memory:", "postgres://a:s3cret@b:port/c"] {
        let error = Store::open(url, SecretKey::new(KEY)).await.unwrap_err();
        assert!(matches!(error, StoreError::Url { .. }), "{error}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
}

#[tokio::test]
async fn a_stored_plan_cannot_be_updated_by_anyone() {
    each_database(async |database| {
        database.planned(&people(0..2)).await;
        for statement in [
            "UPDATE plans SET query = 'x'",
            "UPDATE plan_rows SET body = '{}'",
            "UPDATE plan_rows SET kind = 'update' WHERE kind = 'create'",
            "UPDATE plan_summaries SET summary = '{}'",
        ] {
            let error = database.meddle(statement).await.unwrap_err();
            assert!(error.to_string().contains("a stored plan is never updated"), "{error}");
        }
    })
    .await;
}
