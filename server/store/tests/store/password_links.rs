//! One-time links to choose a password with.

use crate::support::{Database, auditor, each_database, fields, given};
use identity::id::UserId;
use identity::role::RoleCode;
use identity::user::User;
use store::password_links::{LinkOwner, NewLink, Recipient};
use store::sessions::StoredSession;
use store::users::Written;

impl Database {
    /// A user with an e-mail address.
    async fn reachable(&self, username: &str, email: &str) -> User {
        let fields = identity::user::UserFields { email: Some(email.to_owned()), ..fields(username) };
        self.created(&fields, &auditor()).await
    }

    /// A link that was made at 10 and ends at 100.
    async fn link(&self, user: &User, token: &[u8], author: UserId) -> Written {
        let link = NewLink { hashed_token: token, now: 10, until: 100 };
        self.store.add_password_link(user.user_id, user.version, link, author).await.unwrap()
    }

    async fn opens(&self, token: &[u8], now: i64) -> bool {
        self.store.find_password_link(token, now).await.unwrap().is_some()
    }

    async fn password(&self, username: &str) -> Option<String> {
        self.store.find_credentials(username).await.unwrap().unwrap().password_hash
    }
}

#[tokio::test]
async fn a_link_sets_one_password_and_is_spent_with_all_others() {
    each_database(async |database| {
        let store = &database.store;
        let eve = database.created(&fields("eve"), &auditor()).await;
        let adam = database.created(&fields("adam"), &auditor()).await;
        assert_eq!(store.with_password([eve.user_id, database.admin]).await.unwrap(), [(database.admin, None)].into());
        let session = StoredSession { record: "{}".into(), user_id: Some(eve.user_id), expires_at: 1000 };
        assert!(store.save_session(b"eve's", &session, true).await.unwrap());
        for (user, token) in [(&eve, b"one"), (&eve, b"two"), (&adam, b"his")] {
            assert_eq!(database.link(user, token, database.admin).await, Written::Applied(user.user_id));
        }
        let owner = LinkOwner { user_id: eve.user_id, username: "eve".into() };
        assert_eq!(store.find_password_link(b"one", 20).await.unwrap(), Some(owner));
        assert!(store.find_session(b"eve's", 20).await.unwrap().is_some(), "making a link ends nothing");

        assert_eq!(store.use_password_link(b"one", "chosen", 20).await.unwrap(), Some(eve.user_id));
        let credentials = store.find_credentials("eve").await.unwrap().unwrap();
        assert_eq!((credentials.password_hash.as_deref(), credentials.one_time_until), (Some("chosen"), None));
        assert_eq!(store.find_session(b"eve's", 20).await.unwrap(), None);
        for token in [b"one", b"two"] {
            assert_eq!(store.use_password_link(token, "again", 20).await.unwrap(), None);
        }
        assert_eq!(database.password("eve").await.as_deref(), Some("chosen"));
        assert!(database.opens(b"his", 20).await);
        assert_eq!(store.with_password([eve.user_id, adam.user_id]).await.unwrap(), [(eve.user_id, None)].into());
    })
    .await;
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_does() {
    each_database(async |database| {
        let eve = database.created(&fields("eve"), &auditor()).await;
        database.link(&eve, b"one", database.admin).await;
        let (one, other) = tokio::join!(
            database.store.use_password_link(b"one", "first", 20),
            database.store.use_password_link(b"one", "second", 20)
        );
        assert_eq!([one.unwrap(), other.unwrap()].into_iter().flatten().count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_opens_nothing_when_it_ended_or_what_it_rests_on_is_gone() {
    each_database(async |database| {
        let store = &database.store;
        let manager = database.created(&fields("manager"), &[given(RoleCode::USER_MANAGER)].into()).await;
        let eve = database.created(&fields("eve"), &auditor()).await;
        database.link(&eve, b"one", manager.user_id).await;
        assert!(!database.opens(b"unknown", 20).await && !database.opens(b"", 20).await);
        assert!(database.opens(b"one", 99).await && !database.opens(b"one", 100).await);
        assert_eq!(store.use_password_link(b"one", "late", 100).await.unwrap(), None);

        // The manager may not take over who has got more since.
        let admin = given(RoleCode::ADMINISTRATOR);
        let edit = async |user: &User, roles| {
            store.edit_user(user.user_id, user.version, &user.fields, &roles, database.admin, 20).await.unwrap();
        };
        edit(&eve, [admin].into()).await;
        assert!(!database.opens(b"one", 20).await);
        edit(&database.user("eve").await, auditor()).await;
        assert!(database.opens(b"one", 20).await);
        // Nor when the manager is disabled, or the user is.
        for name in ["manager", "eve"] {
            database.edited(&database.user(name).await, |fields| fields.enabled = false).await;
            assert!(!database.opens(b"one", 20).await, "{name}");
            database.edited(&database.user(name).await, |fields| fields.enabled = true).await;
            assert!(database.opens(b"one", 20).await, "{name}");
        }
        // Whoever gives or chooses a password otherwise ends the links.
        store.set_password(eve.user_id, "own", None, 20).await.unwrap();
        assert!(!database.opens(b"one", 20).await);
        assert_eq!(database.password("eve").await.as_deref(), Some("own"));
        assert_eq!(database.link(&eve, b"stale", database.admin).await, Written::Stale);
        let eve = database.user("eve").await;
        database.link(&eve, b"two", database.admin).await;
        store.give_password(eve.user_id, eve.version, "given", 99, None, 20).await.unwrap();
        assert!(!database.opens(b"two", 20).await);
        database.link(&eve, b"three", database.admin).await;
        assert_eq!(store.delete_expired_password_links(100).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_sent_to_the_stored_address_of_who_may_have_one() {
    each_database(async |database| {
        let store = &database.store;
        let eve = database.reachable("Eve", "Eve@Example.org").await;
        let other = database.reachable("eve2", "eve@example.org").await;
        let names = async |name: &str| {
            let found = store.password_recipients(name).await.unwrap();
            found.into_iter().map(|to| to.username).collect::<Vec<_>>()
        };
        assert_eq!(names(" EVE ").await, ["Eve"]);
        assert_eq!(names("EVE@example.ORG").await, ["Eve", "eve2"]);
        for nobody in ["", " ", "nobody", "admin", "a\0b", "example.org"] {
            assert!(names(nobody).await.is_empty(), "{nobody:?}");
        }
        database.edited(&other, |fields| fields.enabled = false).await;
        let [to] = &store.password_recipients("eve@example.org").await.unwrap()[..] else { panic!("one is left") };
        assert_eq!(to.email, "Eve@Example.org");

        let link = |token, now| NewLink { hashed_token: token, now, until: now + 50 };
        assert!(store.add_asked_link(to, link(b"one", 10), 0).await.unwrap());
        assert!(!store.add_asked_link(to, link(b"two", 12), 5).await.unwrap(), "one in a row");
        assert!(store.add_asked_link(to, link(b"three", 20), 15).await.unwrap());
        assert!(database.opens(b"one", 20).await && !database.opens(b"two", 20).await);
        let moved = Recipient { email: "elsewhere@example.org".into(), ..to.clone() };
        assert!(!store.add_asked_link(&moved, link(b"four", 90), 89).await.unwrap(), "the address has changed");

        let history = store.user_history(eve.user_id, None, 10).await.unwrap();
        let told: Vec<_> = history.iter().map(|line| (line.step, line.password_link, line.author.as_str())).collect();
        assert_eq!(told, [(2, true, "sign-in page"), (1, true, "sign-in page"), (0, false, "admin")]);
    })
    .await;
}
