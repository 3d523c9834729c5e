//! Access, credentials and sessions.

use crate::support::{auditor, each_database, fields, role};
use identity::id::UserId;
use identity::role::{Permission, RoleCode};
use std::collections::BTreeSet;
use store::sessions::StoredSession;
use store::users::{UserChange, Written};

#[tokio::test]
async fn there_is_one_first_administrator() {
    each_database(async |database| {
        let again = database.store.create_first_administrator("other", "hash", None, 2).await.unwrap();
        assert_eq!(again, None);
        let access = database.store.find_access(database.admin).await.unwrap().unwrap();
        assert_eq!((access.username.as_str(), access.name.as_str()), ("admin", "admin"));
        assert_eq!(access.permissions, Permission::ALL.map(|permission| permission.code().to_owned()).into());
        assert_eq!(database.store.last_administrator(5).await.unwrap(), Some(database.admin));
        let history = database.store.user_history(database.admin, None, 10).await.unwrap();
        assert_eq!((history.len(), history[0].author.as_str()), (1, "admin"));
        let credentials = database.store.find_credentials("ADMIN").await.unwrap().unwrap();
        assert_eq!(credentials.password_hash.as_deref(), Some("hash"));
    })
    .await;
}

#[tokio::test]
async fn a_user_who_is_disabled_or_gone_may_do_nothing() {
    each_database(async |database| {
        let user = database.created(&fields("eve"), &auditor()).await;
        assert!(database.store.find_access(user.user_id).await.unwrap().is_some());
        database.edited(&user, |fields| fields.enabled = false).await;
        assert_eq!(database.store.find_access(user.user_id).await.unwrap(), None);
        assert_eq!(database.store.find_access(UserId(4711)).await.unwrap(), None);
        assert!(!database.store.find_credentials("eve").await.unwrap().unwrap().enabled);
    })
    .await;
}

