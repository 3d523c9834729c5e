//! Groups: the list, writing by hand, and who is in which.

use crate::support::{Database, each_database, fields, is_nul};
use identity::group::{GroupFields, GroupName};
use identity::id::GroupId;
use identity::user::{Origin, User};
use plan::objects::{Attribute, Fate};
use std::collections::BTreeSet;
use store::editing::Given;
use store::grouping::GroupWritten;
use store::groups::{GroupQuery, GroupSort};
use store::objects::Object;
use store::users::{UserQuery, Written};

pub fn name(name: &str) -> GroupName {
    GroupName::parse(name).unwrap()
}

pub fn names(names: &[&str]) -> BTreeSet<GroupName> {
    names.iter().map(|text| name(text)).collect()
}

pub fn group(text: &str) -> GroupFields {
    GroupFields { name: name(text), label: None, description: None }
}

impl Database {
    pub async fn grouped(&self, text: &str) -> GroupId {
        match self.store.create_group(&group(text), self.admin, 5).await.unwrap() {
            GroupWritten::Applied(group_id) => group_id,
            other => panic!("not created: {other:?}"),
        }
    }

    /// A new user in these groups.
    pub async fn member(&self, username: &str, groups: &BTreeSet<GroupName>) -> User {
        let given = Given { roles: &BTreeSet::new(), groups: Some(groups) };
        let written = self.store.create_user(&fields(username), given, self.admin, 5).await.unwrap();
        let Written::Applied(user_id) = written else { panic!("not created: {written:?}") };
        self.store.find_user(user_id).await.unwrap().unwrap().user
    }

    async fn listed(&self, query: GroupQuery) -> Vec<(String, u32)> {
        let page = self.store.list_groups(&GroupQuery { limit: 100, ..query }).await.unwrap();
        assert_eq!(page.total as usize, page.items.len());
        page.items.into_iter().map(|group| (group.fields.name.to_string(), group.members)).collect()
    }
}

#[tokio::test]
async fn a_group_is_made_edited_and_removed_with_its_history() {
    each_database(async |database| {
        let store = &database.store;
        let group_id = database.grouped("Staff").await;
        let same = store.create_group(&group("STAFF"), database.admin, 5).await.unwrap();
        assert_eq!(same, GroupWritten::NameTaken);
        let after = GroupFields { name: name("STAFF"), label: Some("Everyone".into()), description: None };
        let edited = store.edit_group(group_id, 1, &after, database.admin, 7).await.unwrap();
        assert_eq!(edited, GroupWritten::Applied(group_id));
        assert_eq!(store.edit_group(group_id, 1, &after, database.admin, 8).await.unwrap(), GroupWritten::Stale);
        // Nothing different writes nothing.
        store.edit_group(group_id, 2, &after, database.admin, 8).await.unwrap();
        let stored = store.find_group(group_id).await.unwrap().unwrap();
        assert_eq!((stored.version, stored.updated_at, &stored.fields), (2, 7, &after));
        database.grouped("Other").await;
        let taken = store.edit_group(group_id, 2, &group("other"), database.admin, 9).await.unwrap();
        assert_eq!(taken, GroupWritten::NameTaken);

        let member = database.member("eve", &names(&["staff"])).await;
        assert_eq!(store.remove_group(group_id, 1, database.admin, 10).await.unwrap(), GroupWritten::Stale);
        let removed = store.remove_group(group_id, 2, database.admin, 10).await.unwrap();
        assert_eq!(removed, GroupWritten::Applied(group_id));
        assert_eq!(store.find_group(group_id).await.unwrap(), None);
        let gone = store.remove_group(group_id, 2, database.admin, 10).await.unwrap();
        assert_eq!(gone, GroupWritten::Gone);

        let user = database.user("eve").await;
        assert_eq!((user.version, &user.groups), (2, &BTreeSet::new()));
        let history = store.user_history(member.user_id, None, 10).await.unwrap();
        assert_eq!((&history[0].removed_groups, history[0].author.as_str()), (&vec![name("STAFF")], "admin"));
        assert_eq!(history[1].added_groups, [name("STAFF")]);

        let history = store.object_history(&Object::Group(group_id), 10).await.unwrap();
        let fates: Vec<_> =
            history.iter().map(|change| (change.note.fate, change.at, change.author.as_str())).collect();
        assert_eq!(fates, [(Fate::Removed, 10, "admin"), (Fate::Changed, 7, "admin"), (Fate::Created, 5, "admin")]);
        let texts: Vec<_> = history[1].note.texts.iter().map(|text| (text.attribute, text.after.as_deref())).collect();
        assert_eq!(texts, [(Attribute::Name, Some("STAFF")), (Attribute::Label, Some("Everyone"))]);
    })
    .await;
}

