//! Users: the list, and writing by hand.

use crate::support::{auditor, each_database, fields, given, is_nul, people, role};
use identity::field::{Field, Value};
use identity::id::UserId;
use identity::role::RoleCode;
use identity::user::{Origin, UserFields};
use std::collections::{BTreeMap, BTreeSet};
use store::Store;
use store::users::{UserQuery, UserSort, Written};

/// Usernames that a query lists.
async fn names(store: &Store, query: UserQuery) -> Vec<String> {
    let page = store.list_users(&UserQuery { limit: 100, ..query }).await.unwrap();
    assert_eq!(page.total as usize, page.items.len());
    page.items.into_iter().map(|listed| listed.user.fields.username).collect()
}

fn text(text: &str) -> UserQuery {
    UserQuery { text: text.to_owned(), ..UserQuery::default() }
}

#[tokio::test]
async fn a_user_comes_back_as_it_was_written() {
    each_database(async |database| {
        let whole = UserFields {
            username: "Jürgen".into(),
            email: Some("J@X.example".into()),
            first_name: Some("Jürgen".into()),
            last_name: Some("O'Neil \"x\" \\ %".into()),
            display_name: Some("日本語 🎉".into()),
            phone: Some("+1".into()),
            department: Some("D".into()),
            job_title: Some("T".into()),
            locale: Some("de-DE".into()),
            time_zone: Some("Europe/Berlin".into()),
            enabled: true,
            custom: BTreeMap::from([("badge".into(), vec!["7".into(), "ß".into()])]),
        };
        let user = database.created(&whole, &auditor()).await;
        assert_eq!((user.version, &user.fields, &user.link), (1, &whole, &None));
        assert_eq!(user.roles, auditor());
        assert_eq!(database.user("JU\u{308}RGEN").await, user);
        let taken = database.store.create_user(&fields("jürgen"), &BTreeSet::new(), database.admin, 5).await.unwrap();
        assert_eq!(taken, Written::UsernameTaken);
    })
    .await;
}

#[tokio::test]
async fn an_edit_is_kept_with_old_and_new_values() {
    each_database(async |database| {
        let store = &database.store;
        let user = database.created(&fields("eve"), &auditor()).await;
        let mut after = UserFields { email: Some("eve@x.example".into()), ..user.fields.clone() };
        after.custom.insert("badge".into(), vec!["7".into()]);
        let roles = BTreeSet::from([given(RoleCode::USER_MANAGER)]);
        let written = store.edit_user(user.user_id, 1, &after, &roles, database.admin, 9).await.unwrap();
        assert_eq!(written, Written::Applied(user.user_id));
        let listed = store.find_user(user.user_id).await.unwrap().unwrap();
        assert_eq!((listed.user.version, listed.updated_at, &listed.user.fields), (2, 9, &after));
        assert_eq!(listed.user.roles, roles);

        let history = store.user_history(user.user_id, None, 10).await.unwrap();
        let [edit, birth] = history.as_slice() else { panic!("two changes: {history:?}") };
        assert_eq!((edit.version, edit.at, edit.author.as_str(), edit.job_id), (2, 9, "admin", None));
        let changed: Vec<_> = edit.fields.iter().map(|change| (&change.field, &change.before, &change.after)).collect();
        let (email, badge) = (Value::Text("eve@x.example".into()), Value::Many(vec!["7".into()]));
        let custom = Field::Custom("badge".into());
        assert_eq!(changed, [(&Field::Email, &None, &Some(email)), (&custom, &None, &Some(badge))]);
        assert_eq!(edit.added_roles, [given(RoleCode::USER_MANAGER)]);
        assert_eq!(edit.removed_roles, [given(RoleCode::AUDITOR)]);
        let born: Vec<_> = birth.fields.iter().map(|change| change.field.name()).collect();
        assert_eq!(born, ["username", "enabled"]);
        assert_eq!(store.user_history(user.user_id, Some((2, 0)), 10).await.unwrap(), std::slice::from_ref(birth));
    })
    .await;
}

