//! Profiles of file imports: written by hand, and shown to those whom they are for.

use crate::support::{Database, each_database, fields, is_nul};
use identity::id::{ProfileId, UserId};
use identity::profile::{Person, Sharing};
use plan::sheet::SheetKind;
use std::collections::BTreeSet;
use store::profiles::{MAX_PROFILES, ProfileContent, ProfileFields, ProfileWritten};

fn profile(name: &str, sharing: Sharing) -> ProfileFields {
    let headers = vec!["Benutzername".to_owned(), "a\"b\u{0}".to_owned(), String::new()];
    let content =
        ProfileContent { kind: SheetKind::Users, format: "csv".to_owned(), headers, settings: "{}".to_owned() };
    ProfileFields { name: name.to_owned(), sharing, content }
}

impl Database {
    async fn profiled(&self, fields: &ProfileFields, owner: UserId) -> ProfileId {
        match self.store.create_profile(fields, owner, 5).await.unwrap() {
            ProfileWritten::Applied(profile_id) => profile_id,
            other => panic!("not created: {other:?}"),
        }
    }

    async fn shown(&self, user_id: UserId, administers: bool) -> Vec<String> {
        let profiles = self.store.list_profiles(Person { user_id, administers }).await.unwrap();
        profiles.into_iter().map(|profile| profile.fields.name).collect()
    }
}

#[tokio::test]
async fn a_profile_is_made_changed_and_removed() {
    each_database(async |database| {
        let store = &database.store;
        let first = profile("HR monthly", Sharing::Private);
        let profile_id = database.profiled(&first, database.admin).await;
        let stored = store.find_profile(profile_id).await.unwrap().unwrap();
        assert_eq!((stored.version, &stored.fields, stored.updated_at), (1, &first, 5));
        assert_eq!((stored.owner_id, stored.owner.as_deref()), (database.admin, Some("admin")));
        let taken = store.create_profile(&profile("hr MONTHLY", Sharing::Run), database.admin, 5).await.unwrap();
        assert_eq!(taken, ProfileWritten::NameTaken);

        // Nothing different writes nothing.
        let edit =
            async |version, fields: &ProfileFields| store.edit_profile(profile_id, version, fields, 7).await.unwrap();
        assert_eq!(edit(1, &first).await, ProfileWritten::Applied(profile_id));
        assert_eq!(store.find_profile(profile_id).await.unwrap().unwrap().version, 1);
        let mut after = profile("HR Monthly", Sharing::Edit);
        after.content = ProfileContent {
            kind: SheetKind::Groups,
            format: "xlsx".to_owned(),
            headers: vec!["name".to_owned()],
            settings: r#"{"separator":";"}"#.to_owned(),
        };
        assert_eq!(edit(1, &after).await, ProfileWritten::Applied(profile_id));
        assert_eq!(edit(1, &first).await, ProfileWritten::Stale);
        let stored = store.find_profile(profile_id).await.unwrap().unwrap();
        assert_eq!((stored.version, &stored.fields, stored.updated_at), (2, &after, 7));
        database.profiled(&profile("Other", Sharing::Run), database.admin).await;
        assert_eq!(edit(2, &profile("OTHER", Sharing::Run)).await, ProfileWritten::NameTaken);

        assert_eq!(store.remove_profile(profile_id, 1).await.unwrap(), ProfileWritten::Stale);
        assert_eq!(store.remove_profile(profile_id, 2).await.unwrap(), ProfileWritten::Applied(profile_id));
        assert_eq!(store.find_profile(profile_id).await.unwrap(), None);
        assert_eq!(store.remove_profile(profile_id, 2).await.unwrap(), ProfileWritten::Gone);
        assert_eq!(edit(2, &after).await, ProfileWritten::Gone);
        assert!(is_nul(store.create_profile(&profile("a\0b", Sharing::Run), database.admin, 5).await));
    })
    .await;
}

#[tokio::test]
async fn private_profiles_are_shown_to_their_owner_and_to_administrators() {
    each_database(async |database| {
        let eve = database.created(&fields("eve"), &BTreeSet::new()).await.user_id;
        for (name, sharing, owner) in [
            ("Zoo", Sharing::Run, database.admin),
            ("Ärzte", Sharing::Edit, database.admin),
            ("mine", Sharing::Private, eve),
            ("Hidden", Sharing::Private, database.admin),
        ] {
            database.profiled(&profile(name, sharing), owner).await;
        }
        assert_eq!(database.shown(eve, false).await, ["mine", "Zoo", "Ärzte"]);
        assert_eq!(database.shown(database.admin, true).await, ["Hidden", "mine", "Zoo", "Ärzte"]);
        // Nobody that there is any more: what they shared stays.
        database.meddle("UPDATE profiles SET owner_id = 4711").await.unwrap();
        let left = database.store.list_profiles(Person { user_id: eve, administers: false }).await.unwrap();
        assert_eq!(left.iter().map(|profile| profile.owner.as_deref()).collect::<Vec<_>>(), [None, None]);
    })
    .await;
}

#[tokio::test]
async fn there_is_an_end_to_the_number_of_profiles() {
    each_database(async |database| {
        for number in 0..MAX_PROFILES {
            database.profiled(&profile(&format!("profile {number}"), Sharing::Private), database.admin).await;
        }
        let more = database.store.create_profile(&profile("more", Sharing::Private), database.admin, 5).await.unwrap();
        assert_eq!(more, ProfileWritten::Full);
    })
    .await;
}