#[tokio::test]
async fn who_is_in_which_group_is_edited_with_the_user() {
    each_database(async |database| {
        let store = &database.store;
        let [sales, support] = [database.grouped("Sales").await, database.grouped("Support").await];
        let user = database.member("eve", &names(&["SALES"])).await;
        assert_eq!(user.groups, names(&["Sales"]), "written as the group is");
        let groups = names(&["Support"]);
        let given = Given { roles: &user.roles, groups: Some(&groups) };
        let written = store.edit_user(user.user_id, 1, &user.fields, given, database.admin, 9).await.unwrap();
        assert_eq!(written, Written::Applied(user.user_id));
        let user = database.user("eve").await;
        assert_eq!((user.version, &user.groups), (2, &groups));
        let history = store.user_history(user.user_id, None, 1).await.unwrap();
        assert_eq!(
            (&history[0].added_groups, &history[0].removed_groups),
            (&vec![name("Support")], &vec![name("Sales")])
        );

        // Roles alone leave the groups; the same again writes nothing.
        store.edit_user(user.user_id, 2, &user.fields, &user.roles, database.admin, 9).await.unwrap();
        store.edit_user(user.user_id, 2, &user.fields, given, database.admin, 9).await.unwrap();
        assert_eq!(database.user("eve").await, user);
        let unknown = names(&["Nobody"]);
        let given = Given { roles: &user.roles, groups: Some(&unknown) };
        let written = store.edit_user(user.user_id, 2, &user.fields, given, database.admin, 9).await.unwrap();
        assert_eq!(written, Written::UnknownGroup);

        let members = async |group_id| {
            let query = UserQuery { group_id: Some(group_id), limit: 10, ..UserQuery::default() };
            store.list_users(&query).await.unwrap().total
        };
        assert_eq!((members(sales).await, members(support).await), (0, 1));
        let stored = store.find_group(support).await.unwrap().unwrap();
        assert_eq!((stored.members, stored.origin()), (1, Origin::Internal));
    })
    .await;
}

#[tokio::test]
async fn the_list_is_searched_sorted_and_counts_members() {
    each_database(async |database| {
        let store = &database.store;
        for (text, label) in [("b_b", Some("Ärzte")), ("axb", None), ("c%", Some("Zoo"))] {
            let fields = GroupFields { label: label.map(str::to_owned), ..group(text) };
            store.create_group(&fields, database.admin, 5).await.unwrap();
        }
        database.member("eve", &names(&["axb", "c%"])).await;
        database.member("bob", &names(&["c%"])).await;
        let text = |text: &str| GroupQuery { text: text.to_owned(), ..GroupQuery::default() };
        let by = |sort, descending| GroupQuery { sort, descending, ..GroupQuery::default() };
        let listed = async |query| database.listed(query).await;
        let [axb, b_b, c] = [("axb".to_owned(), 1), ("b_b".to_owned(), 0), ("c%".to_owned(), 2)];
        assert_eq!(listed(GroupQuery::default()).await, [axb.clone(), b_b.clone(), c.clone()]);
        assert_eq!(listed(by(GroupSort::Label, false)).await, [b_b.clone(), axb.clone(), c.clone()]);
        assert_eq!(listed(by(GroupSort::Members, true)).await, [c.clone(), axb.clone(), b_b.clone()]);
        assert_eq!(listed(text("_")).await, std::slice::from_ref(&b_b));
        assert_eq!(listed(text("ÄRZ")).await, [b_b]);
        assert_eq!(listed(text("%")).await, [c]);
        assert_eq!(listed(text("a\0")).await, []);
        let external = GroupQuery { origin: Some(Origin::External), ..GroupQuery::default() };
        assert_eq!(listed(external).await, []);
        let page = GroupQuery { offset: 1, limit: 1, ..GroupQuery::default() };
        let page = store.list_groups(&page).await.unwrap();
        assert_eq!((page.total, page.items.len()), (3, 1));
        assert_eq!(store.group_names().await.unwrap(), names(&["axb", "b_b", "c%"]));
        let asked = names(&["AXB", "none"]);
        assert_eq!(store.unknown_groups(&asked).await.unwrap(), names(&["none"]));
        let nul = GroupFields { description: Some("a\0b".into()), ..group("nul") };
        assert!(is_nul(store.create_group(&nul, database.admin, 5).await));
    })
    .await;
}

#[tokio::test]
async fn the_groups_of_a_directory_that_is_removed_become_internal() {
    each_database(async |database| {
        let group_id = database.grouped("Staff").await;
        let linked = "UPDATE groups SET directory_id = 1, external_id = 'g1', dn = 'cn=staff'";
        database.meddle(linked).await.unwrap();
        let group = database.store.find_group(group_id).await.unwrap().unwrap();
        assert_eq!(group.origin(), Origin::External);
        database.store.remove_directory(database.directory_id, database.admin, 9).await.unwrap();
        let group = database.store.find_group(group_id).await.unwrap().unwrap();
        assert_eq!((group.origin(), group.version), (Origin::Internal, 2));
    })
    .await;
}