#[tokio::test]
async fn nothing_different_writes_nothing() {
    each_database(async |database| {
        let user = database.created(&fields("eve"), &auditor()).await;
        assert_eq!(database.edited(&user, |_| ()).await, Written::Applied(user.user_id));
        assert_eq!(database.user("eve").await.version, 1);
        assert_eq!(database.store.user_history(user.user_id, None, 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_edit_that_cannot_be_says_why() {
    each_database(async |database| {
        let user = database.created(&fields("eve"), &BTreeSet::new()).await;
        assert_eq!(database.edited(&user, |fields| fields.username = "ADMIN".into()).await, Written::UsernameTaken);
        // Another spelling of the own name is free.
        assert_eq!(
            database.edited(&user, |fields| fields.username = "EVE".into()).await,
            Written::Applied(user.user_id)
        );
        assert_eq!(database.edited(&user, |fields| fields.email = None).await, Written::Stale);
        let nobody = database.store.edit_user(UserId(99), 1, &user.fields, &BTreeSet::new(), database.admin, 6).await;
        assert_eq!(nobody.unwrap(), Written::Gone);
    })
    .await;
}

#[tokio::test]
async fn a_text_with_nul_is_refused_and_never_found() {
    each_database(async |database| {
        let store = &database.store;
        let nul = UserFields { email: Some("a\0b".into()), ..fields("eve") };
        assert!(is_nul(store.create_user(&nul, &BTreeSet::new(), database.admin, 5).await));
        assert!(store.find_user_by_name("eve").await.unwrap().is_none(), "nothing was written");
        assert!(store.find_user_by_name("a\0").await.unwrap().is_none());
        assert!(store.find_credentials("a\0").await.unwrap().is_none());
        assert_eq!(store.list_users(&text("a\0")).await.unwrap().total, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_searched_is_taken_literally_and_without_case() {
    each_database(async |database| {
        for (username, name) in [("a_b", "100 % Müller"), ("axb", "Straße 1"), ("c\\d", "Ångström Ω")] {
            let fields = UserFields {
                display_name: Some(name.into()),
                email: Some(format!("{username}@X.Example")),
                ..fields(username)
            };
            database.created(&fields, &BTreeSet::new()).await;
        }
        let store = &database.store;
        assert_eq!(names(store, text("_")).await, ["a_b"]);
        assert_eq!(names(store, text("%")).await, ["a_b"]);
        assert_eq!(names(store, text("\\")).await, ["c\\d"]);
        assert_eq!(names(store, text("MÜLL")).await, ["a_b"]);
        assert_eq!(names(store, text("mu\u{308}ller")).await, ["a_b"]);
        assert_eq!(names(store, text("STRASSE")).await, ["axb"]);
        assert_eq!(names(store, text("ω")).await, ["c\\d"]);
        assert_eq!(names(store, text(" x.EXAMPLE ")).await, ["a_b", "axb", "c\\d"]);
        assert_eq!(names(store, text("' OR 1=1 --")).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn the_list_is_filtered_sorted_and_cut() {
    each_database(async |database| {
        let store = &database.store;
        database.imported(&people(0..25)).await;
        let person = |username: &str, name: &str, department: &str| UserFields {
            display_name: Some(name.into()),
            department: Some(department.into()),
            email: Some(format!("{name}@x")),
            ..fields(username)
        };
        database.created(&person("zoe", "Ärzte", "B"), &auditor()).await;
        let off = database.created(&person("yan", "zz", "a"), &BTreeSet::new()).await;
        database.edited(&off, |fields| fields.enabled = false).await;
        let internal = UserQuery { origin: Some(Origin::Internal), ..UserQuery::default() };
        assert_eq!(names(store, internal.clone()).await, ["admin", "yan", "zoe"]);
        let by = |sort, descending| UserQuery { sort, descending, ..internal.clone() };
        assert_eq!(names(store, by(UserSort::Name, false)).await, ["admin", "zoe", "yan"], "Ä stands beside A");
        assert_eq!(names(store, by(UserSort::Email, true)).await, ["zoe", "yan", "admin"]);
        assert_eq!(names(store, by(UserSort::Department, false)).await, ["admin", "yan", "zoe"]);
        assert_eq!(names(store, by(UserSort::UpdatedAt, true)).await, ["yan", "zoe", "admin"]);
        assert_eq!(names(store, UserQuery { enabled: Some(false), ..UserQuery::default() }).await, ["yan"]);
        let with_role = UserQuery { role: Some(role(RoleCode::AUDITOR)), ..UserQuery::default() };
        assert_eq!(names(store, with_role).await, ["zoe"]);
        let external =
            UserQuery { directory_id: Some(database.directory_id), offset: 20, limit: 4, ..UserQuery::default() };
        let page = store.list_users(&external).await.unwrap();
        assert_eq!((page.total, page.items.len()), (25, 4));
        assert_eq!(page.items[0].user.fields.username, "user5");
    })
    .await;
}
