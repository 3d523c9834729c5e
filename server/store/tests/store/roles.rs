//! Roles by hand.

use crate::groups::group;
use crate::object_jobs::did;
use crate::support::{each_database, fields, role};
use identity::role::{Permission, Role, RoleCode};
use plan::objects::Fate;
use plan::objects::group::GroupAction;
use plan::objects::role::RoleAction;
use std::collections::BTreeSet;
use store::object_files::FileApplied;
use store::objects::Object;
use store::role_editing::RoleWritten;

pub fn editor(permissions: &[&str]) -> Role {
    Role {
        code: role("ROLE_EDITOR"),
        label: "Editor".into(),
        description: None,
        permissions: permissions.iter().map(|code| (*code).to_owned()).collect(),
    }
}

#[tokio::test]
async fn a_role_is_made_edited_and_removed_with_its_history() {
    each_database(async |database| {
        let (store, admin) = (&database.store, database.admin);
        let first = editor(&["catalog:edit", "catalog:read"]);
        assert_eq!(store.create_role(&first, admin, 5).await.unwrap(), RoleWritten::Applied);
        assert_eq!(store.create_role(&first, admin, 5).await.unwrap(), RoleWritten::CodeTaken);
        let found = store.find_role(&first.code).await.unwrap().unwrap();
        assert_eq!((&found.role, found.version, found.users), (&first, 1, 0));
        let description = Some("Who look after the catalogue".to_owned());
        let second = Role { label: "Editors".into(), description, ..editor(&["catalog:read", "muster:export"]) };
        assert_eq!(store.edit_role(1, &second, admin, 6).await.unwrap(), RoleWritten::Applied);
        assert_eq!(store.edit_role(1, &first, admin, 6).await.unwrap(), RoleWritten::Stale);
        assert_eq!(store.edit_role(2, &second, admin, 6).await.unwrap(), RoleWritten::Applied);
        let found = store.find_role(&first.code).await.unwrap().unwrap();
        assert_eq!((&found.role, found.version), (&second, 2), "nothing different writes nothing");

        let user = database.created(&fields("eve"), &BTreeSet::from([second.code.clone().into()])).await;
        let in_use = store.remove_role(&second.code, 2, admin, 7).await.unwrap();
        assert_eq!(in_use, RoleWritten::InUse { users: 1 });
        store.edit_user(user.user_id, 1, &user.fields, &BTreeSet::new(), admin, 7).await.unwrap();
        assert_eq!(store.remove_role(&second.code, 1, admin, 7).await.unwrap(), RoleWritten::Stale);
        assert_eq!(store.remove_role(&second.code, 2, admin, 7).await.unwrap(), RoleWritten::Applied);
        assert_eq!(store.remove_role(&second.code, 2, admin, 7).await.unwrap(), RoleWritten::Gone);
        assert_eq!(store.edit_role(2, &second, admin, 7).await.unwrap(), RoleWritten::Gone);

        let history = store.object_history(&Object::Role(second.code), 10).await.unwrap();
        let fates: Vec<_> = history.iter().map(|change| change.note.fate).collect();
        assert_eq!(fates, [Fate::Removed, Fate::Changed, Fate::Created]);
        assert_eq!(history[1].note.added_permissions, ["muster:export"]);
        assert_eq!(history[1].note.removed_permissions, ["catalog:edit"]);
        let after: Vec<_> = history[1].note.texts.iter().map(|change| change.after.as_deref()).collect();
        assert_eq!(after, [Some("Editors"), Some("Who look after the catalogue")]);
        assert_eq!(history[0].note.texts.len(), 2, "what was removed can be read");
    })
    .await;
}

#[tokio::test]
async fn no_edit_of_a_role_takes_the_last_administrator() {
    each_database(async |database| {
        let (store, admin) = (&database.store, database.admin);
        let all = store.find_role(&role(RoleCode::ADMINISTRATOR)).await.unwrap().unwrap();
        let mut less = all.role.clone();
        less.permissions.remove(Permission::Admin.code());
        let written = store.edit_role(all.version, &less, admin, 6).await.unwrap();
        assert_eq!(written, RoleWritten::LastAdministrator);
        assert_eq!(store.find_role(&less.code).await.unwrap().unwrap(), all, "nothing was written");
    })
    .await;
}

#[tokio::test]
async fn a_file_is_applied_as_a_whole_or_not_at_all() {
    each_database(async |database| {
        let store = &database.store;
        let group_id = database.grouped("Staff").await;
        let create = |name: &str| GroupAction::Create { fields: group(name) };
        let update = |version| GroupAction::Update { group_id, version, fields: group("Everyone") };
        let apply = async |actions: &[GroupAction]| database.apply_groups(actions).await;
        assert_eq!(apply(&[create("Sales"), update(2)]).await, FileApplied::Stale);
        assert_eq!(apply(&[create("Sales"), create("STAFF")]).await, FileApplied::Stale);
        assert_eq!(store.stored_groups().await.unwrap().len(), 1, "nothing was written");
        assert_eq!(did(apply(&[create("Sales"), update(1), GroupAction::Block]).await), (1, 1));
        let groups = store.stored_groups().await.unwrap();
        let versions: Vec<_> = groups.iter().map(|group| (group.fields.name.as_str(), group.version)).collect();
        assert_eq!((versions.len(), versions.contains(&("Everyone", 2))), (2, true));

        let apply = async |actions: &[RoleAction]| database.apply_roles(actions).await;
        let create = RoleAction::Create { role: editor(&["a"]) };
        let mut less = store.find_role(&role(RoleCode::ADMINISTRATOR)).await.unwrap().unwrap().role;
        less.permissions.clear();
        let demote = RoleAction::Update { version: 1, role: less };
        assert_eq!(apply(&[create.clone(), demote]).await, FileApplied::LastAdministrator);
        assert_eq!(store.find_role(&role("ROLE_EDITOR")).await.unwrap(), None, "nothing was written");
        let update = RoleAction::Update { version: 1, role: editor(&["b"]) };
        assert_eq!(apply(std::slice::from_ref(&update)).await, FileApplied::Stale);
        assert_eq!(did(apply(std::slice::from_ref(&create)).await), (1, 0));
        assert_eq!(apply(&[create]).await, FileApplied::Stale);
        assert_eq!(did(apply(&[update]).await), (0, 1));
        let stored = store.find_role(&role("ROLE_EDITOR")).await.unwrap().unwrap();
        assert_eq!((stored.version, stored.role), (2, editor(&["b"])));
    })
    .await;
}
