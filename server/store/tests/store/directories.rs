//! Directories and their passwords.

use crate::support::{each_database, people, settings};
use identity::directory::DirectorySettings;
use identity::id::DirectoryId;
use identity::user::Origin;
use secrecy::{ExposeSecret, SecretString};
use store::directories::{DirectoryWritten, Taken};
use store::secrets::SecretKey;
use store::users::UserQuery;
use store::{Store, StoreError};

#[tokio::test]
async fn a_directory_is_added_edited_and_found_by_its_number() {
    each_database(async |database| {
        let store = &database.store;
        assert_eq!(store.add_directory(&settings(" STAFF "), None, 2).await.unwrap(), Err(Taken::Name));
        let other = store.add_directory(&settings("Guests"), None, 2).await.unwrap().unwrap();
        let taken = store.edit_directory(other, 1, &settings("staff"), None, 3).await.unwrap();
        assert_eq!(taken, DirectoryWritten::Taken(Taken::Name));
        let edited = store.edit_directory(other, 1, &settings("Alumni"), None, 3).await.unwrap();
        assert_eq!(edited, DirectoryWritten::Applied);
        let late = store.edit_directory(other, 1, &settings("Visitors"), None, 4).await.unwrap();
        assert_eq!(late, DirectoryWritten::Stale);
        let names: Vec<_> = store.list_directories().await.unwrap().into_iter().map(|d| d.settings.name).collect();
        assert_eq!(names, ["Alumni", "Staff"]);
        let found = store.find_directory(other).await.unwrap().unwrap();
        assert_eq!((found.version, found.has_password, found.users), (2, false, 0));
        assert!(store.remove_directory(other, database.admin, 5).await.unwrap());
        assert!(!store.remove_directory(other, database.admin, 5).await.unwrap());
        let gone = store.edit_directory(other, 2, &settings("Visitors"), None, 6).await.unwrap();
        assert_eq!(gone, DirectoryWritten::Gone);
    })
    .await;
}

#[tokio::test]
async fn no_two_directories_have_the_same_code() {
    each_database(async |database| {
        let store = &database.store;
        let settings = |name: &str, code: &str| DirectorySettings { code: code.to_owned(), ..settings(name) };
        let add = async |name, code| store.add_directory(&settings(name, code), None, 2).await.unwrap();
        let hr = add("Human resources", "HR").await.unwrap();
        assert_eq!(add("Hungary", "HR").await, Err(Taken::Code));
        assert_eq!(add("Human resources", "HR").await, Err(Taken::Name));
        // Any number may have none.
        let [guests, alumni] = [add("Guests", "").await.unwrap(), add("Alumni", "").await.unwrap()];
        let edit = async |directory_id, version, settings| {
            store.edit_directory(directory_id, version, &settings, None, 3).await.unwrap()
        };
        assert_eq!(edit(guests, 1, settings("Guests", "HR")).await, DirectoryWritten::Taken(Taken::Code));
        assert_eq!(edit(guests, 1, settings("Guests", "G")).await, DirectoryWritten::Applied);
        // Its own is nobody else's, and one that is given up is free.
        assert_eq!(edit(hr, 1, settings("People", "HR")).await, DirectoryWritten::Applied);
        let codes = async || store.directory_codes().await.unwrap().into_iter().collect::<Vec<_>>();
        assert_eq!(codes().await, [(hr, "HR".to_owned()), (guests, "G".to_owned())]);
        assert_eq!(edit(hr, 2, settings("People", "")).await, DirectoryWritten::Applied);
        assert_eq!(edit(alumni, 1, settings("Alumni", "HR")).await, DirectoryWritten::Applied);
        assert_eq!(codes().await, [(guests, "G".to_owned()), (alumni, "HR".to_owned())]);
    })
    .await;
}

/// The stored password of a directory that exists, opened.
async fn password(store: &Store, directory_id: DirectoryId) -> Result<Option<SecretString>, StoreError> {
    let (_, sealed) = store.find_sealed_directory(directory_id).await.unwrap().unwrap();
    store.open_password(&sealed)
}

#[tokio::test]
async fn a_password_stays_with_the_settings_that_it_was_read_with() {
    each_database(async |database| {
        let store = &database.store;
        let [old, new] = ["old", "new"].map(|name| {
            let mut settings = settings("Guests");
            settings.connection.urls = vec![format!("ldap://{name}.example")];
            (settings, SecretString::from(name))
        });
        let directory_id = store.add_directory(&old.0, Some(&old.1), 2).await.unwrap().unwrap();
        let (found, sealed) = store.find_sealed_directory(directory_id).await.unwrap().unwrap();
        store.edit_directory(directory_id, 1, &new.0, Some(&new.1), 3).await.unwrap();
        assert_eq!((found.settings, found.version, found.has_password), (old.0, 1, true));
        assert_eq!(store.open_password(&sealed).unwrap().unwrap().expose_secret(), "old");

        let (found, sealed) = store.find_sealed_directory(directory_id).await.unwrap().unwrap();
        assert_eq!((found.settings, found.version), (new.0, 2));
        assert_eq!(store.open_password(&sealed).unwrap().unwrap().expose_secret(), "new");
        assert!(store.find_sealed_directory(DirectoryId(4711)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_password_opens_with_its_key_and_in_its_row_alone() {
    each_database(async |database| {
        let store = &database.store;
        let secret = SecretString::from("s3crét");
        let other = store.add_directory(&settings("Guests"), Some(&secret), 2).await.unwrap().unwrap();
        let opened = password(store, other).await.unwrap().unwrap();
        assert_eq!(opened.expose_secret(), "s3crét");
        // Kept when none is given, replaced when one is.
        store.edit_directory(other, 1, &settings("Guests"), None, 3).await.unwrap();
        assert!(store.find_directory(other).await.unwrap().unwrap().has_password);

        let stranger = Store::open(&database.url, SecretKey::new([1; 32])).await.unwrap();
        assert!(matches!(password(&stranger, other).await, Err(StoreError::Secret)));
        stranger.close().await;

        let moved =
            "UPDATE directories SET password = (SELECT max(password) FROM directories AS other) WHERE password IS NULL";
        let moved = if database.url.starts_with("sqlite") {
            moved
        } else {
            "UPDATE directories SET password = \
             (SELECT password FROM directories WHERE password IS NOT NULL) WHERE password IS NULL"
        };
        database.meddle(moved).await.unwrap();
        assert!(matches!(password(store, database.directory_id).await, Err(StoreError::Secret)));
        assert!(password(store, other).await.unwrap().is_some());

        store.edit_directory(other, 2, &settings("Guests"), Some(&SecretString::from("")), 3).await.unwrap();
        assert!(password(store, other).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_people_of_a_directory_that_is_removed_stay() {
    each_database(async |database| {
        let store = &database.store;
        database.imported(&people(0..1100)).await;
        assert_eq!(store.find_directory(database.directory_id).await.unwrap().unwrap().users, 1100);
        assert!(store.remove_directory(database.directory_id, database.admin, 60).await.unwrap());
        let query = UserQuery { origin: Some(Origin::External), limit: 1, ..UserQuery::default() };
        assert_eq!(store.list_users(&query).await.unwrap().total, 0);
        let user = database.user("user7").await;
        assert_eq!((user.version, user.link), (2, None));
        let history = store.user_history(user.user_id, None, 10).await.unwrap();
        assert_eq!(history[0].unlinked_dn.as_deref(), Some("uid=user7,dc=example"));
        assert_eq!((history[0].author.as_str(), history[0].job_id), ("admin", None));
    })
    .await;
}
