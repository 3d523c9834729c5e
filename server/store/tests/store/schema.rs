//! Opening and migrating.

use crate::support::{KEY, auditor, each_database, given, people, urls};
use identity::id::JobId;
use job::JobKind;
use sqlx::migrate::{Migration, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};
use std::path::Path;
use store::secrets::SecretKey;
use store::users::Written;
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

/// Runs the first migration only, as the first version of Muster did, and a statement behind it.
async fn first_version(url: &str, statement: &'static str) {
    let kind = url.split("://").next().unwrap();
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(all.join("0001_first.sql"), folder.path().join("0001_first.sql")).unwrap();
    let first = Migrator::new(folder.path()).await.unwrap();
    if kind == "sqlite" {
        let options: SqliteConnectOptions = url.parse().unwrap();
        let mut connection = options.create_if_missing(true).connect().await.unwrap();
        first.run(&mut connection).await.unwrap();
        sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        first.run(&mut connection).await.unwrap();
        sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    }
}

#[tokio::test]
async fn a_database_of_the_first_version_keeps_its_roles_and_jobs_and_takes_scopes() {
    let (urls, _folder) = urls();
    for url in urls {
        first_version(
            &url,
            "INSERT INTO users (version, username, username_key, enabled, search, name_key, email_key, department_key, \
             created_at, updated_at) VALUES (1, 'eve', 'eve', 1, 'eve', 'eve', '', '', 1, 1); \
             INSERT INTO roles (role_code, label) VALUES ('ROLE_AUDITOR', 'Auditor'); \
             INSERT INTO user_roles (user_id, role_code, provenance, given_at) VALUES (1, 'ROLE_AUDITOR', 'manual', 1); \
             INSERT INTO plans (source_name, query, request, policy, author_id, created_at) \
             VALUES ('staff.csv', '', '{}', '{}', 1, 1); \
             INSERT INTO jobs (plan_id, title, state, total, selection, author_id, author, created_at) \
             VALUES (1, 'staff.csv', 'finished', 2, '{}', 1, 'eve', 1)",
        )
        .await;
        let store = open(&url).await;
        store.migrate().await.unwrap();
        let job = store.find_job(JobId(1)).await.unwrap().unwrap();
        assert_eq!((job.kind, job.created), (JobKind::Users, 0), "groups and roles had no jobs");
        let eve = store.find_user_by_name("eve").await.unwrap().unwrap().user;
        assert_eq!(eve.roles, auditor());
        let roles = eve.roles.into_iter().chain([given("ROLE_AUDITOR@Germany")]).collect();
        let written = store.edit_user(eve.user_id, 1, &eve.fields, &roles, eve.user_id, 6).await.unwrap();
        assert_eq!(written, Written::Applied(eve.user_id));
        assert_eq!(store.find_user(eve.user_id).await.unwrap().unwrap().user.roles, roles);
        store.close().await;
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

/// A migration that somebody has run is never edited: their database would refuse to start. What changes is a new file.
#[tokio::test]
async fn migrations_stay_as_they_were_first_run() {
    for kind in ["sqlite", "postgres"] {
        let all = Migrator::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind)).await.unwrap();
        let shown = |migration: &Migration| {
            let begin: String = migration.checksum.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            format!("{kind} {} {begin}", migration.version)
        };
        let shown: Vec<String> = all.iter().map(shown).collect();
        assert_eq!(shown, CHECKSUMS.iter().filter(|known| known.starts_with(kind)).copied().collect::<Vec<_>>());
    }
}

/// The beginnings of the migrations' checksums, as sqlx computes and stores them.
const CHECKSUMS: [&str; 12] = [
    "sqlite 1 ea2c4f0d329dfba0",
    "sqlite 2 e1f1eb2dd6f1be91",
    "sqlite 3 a66ee1aa9dd36d79",
    "sqlite 4 cfa521b7c32c833f",
    "sqlite 5 cf58b61a99d4f992",
    "sqlite 6 db6c0e6504397920",
    "postgres 1 fed591425a5e56e1",
    "postgres 2 6a615f5990cef306",
    "postgres 3 3585edf45fa60385",
    "postgres 4 cfa521b7c32c833f",
    "postgres 5 cf58b61a99d4f992",
    "postgres 6 db6c0e6504397920",
];
