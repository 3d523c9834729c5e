//! TLS to PostgreSQL: used when asked for, and never with a server that somebody else speaks for.

use crate::support::KEY;
use store::secrets::SecretKey;
use store::{Store, StoreError};
use testkit::Postgres;
use testkit::certificates::{Certificate, make};

async fn open(url: &str) -> Result<Store, StoreError> {
    let store = Store::open(url, SecretKey::new(KEY)).await?;
    store.migrate().await.map(|()| store)
}

/// The URL of a new database, for those who verify the server by the authority in a file.
fn verified(postgres: &Postgres, authority: &std::path::Path) -> String {
    let url = postgres.create_database();
    let (place, _) = url.split_once('?').unwrap();
    format!("{place}?sslmode=verify-full&sslrootcert={}", authority.display())
}

#[tokio::test]
async fn the_connection_is_encrypted_and_the_server_verified() {
    let folder = tempfile::tempdir().unwrap();
    let files = make(folder.path(), Certificate::Valid);
    let postgres = Postgres::start_with_tls(&files);
    let url = verified(&postgres, &files.ca);
    let store = open(&url).await.unwrap();
    // The server has one database that Muster is connected to.
    let statement =
        "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname LIKE 'test_%'";
    assert_eq!(postgres.sql("postgres", statement), "t");
    store.close().await;
}

#[tokio::test]
async fn a_server_of_another_authority_or_name_is_refused() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let authority = make(ours.path(), Certificate::Valid).ca;
    let other_name = make(theirs.path(), Certificate::WrongName);
    let postgres = Postgres::start_with_tls(&other_name);
    for authority in [&authority, &other_name.ca] {
        let error = open(&verified(&postgres, authority)).await.expect_err("nobody answers for this server");
        assert!(matches!(error, StoreError::Open(_) | StoreError::Query { .. } | StoreError::Migrate(_)), "{error:?}");
        let cause = format!("{error:?}");
        assert!(cause.to_lowercase().contains("certificate") || cause.contains("Tls"), "{cause}");
    }
}

#[tokio::test]
async fn without_tls_at_the_server_nothing_is_sent_in_the_clear() {
    let url = Postgres::shared().create_database().replace("sslmode=disable", "sslmode=require");
    let error = open(&url).await.expect_err("the server has no TLS");
    assert!(format!("{error:?}").contains("TLS"), "{error:?}");
}