#[tokio::test]
async fn permissions_come_from_roles() {
    each_database(async |database| {
        let store = &database.store;
        let both = BTreeSet::from([role(RoleCode::AUDITOR), role(RoleCode::USER_MANAGER)]);
        let given = store.permissions_of_roles(&both).await.unwrap();
        assert!(given.contains("muster:import") && !given.contains("muster:admin"));
        assert_eq!(store.permissions_of_roles(&BTreeSet::new()).await.unwrap(), BTreeSet::new());
        assert_eq!(store.administrator_roles().await.unwrap(), [role(RoleCode::ADMINISTRATOR)].into());
        let asked = BTreeSet::from([role("ROLE_X"), role(RoleCode::AUDITOR)]);
        assert_eq!(store.unknown_roles(&asked).await.unwrap(), [role("ROLE_X")].into());
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_cannot_be_disabled_or_demoted() {
    each_database(async |database| {
        let admin = database.user("admin").await;
        assert_eq!(database.edited(&admin, |fields| fields.enabled = false).await, Written::LastAdministrator);
        let demoted = database.store.edit_user(admin.user_id, 1, &admin.fields, &auditor(), admin.user_id, 6).await;
        assert_eq!(demoted.unwrap(), Written::LastAdministrator);
        assert_eq!(database.user("admin").await, admin);

        // Whoever cannot sign in would be of no use.
        let second = database.created(&fields("second"), &admin.roles).await;
        assert_eq!(database.store.last_administrator(5).await.unwrap(), Some(database.admin));
        assert_eq!(database.edited(&admin, |fields| fields.enabled = false).await, Written::LastAdministrator);
        let store = &database.store;
        store.give_password(second.user_id, 1, "hash", 4, Some(database.admin), 1).await.unwrap();
        assert_eq!(store.last_administrator(3).await.unwrap(), None);
        assert_eq!(store.last_administrator(4).await.unwrap(), Some(database.admin), "the one-time password ended");
        assert_eq!(database.edited(&admin, |fields| fields.enabled = false).await, Written::LastAdministrator);
        store.set_password(second.user_id, "hash", None, 5).await.unwrap();
        assert_eq!(store.last_administrator(5).await.unwrap(), None);
        let (one, other) = tokio::join!(
            database.edited(&admin, |fields| fields.enabled = false),
            database.edited(&second, |fields| fields.enabled = false)
        );
        let mut answers = [one, other].map(|written| written == Written::LastAdministrator);
        answers.sort();
        assert_eq!(answers, [false, true], "one of two goes, whoever is first");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    each_database(async |database| {
        let store = &database.store;
        let session = StoredSession { record: "{}".into(), user_id: Some(database.admin), expires_at: 100 };
        for id in [b"one", b"two"] {
            assert!(store.save_session(id, &session, true).await.unwrap());
        }
        store.set_password(database.admin, "new", Some(b"two"), 7).await.unwrap();
        assert_eq!(store.find_session(b"one", 50).await.unwrap(), None);
        assert_eq!(store.find_session(b"two", 50).await.unwrap(), Some(session));
        let credentials = store.find_credentials("admin").await.unwrap().unwrap();
        assert_eq!((credentials.password_hash.as_deref(), credentials.one_time_until), (Some("new"), None));
        store.set_password(database.admin, "newer", None, 8).await.unwrap();
        assert_eq!(store.find_session(b"two", 50).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_password_that_is_given_ends_and_stands_in_the_history() {
    each_database(async |database| {
        let store = &database.store;
        let user = database.created(&fields("eve"), &auditor()).await;
        let session = StoredSession { record: "{}".into(), user_id: Some(user.user_id), expires_at: 100 };
        assert!(store.save_session(b"eve's", &session, true).await.unwrap());
        let give = async |version, author| store.give_password(user.user_id, version, "given", 99, author, 7).await;
        assert_eq!(give(2, Some(database.admin)).await.unwrap(), Written::Stale);
        assert_eq!(store.find_session(b"eve's", 50).await.unwrap(), Some(session));
        for author in [Some(database.admin), None] {
            assert_eq!(give(1, author).await.unwrap(), Written::Applied(user.user_id));
        }
        assert_eq!(store.find_session(b"eve's", 50).await.unwrap(), None);
        let credentials = store.find_credentials("eve").await.unwrap().unwrap();
        assert_eq!((credentials.password_hash.as_deref(), credentials.one_time_until), (Some("given"), Some(99)));
        assert!(store.find_access(user.user_id).await.unwrap().unwrap().must_change_password);
        assert_eq!(database.user("eve").await, user, "whoever edits it meanwhile is not in the way");
        database.edited(&user, |fields| fields.email = Some("eve@x".into())).await;

        let told = async |before, limit| {
            let history = store.user_history(user.user_id, before, limit).await.unwrap();
            let line =
                |change: &UserChange| (change.version, change.step, change.author.clone(), change.password_given);
            history.iter().map(line).collect::<Vec<_>>()
        };
        let line = |version, step, author: &str, given| (version, step, author.to_owned(), given);
        let all = [
            line(2, 0, "admin", false),
            line(1, 2, "muster admin", true),
            line(1, 1, "admin", true),
            line(1, 0, "admin", false),
        ];
        assert_eq!(told(None, 10).await, all);
        assert_eq!(told(Some((1, 2)), 1).await, all[2..3]);
        store.set_password(user.user_id, "own", None, 8).await.unwrap();
        assert_eq!(store.find_credentials("eve").await.unwrap().unwrap().one_time_until, None);
    })
    .await;
}

#[tokio::test]
async fn a_session_is_found_until_it_ends() {
    each_database(async |database| {
        let store = &database.store;
        let mut session = StoredSession { record: r#"{"a":1}"#.into(), user_id: None, expires_at: 100 };
        assert!(store.save_session(b"id", &session, true).await.unwrap());
        assert!(!store.save_session(b"id", &session, true).await.unwrap(), "the id exists");
        session.expires_at = 200;
        assert!(store.save_session(b"id", &session, false).await.unwrap());
        assert_eq!(store.find_session(b"id", 199).await.unwrap(), Some(session));
        assert_eq!(store.find_session(b"id", 200).await.unwrap(), None);
        assert_eq!(store.delete_expired_sessions(200).await.unwrap(), 1);
        store.delete_session(b"id").await.unwrap();
        let ended = StoredSession { record: "{}".into(), user_id: None, expires_at: 300 };
        assert!(!store.save_session(b"id", &ended, false).await.unwrap(), "what ended stays ended");
    })
    .await;
}
