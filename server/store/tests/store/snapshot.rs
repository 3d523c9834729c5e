//! The users that records may concern.

use crate::support::{each_database, fields, people, record};
use identity::field::Patch;
use identity::user::UserFields;
use std::collections::BTreeSet;

#[tokio::test]
async fn it_holds_the_users_of_the_entries_names_and_addresses() {
    each_database(async |database| {
        database.imported(&people(0..5)).await;
        database.created(&fields("straße"), &BTreeSet::new()).await;
        for number in 0..4 {
            let shared = UserFields { email: Some("INFO@x".into()), ..fields(&format!("s{number}")) };
            database.created(&shared, &BTreeSet::new()).await;
        }
        let mut by_email = record("x1", "unknown", "");
        by_email.fields.email = Patch::Set(" info@X ".into());
        let records = [record("e3", "renamed", ""), record("x2", "STRASSE", ""), by_email, record("x3", "a\0", "")];
        let snapshot = database.store.snapshot(Some(database.directory_id), &records).await.unwrap();
        let names: Vec<_> = snapshot.users.iter().map(|user| user.fields.username.as_str()).collect();
        assert_eq!(names, ["user3", "straße", "s0", "s1"], "two of those who share an address are enough");
        assert!(snapshot.users[0].link.is_some());
        let without = database.store.snapshot(None, &records[..1]).await.unwrap();
        assert_eq!(without.users, []);
    })
    .await;
}
