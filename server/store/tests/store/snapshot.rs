//! The users that records may concern.

use crate::groups::names;
use crate::support::{auditor, each_database, fields, people, record, settings};
use identity::field::Patch;
use identity::user::UserFields;
use plan::Policy;
use std::collections::{BTreeMap, BTreeSet};
use store::editing::Given;
use store::snapshot::Trail;
use store::users::Written;

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

/// Many users are read in another way than one, and their roles and groups by where their numbers lie.
#[tokio::test]
async fn a_user_is_the_same_beside_others() {
    const ODD: &str = "\"a\\b\", 'c' \u{1f600}\u{7f}\u{2028}ß [1] {x} $1";
    each_database(async |database| {
        database.grouped("Staff").await;
        let (groups, none) = (names(&["Staff"]), BTreeSet::new());
        for number in 0..30 {
            let text = |field: &str| Some(format!("{field} {ODD}"));
            let odd = UserFields {
                email: text("email"),
                first_name: text("first"),
                last_name: text("last"),
                display_name: text("display"),
                phone: text("phone"),
                department: text("department"),
                job_title: text("title"),
                locale: text("locale"),
                time_zone: text("zone"),
                enabled: false,
                custom: BTreeMap::from([(ODD.to_owned(), vec![ODD.to_owned(), "2".to_owned()])]),
                ..fields(&format!("{ODD}{number}"))
            };
            let (fields, given) = match number % 3 {
                0 => (odd, Given { roles: &auditor(), groups: Some(&groups) }),
                1 => (odd, Given { roles: &BTreeSet::new(), groups: Some(&none) }),
                _ => (fields(&format!("{ODD}{number}")), Given { roles: &auditor(), groups: Some(&none) }),
            };
            let written = database.store.create_user(&fields, given, database.admin, 5).await.unwrap();
            assert!(matches!(written, Written::Applied(_)), "{written:?}");
        }
        // One behind the other, and far apart.
        for numbers in [vec![4], (0..9).collect(), vec![0, 29], vec![1, 2, 28], (0..30).collect()] {
            let records: Vec<_> = numbers.iter().map(|number| record("x", &format!("{ODD}{number}"), "")).collect();
            let snapshot = database.store.snapshot(None, &records).await.unwrap();
            assert_eq!(snapshot.users.len(), numbers.len());
            for (user, number) in snapshot.users.iter().zip(&numbers) {
                assert_eq!(user.fields.username, format!("{ODD}{number}"));
                assert_eq!(user.roles, if number % 3 == 1 { BTreeSet::new() } else { auditor() });
                assert_eq!(user.groups, if number % 3 == 0 { groups.clone() } else { BTreeSet::new() });
                assert_eq!(*user, database.store.find_user(user.user_id).await.unwrap().unwrap().user);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_trail_changes_nothing_of_the_answer() {
    each_database(async |database| {
        let other = Some(database.store.add_directory(&settings("Other"), None, 1).await.unwrap().unwrap());
        database.imported(&people(0..12)).await;
        // Between those of the directory: people of another, whose entries are called the same, and one of nobody's.
        let elsewhere: Vec<_> =
            (14..18).map(|number| record(&format!("e{number}"), &format!("o{number}"), "")).collect();
        database.imported_with(&elsewhere, &Policy { directory_id: other, ..database.policy() }).await;
        database.created(&fields("between"), &BTreeSet::new()).await;
        database.imported(&people(12..30)).await;
        let one_behind_the_other = [0..8, 8..16, 16..24, 24..32];
        let backwards = [24..32, 16..24, 8..16, 0..8];
        let elsewhere_and_back = [0..8, 40..48, 8..16, 12..20];
        for pages in [one_behind_the_other, backwards, elsewhere_and_back] {
            let mut trail = Trail::default();
            for page in pages {
                let (records, directory_id) = (people(page), Some(database.directory_id));
                let along = database.store.snapshot_along(&mut trail, directory_id, &records).await.unwrap();
                let alone = database.store.snapshot(directory_id, &records).await.unwrap();
                assert_eq!(along.users, alone.users);
                let known = people(0..30).into_iter().filter(|known| records.contains(known)).count();
                assert_eq!(along.users.len(), known, "{records:?}");
            }
        }
    })
    .await;
}
