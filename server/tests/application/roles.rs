//! Roles and groups by hand: who may change what, and what they refuse.

use crate::caller::{Caller, PASSWORD, problems};
use crate::muster::{Installation, on_both_databases};
use app::api::group::{CreateGroup, FetchGroup, GroupForm, RemoveGroup, SaveGroup, SuggestGroups};
use app::api::role::{CreateRole, FetchRole, RemoveRole, RoleForm, RoleView, SaveRole};
use app::api::user::{EditUser, FetchUser, UserForm};
use app::error::{AppError, Conflict};
use identity::group::GroupName;
use identity::role::RoleCode;
use std::collections::BTreeSet;

on_both_databases! {
    nobody_puts_into_a_role_what_they_do_not_have,
    a_role_that_cannot_be_says_why,
    a_manager_makes_groups_and_puts_users_into_them,
}

fn role(code: &str, permissions: &[&str]) -> RoleForm {
    let permissions = permissions.iter().map(|code| (*code).to_owned()).collect();
    let (label, description) = ("A role".to_owned(), String::new());
    RoleForm { code: code.to_owned(), label, description, permissions }
}

fn code(code: &str) -> RoleCode {
    RoleCode::parse(code).expect("a role's code")
}

fn group(name: &str) -> GroupForm {
    GroupForm { name: name.to_owned(), label: String::new(), description: String::new() }
}

/// The permissions that somebody is told they lack.
fn missing(error: AppError) -> Vec<String> {
    match error {
        AppError::MayNotGrant { missing } => missing,
        other => panic!("refused for another reason: {other:?}"),
    }
}

fn nobody_puts_into_a_role_what_they_do_not_have(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    administrator
        .ask(&CreateRole { form: role("ROLE_GIVER", &["muster:users.read", "muster:roles", "muster:export"]) });
    let giver = administrator.colleague("giver", &["ROLE_GIVER"]);
    giver.ask(&CreateRole { form: role("ROLE_OWN", &["muster:export"]) });
    let more = CreateRole { form: role("ROLE_MORE", &["muster:admin", "muster:export", "catalog:edit"]) };
    assert_eq!(missing(giver.refusal(&more)), ["catalog:edit", "muster:admin"]);
    let raised = SaveRole { version: 1, form: role("ROLE_GIVER", &["muster:roles", "muster:import"]) };
    assert_eq!(missing(giver.refusal(&raised)), ["muster:import"]);
    // Taking away is guarded like giving.
    let lowered = SaveRole { version: 1, form: role(RoleCode::USER_MANAGER, &["muster:users.read", "muster:export"]) };
    assert_eq!(missing(giver.refusal(&lowered)), ["muster:import", "muster:users.write"]);
    // What other applications ask for is the administrators' to give.
    administrator.ask(&CreateRole { form: role("ROLE_EDITOR", &["catalog:edit"]) });
    let remove = RemoveRole { code: code("ROLE_EDITOR"), version: 1 };
    assert_eq!(missing(giver.refusal(&remove)), ["catalog:edit"]);
    administrator.ask(&remove);
    giver.ask(&SaveRole { version: 1, form: role("ROLE_OWN", &["muster:export", "muster:users.read"]) });
    let RoleView { version, line, is_built_in, history } = giver.ask(&FetchRole { code: code("ROLE_OWN") });
    assert_eq!((version, line.users, line.may_grant, is_built_in, history.len()), (2, 0, true, false, 2));
    let described = RoleForm { description: " Mine ".to_owned(), ..role("ROLE_OWN", &["muster:export"]) };
    giver.ask(&SaveRole { version: 2, form: described });
    let described = giver.ask(&FetchRole { code: code("ROLE_OWN") }).line.role.description;
    assert_eq!(described.as_deref(), Some("Mine"));
}

fn a_role_that_cannot_be_says_why(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let wrong = RoleForm { label: " ".to_owned(), ..role("admin", &["muster:everything"]) };
    let refused = problems(administrator.refusal(&CreateRole { form: wrong }));
    assert_eq!(refused, ["code: role_code", "label: missing", "permissions: permission"]);
    let wordy = RoleForm { description: "x".repeat(2001), ..role("ROLE_WORDY", &[]) };
    assert_eq!(problems(administrator.refusal(&CreateRole { form: wordy })), ["description: too_long"]);
    let broken = RoleForm { description: "a\nb".to_owned(), ..role("ROLE_WORDY", &[]) };
    assert_eq!(problems(administrator.refusal(&CreateRole { form: broken })), ["description: control_characters"]);
    let taken = CreateRole { form: role(RoleCode::AUDITOR, &[]) };
    assert_eq!(problems(administrator.refusal(&taken)), ["code: taken"]);
    let built_in = [": built_in_role"];
    let change = SaveRole { version: 1, form: role(RoleCode::ADMINISTRATOR, &["muster:admin"]) };
    assert_eq!(problems(administrator.refusal(&change)), built_in);
    let remove = RemoveRole { code: code(RoleCode::AUDITOR), version: 1 };
    assert_eq!(problems(administrator.refusal(&remove)), built_in);
    administrator.ask(&CreateRole { form: role("ROLE_HAD", &[]) });
    administrator.colleague("eve", &["ROLE_HAD"]);
    let in_use = administrator.refusal(&RemoveRole { code: code("ROLE_HAD"), version: 1 });
    assert_eq!(in_use, AppError::Conflict { conflict: Conflict::RoleInUse { users: 1 } });
    assert_eq!(administrator.refusal(&SaveRole { version: 7, form: role("ROLE_HAD", &[]) }), AppError::Stale);
}

fn a_manager_makes_groups_and_puts_users_into_them(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let manager = Caller::administrator(&muster).colleague("manager", &[RoleCode::USER_MANAGER]);
    let group_id = manager.ask(&CreateGroup { form: group("Staff") });
    assert_eq!(problems(manager.refusal(&CreateGroup { form: group("STAFF") })), ["name: taken"]);
    let user_id = manager.ask(&app::api::user::CreateUser { form: crate::caller::form("eve", &[]) });
    let put = |version, groups: &[&str]| {
        let UserForm { fields, roles, .. } = crate::caller::form("eve", &[]);
        let groups: BTreeSet<_> = groups.iter().map(|name| GroupName::parse(name).expect("a name")).collect();
        EditUser { user_id, version, form: UserForm { fields, roles, groups: Some(groups) } }
    };
    manager.ask(&put(1, &["staff"]));
    let unknown = AppError::Conflict { conflict: Conflict::UnknownGroup };
    assert_eq!(manager.refusal(&put(2, &["nobody"])), unknown);
    let groups = manager.ask(&FetchUser { user_id }).user.groups;
    assert_eq!(groups.iter().map(GroupName::as_str).collect::<Vec<_>>(), ["Staff"]);
    assert_eq!(manager.ask(&FetchGroup { group_id }).line.members, 1);
    // The one that is called so comes first.
    for number in 0..25 {
        manager.ask(&CreateGroup { form: group(&format!("a staff {number}")) });
    }
    let suggested = manager.ask(&SuggestGroups { text: "STAFF".to_owned() });
    assert_eq!((suggested[0].as_str(), suggested.len()), ("Staff", 21));
    manager.ask(&SaveGroup { group_id, version: 1, form: group("Everyone") });
    assert_eq!(manager.refusal(&RemoveGroup { group_id, version: 1 }), AppError::Stale);
    manager.ask(&RemoveGroup { group_id, version: 2 });
    assert!(manager.ask(&FetchUser { user_id }).user.groups.is_empty());
}
