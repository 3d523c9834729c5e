//! Which saved mapping a sheet is for.

use crate::notation::{cells, mapping};
use plan::sheet::{ObjectColumn, Profile, SheetKind, best_profile, object_columns};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

/// The username is made, not read.
const MADE: &str = "username <- {first_name}.{last_name}\nemail <- #2";

fn profile(name: &str, headers: &str, rules: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        kind: SheetKind::Users,
        format: String::new(),
        headers: cells(headers),
        mapping: mapping(rules),
        columns: vec![],
    }
}

/// One for groups or roles, whose columns are what their names say.
fn of_objects(name: &str, kind: SheetKind, headers: &str) -> Profile {
    Profile { kind, columns: object_columns(kind, &cells(headers)), ..profile(name, headers, "") }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_profile_with_the_same_columns_is_chosen() {
    let profiles = [
        profile("short", "Login|Mail", "username <- #0\nemail <- #1"),
        profile("long", "Login|Mail|Tel|Kennwort", "username <- #0\nemail <- #1\npassword <- #3"),
        profile("again", "Login|Mail|Tel|Kennwort", "username <- #0\nemail <- #1"),
        profile("nameless", "Login|Mail|Tel", "email <- #1"),
    ];
    let best = |headers: &str| best_profile(&profiles, &cells(headers)).map(|best| best.name.as_str());
    assert_eq!(best("Login|Mail"), Some("short"));
    assert_eq!(best("mail|LOGIN|Tel"), Some("long"));
    assert_eq!(best("Login|Tel"), None);
    // Has all that the short one reads, and is another sheet.
    assert_eq!(best("Login|Mail|Room|Car"), None);
    assert_eq!(best(""), None);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_profile_that_does_not_know_a_plain_column_is_not_chosen() {
    let made = profile("", "first_name|last_name|email|Kurs", MADE);
    let is_chosen = |headers: &str| best_profile([&made], &cells(headers)).is_some();
    for headers in [
        "first_name|last_name|email|Kurs",
        "E-MAIL|Last Name|Kurs|First-Name",
        // What it does not read may be missing, and what says nothing may be there.
        "last_name|first_name|email",
        "first_name|last_name|email|Kurs|Parkplatz",
        // Less than plain, or beside a column that it knows.
        "first_name|last_name|email|Kurs|Departmnt",
        "first_name|last_name|email|Kurs|E-Mail-Adresse",
        // Never read, and seen anyway.
        "first_name|last_name|email|Kurs|Passwort",
    ] {
        assert!(is_chosen(headers), "{headers}");
    }
    for headers in [
        "username|email|first_name|last_name|department",
        "username|first_name|last_name|email|Kurs",
        "first_name|last_name|email|Kurs|Abteilung",
        "first_name|last_name|email|Kurs|custom:badge",
    ] {
        assert!(!is_chosen(headers), "{headers}");
    }
    let knows = profile("", "first_name|last_name|email|Abteilung", MADE);
    assert!(best_profile([&knows], &cells("first_name|last_name|email|ABTEILUNG")).is_some(), "known, and not read");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_column_that_a_profile_does_not_know_is_what_would_be_suggested() {
    let saved = profile("", "first_name|last_name|email|phone", MADE);
    let headers = cells("department|first_name|username|last_name|phone|email|Kennwort|Kurs");
    // The username is filled already, and somebody decided about the phone.
    let expected = format!("{}\ndepartment <- #0\npassword <- #6", MADE.replace("#2", "#5"));
    assert_eq!(saved.mapping_for(&headers), mapping(&expected));
    // What the profile reads and is not there is filled by another name of it.
    let headers = cells("first_name|last_name|E-Mail-Adresse");
    assert_eq!(saved.mapping_for(&headers), mapping(MADE));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_profile_knows_what_the_rows_are() {
    let mut odd = of_objects("odd", SheetKind::Groups, "Kennung|Titel");
    odd.columns = vec![ObjectColumn::Name, ObjectColumn::Label];
    let profiles = [
        profile("users", "name|email", "username <- #0\nemail <- #1"),
        of_objects("groups", SheetKind::Groups, "name|label|room"),
        of_objects("roles", SheetKind::Roles, "role|permissions"),
        // Nothing says whose row it is.
        of_objects("nameless", SheetKind::Groups, "label|description"),
        odd,
    ];
    let best = |headers: &str| best_profile(&profiles, &cells(headers)).map(|best| best.name.as_str());
    assert_eq!(best("email|name"), Some("users"));
    assert_eq!(best("label|NAME"), Some("groups"), "the room is not read");
    assert_eq!(best("name|room"), None, "the label is read");
    assert_eq!(best("Permissions|Role"), Some("roles"));
    assert_eq!(best("label|description"), None);
    assert_eq!(best("titel|kennung"), Some("odd"));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn columns_of_groups_and_roles_are_found_again_too() {
    use ObjectColumn::{Ignored, Label, Name, Permission, Role};
    let mut groups = of_objects("", SheetKind::Groups, "Kennung|label");
    groups.columns = vec![Name, Ignored];
    assert_eq!(groups.columns_for(&cells("label|description|KENNUNG")), [Ignored, Ignored, Name]);
    let matrix = of_objects("", SheetKind::Roles, "role|x:read|label");
    let permission = |code: &str| Permission(code.to_owned());
    // What a role has in a new column is not taken from it.
    let expected = [Label, permission("x:edit"), Role, permission("x:read")];
    assert_eq!(matrix.columns_for(&cells("label|x:edit|role|X:Read")), expected);
    let list = of_objects("", SheetKind::Roles, "role|permissions");
    assert_eq!(list.columns_for(&cells("role|permissions|x:edit"))[2], Ignored);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn columns_are_found_again_wherever_they_stand() {
    let saved = profile(
        "",
        "Login|Mail|Tel|Tel|",
        "username <- #0\nemail <- {Mail}\nphone <- #3\ncustom:x <- #4\nlocale <- =de",
    );
    assert_eq!(
        saved.mapping_for(&cells("tel|mail|login|TEL||new")),
        mapping("username <- #2\nemail <- {Mail}\nphone <- #3\ncustom:x <- #4\nlocale <- =de"),
    );
    assert_eq!(saved.mapping_for(&cells("login|tel")), mapping("username <- #0\nemail <- {Mail}\nlocale <- =de"),);
}
