//! Files of groups and roles.

use identity::field::Patch;
use identity::group::{GroupFields, GroupName};
use identity::id::GroupId;
use identity::role::{Permission, Role, RoleCode, built_in};
use plan::objects::group::{GroupAction, GroupPlan, GroupPolicy, GroupRecord, StoredGroup, plan_groups};
use plan::objects::role::{
    RoleAction, RoleGuard, RolePlan, RolePolicy, RoleRecord, RoleRow, StoredRole, Tripped, plan_roles, tripped,
};
use plan::objects::{Attribute, ObjectIssue, TextChange};
use std::collections::BTreeSet;

fn set(text: &str) -> Patch<String> {
    Patch::Set(text.to_owned())
}

fn codes(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn group(name: &str, label: Patch<String>) -> GroupRecord {
    GroupRecord { line: Some(2), name: name.to_owned(), label, ..GroupRecord::default() }
}

fn staff() -> StoredGroup {
    let name = GroupName::parse("Staff").expect("a name");
    let fields = GroupFields { name, label: Some("Everyone".to_owned()), description: None };
    StoredGroup { group_id: GroupId(7), version: 3, fields }
}

/// Each row as `action name: what changes; what speaks against it`.
fn groups(plan: &GroupPlan) -> Vec<String> {
    let line = |row: &plan::objects::group::GroupRow| {
        let action = match row.action {
            GroupAction::Create { .. } => "create",
            GroupAction::Update { .. } => "update",
            GroupAction::Unchanged { .. } => "unchanged",
            GroupAction::Block => "block",
        };
        let texts: Vec<_> = row.texts.iter().map(|text| format!("{:?}={:?}", text.attribute, text.after)).collect();
        format!("{action} {}: {} {:?}", row.name, texts.join(" "), row.issues)
    };
    plan.rows.iter().map(line).collect()
}

#[test]
fn a_group_is_known_by_its_name_and_a_label_is_not_changed_by_the_way() {
    let records = [
        group("STAFF", set("All")),
        group("Sales", set("Vertrieb")),
        group("sales", Patch::Keep),
        group(" ", Patch::Keep),
        group("a\nb", Patch::Keep),
        group("Long", set(&"x".repeat(300))),
    ];
    let plan = plan_groups(&records, &[staff()], GroupPolicy::default());
    let expected = [
        "unchanged STAFF:  []",
        "create Sales: Name=Some(\"Sales\") Label=Some(\"Vertrieb\") []",
        "block sales:  [DuplicateRow { row: 1 }]",
        "block :  [MissingName]",
        "block a\u{fffd}b:  [IllegalName]",
        "block Long:  [NotText { attribute: Label }]",
    ];
    assert_eq!(groups(&plan), expected);
    assert_eq!(plan.counts.rows(), 6);
    let changing = plan_groups(&records[..1], &[staff()], GroupPolicy { change_labels: true });
    assert_eq!(groups(&changing), ["update STAFF: Label=Some(\"All\") []"]);
    let [row] = changing.rows.as_slice() else { panic!("one row") };
    let GroupAction::Update { version, fields, .. } = &row.action else { panic!("an update") };
    assert_eq!((*version, fields.name.as_str()), (3, "Staff"), "the name is not spelled anew");
    assert_ne!(changing.digest, plan_groups(&records[..1], &[staff()], GroupPolicy::default()).digest);
}

fn stored() -> Vec<StoredRole> {
    let editor = Role {
        code: RoleCode::parse("ROLE_EDITOR").expect("a code"),
        label: "Editor".to_owned(),
        description: None,
        permissions: codes(&["catalog:edit", "catalog:read"]),
    };
    built_in().into_iter().chain([editor]).map(|role| StoredRole { version: 4, role }).collect()
}

fn role(code: &str, permissions: Patch<Vec<String>>) -> RoleRecord {
    RoleRecord { line: Some(2), code: code.to_owned(), permissions, ..RoleRecord::default() }
}

fn all(permissions: &[&str]) -> Patch<Vec<String>> {
    Patch::Set(permissions.iter().map(|code| (*code).to_owned()).collect())
}

/// An administrator's file.
fn policy() -> RolePolicy {
    let held = Permission::ALL.into_iter().map(|permission| permission.code().to_owned()).collect();
    RolePolicy { held, ..RolePolicy::default() }
}

/// Each row as `action name +added -removed; what speaks against it`.
fn roles(plan: &RolePlan) -> Vec<String> {
    let line = |row: &RoleRow| {
        let action = match row.action {
            RoleAction::Create { .. } => "create",
            RoleAction::Update { .. } => "update",
            RoleAction::Unchanged => "unchanged",
            RoleAction::Block => "block",
        };
        let added = row.added.iter().map(|code| format!(" +{code}"));
        let removed = row.removed.iter().map(|code| format!(" -{code}"));
        let changes: String = added.chain(removed).collect();
        format!("{action} {}{changes} {:?}", row.name, row.issues)
    };
    plan.rows.iter().map(line).collect()
}

#[test]
fn the_list_replaces_a_roles_permissions_blank_means_none_and_absent_leaves_them() {
    let planned = |permissions| roles(&plan_roles(&[role("ROLE_EDITOR", permissions)], &stored(), &policy()));
    let replaced = planned(all(&["catalog:read", " muster:export ", "", "catalog:read"]));
    assert_eq!(replaced, ["update ROLE_EDITOR +muster:export -catalog:edit []"]);
    assert_eq!(planned(Patch::Clear), ["update ROLE_EDITOR -catalog:edit -catalog:read []"]);
    assert_eq!(planned(Patch::Keep), ["unchanged ROLE_EDITOR []"]);
    assert_eq!(planned(all(&["catalog:read", "catalog:edit"])), ["unchanged ROLE_EDITOR []"]);
}

#[test]
fn a_role_with_a_row_for_each_permission_is_one_row_of_the_plan() {
    let records = [
        RoleRecord { line: Some(2), ..role("ROLE_EDITOR", all(&["catalog:read"])) },
        RoleRecord { line: Some(3), ..role("ROLE_NEW", all(&["catalog:read"])) },
        RoleRecord { line: Some(4), ..role("ROLE_EDITOR", all(&["catalog:edit"])) },
        RoleRecord { line: Some(5), ..role("ROLE_NEW", Patch::Clear) },
    ];
    let long = RolePolicy { row_per_permission: true, ..policy() };
    let plan = plan_roles(&records, &stored(), &long);
    assert_eq!(roles(&plan), ["unchanged ROLE_EDITOR []", "create ROLE_NEW +catalog:read []"]);
    assert_eq!(plan.rows[1].lines, [3, 5]);
    // Otherwise a role that comes twice is a mistake.
    let plan = plan_roles(&records[..3], &stored(), &policy());
    let expected = [
        "update ROLE_EDITOR -catalog:edit []",
        "create ROLE_NEW +catalog:read []",
        "block ROLE_EDITOR [DuplicateRow { row: 0 }]",
    ];
    assert_eq!(roles(&plan), expected);
}

#[test]
fn a_role_has_a_description_that_stands_in_each_of_its_rows_or_in_the_first() {
    let described = |code: &str, description| RoleRecord { description, ..role(code, Patch::Keep) };
    let texts = |plan: &RolePlan| -> Vec<String> {
        let text = |text: &TextChange| format!("{:?} {:?} -> {:?}", text.attribute, text.before, text.after);
        plan.rows.iter().flat_map(|row| row.texts.iter().map(text)).collect()
    };
    let records = [
        described("ROLE_EDITOR", Patch::Keep),
        described("ROLE_EDITOR", set(" Who edit ")),
        described("ROLE_EDITOR", set("Another")),
    ];
    let long = RolePolicy { row_per_permission: true, ..policy() };
    let plan = plan_roles(&records, &stored(), &long);
    assert_eq!(texts(&plan), ["Description None -> Some(\"Who edit\")"], "without a word about labels");
    let RoleAction::Update { role: after, .. } = &plan.rows[0].action else { panic!("{:?}", plan.rows) };
    assert_eq!((after.label.as_str(), after.description.as_deref()), ("Editor", Some("Who edit")));
    let mut known = stored();
    known[3].role.description = after.description.clone();
    assert_eq!(plan_roles(&records, &known, &long).counts.unchanged, 1);
    let cleared = plan_roles(&[described("ROLE_EDITOR", Patch::Clear)], &known, &policy());
    assert_eq!(texts(&cleared), ["Description Some(\"Who edit\") -> None"]);
    assert_ne!(cleared.digest, plan.digest);
    let too_long = plan_roles(&[described("ROLE_EDITOR", set(&"x".repeat(2001)))], &known, &policy());
    assert_eq!(too_long.rows[0].issues, [ObjectIssue::NotText { attribute: Attribute::Description }]);
    // The role of all rights is never changed by a file, not even what it is said to be for.
    let boss = plan_roles(&[described(RoleCode::ADMINISTRATOR, set("Us"))], &known, &policy());
    assert_eq!(boss.rows[0].issues, [ObjectIssue::AdministratorRole]);
}

#[test]
fn nobody_gives_or_takes_a_permission_beyond_their_own_and_the_administrators_role_stays() {
    let held = codes(&["muster:roles", "muster:export"]);
    let records = [
        role("ROLE_NEW", all(&["muster:export", "muster:import"])),
        role("ROLE_EDITOR", all(&["catalog:read", "catalog:edit", "muster:export"])),
        role(RoleCode::USER_MANAGER, Patch::Clear),
    ];
    let plan = plan_roles(&records, &stored(), &RolePolicy { held, ..policy() });
    let beyond = |permission: &str| ObjectIssue::MayNotGive { permission: permission.to_owned() };
    assert_eq!(plan.rows[0].issues, [beyond("muster:import")]);
    assert_eq!(roles(&plan)[1], "update ROLE_EDITOR +muster:export []");
    assert_eq!(plan.rows[2].issues.len(), 3, "the export is theirs to take");
    let plan = plan_roles(
        &[role(RoleCode::ADMINISTRATOR, all(&["muster:admin"])), role("ROLE_X", all(&["muster:everything", "a b"]))],
        &stored(),
        &policy(),
    );
    assert_eq!(plan.rows[0].issues, [ObjectIssue::AdministratorRole]);
    let unknown = |text: &str| ObjectIssue::IllegalPermission { permission: text.to_owned() };
    assert!(plan.rows[1].issues.starts_with(&[unknown("a b"), unknown("muster:everything")]));
    let same = plan_roles(&[role(RoleCode::ADMINISTRATOR, Patch::Keep)], &stored(), &policy());
    assert_eq!(same.counts.unchanged, 1, "an export comes back unchanged");
}

#[test]
fn a_file_that_knows_labels_only_finds_roles_by_them() {
    let labelled = |label: &str| RoleRecord { code: " ".to_owned(), label: set(label), ..role("", Patch::Keep) };
    let records = [
        labelled("EDITOR"),
        labelled("Leitung Süd"),
        labelled("日本"),
        role("admin", Patch::Keep),
        role("", Patch::Keep),
    ];
    let plan = plan_roles(&records, &stored(), &policy());
    let expected = [
        "unchanged EDITOR []",
        "create Leitung Süd []",
        "block 日本 [IllegalName]",
        "block admin [IllegalName]",
        "block  [MissingName]",
    ];
    assert_eq!(roles(&plan), expected);
    let RoleAction::Create { role } = &plan.rows[1].action else { panic!("a new role") };
    assert_eq!((role.code.as_str(), role.label.as_str()), ("ROLE_LEITUNG_S_D", "Leitung Süd"));
}

#[test]
fn what_takes_permissions_or_makes_administrators_is_confirmed() {
    let records = [
        role("ROLE_EDITOR", Patch::Clear),
        role(RoleCode::AUDITOR, Patch::Clear),
        role("ROLE_BOSS", all(&["muster:admin"])),
    ];
    let plan = plan_roles(&records, &stored(), &policy());
    let guards = vec![RoleGuard::MakesAdministrators { roles: 1 }, RoleGuard::TakesPermissions { roles: 2 }];
    assert_eq!(tripped(plan.rows.iter(), 3), Tripped { guards, roles: 3 });
    assert_eq!(tripped(plan.rows[..1].iter(), 3), Tripped::default(), "one stands on the screen");
}

#[test]
fn applied_and_planned_again_nothing_is_left() {
    let records = [role("ROLE_EDITOR", all(&["a"])), role("ROLE_NEW", all(&["b", "muster:export"]))];
    let mut stored = stored();
    for row in plan_roles(&records, &stored, &policy()).rows {
        match row.action {
            RoleAction::Create { role } => stored.push(StoredRole { version: 1, role }),
            RoleAction::Update { version, role } => {
                let known = stored.iter_mut().find(|stored| stored.role.code == role.code).expect("it is there");
                *known = StoredRole { version: version + 1, role };
            }
            other => panic!("not a change: {other:?}"),
        }
    }
    let again = plan_roles(&records, &stored, &policy());
    assert_eq!((again.counts.unchanged, again.counts.rows()), (2, 2));
}
