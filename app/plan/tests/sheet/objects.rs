//! Rows of groups and roles.

use identity::field::Patch;
use plan::objects::ObjectIssue;
use plan::objects::group::GroupRecord;
use plan::objects::role::RoleRecord;
use plan::sheet::{Blank, ObjectMapper, SheetKind, has_row_per_permission, object_columns};

fn headers(headers: &[&str]) -> Vec<String> {
    headers.iter().map(|header| (*header).to_owned()).collect()
}

/// `#` stands for the error of a formula.
fn cell<'a>(row: &'a [&'a str]) -> impl Fn(u32) -> Option<&'a str> {
    |column| row.get(column as usize).copied().or(Some("")).filter(|text| *text != "#")
}

fn groups(names: &[&str], blank: Blank, row: &[&str]) -> GroupRecord {
    let headers = headers(names);
    let columns = object_columns(SheetKind::Groups, &headers);
    ObjectMapper::new(&columns, &headers, blank).group(7, cell(row))
}

fn roles(names: &[&str], rows: &[&[&str]]) -> Vec<RoleRecord> {
    let headers = headers(names);
    let columns = object_columns(SheetKind::Roles, &headers);
    let mapper = ObjectMapper::new(&columns, &headers, Blank::Keep);
    (2..).zip(rows).map(|(line, row)| mapper.role(line, cell(row))).collect()
}

fn set(text: &str) -> Patch<String> {
    Patch::Set(text.to_owned())
}

fn codes(codes: &[&str]) -> Patch<Vec<String>> {
    Patch::Set(codes.iter().map(|code| (*code).to_owned()).collect())
}

#[test]
fn a_row_of_groups_says_what_its_cells_say() {
    let columns = ["Name", "Bezeichnung", "Beschreibung", "origin"];
    let record = groups(&columns, Blank::Keep, &[" staff ", "", "<CLEAR>", "internal"]);
    let expected =
        GroupRecord { line: Some(7), name: "staff".to_owned(), description: Patch::Clear, ..GroupRecord::default() };
    assert_eq!(record, expected);
    assert_eq!(groups(&columns, Blank::Clear, &["staff", ""]).label, Patch::Clear);
    assert_eq!(groups(&["name", "label"], Blank::Clear, &["staff", "x"]).description, Patch::Keep, "an absent column");
    assert_eq!(groups(&["name", "label"], Blank::Keep, &["staff", "Everyone"]).label, set("Everyone"));
}

#[test]
fn the_error_of_a_formula_is_no_text() {
    let unreadable = |column: &str| [ObjectIssue::Unreadable { column: column.to_owned() }];
    let record = groups(&["name", "label"], Blank::Keep, &["staff", "#"]);
    assert_eq!((record.label, record.issues.as_slice()), (Patch::Keep, unreadable("label").as_slice()));
    assert_eq!(groups(&["name", ""], Blank::Keep, &["#"]).issues, unreadable("name"));
    assert_eq!(groups(&["name", "origin"], Blank::Keep, &["staff", "#"]).issues, [], "of a column that is not read");
    assert_eq!(roles(&["role", "x:edit"], &[&["ROLE_A", "#"]])[0].issues, unreadable("x:edit"));
}

#[test]
fn permissions_stand_in_one_cell_or_in_a_row_each() {
    let one = roles(&["role", "label", "permissions"], &[&["ROLE_A", "A", "x:edit, \"y:edit\""], &["ROLE_B", "B", ""]]);
    assert_eq!(one[0].permissions, codes(&["x:edit", "y:edit"]));
    assert_eq!((&one[1].permissions, &one[1].label), (&Patch::Clear, &set("B")));
    assert!(!has_row_per_permission(&one));
    let described =
        roles(&["role", "Beschreibung", "x:edit"], &[&["ROLE_A", " Who edit ", "x"], &["ROLE_B", "<clear>", ""]]);
    assert_eq!((&described[0].description, &described[0].permissions), (&set("Who edit"), &codes(&["x:edit"])));
    assert_eq!((&described[1].description, &one[0].description), (&Patch::Clear, &Patch::Keep));
    assert_eq!(roles(&["role", "label"], &[&["ROLE_A", "A"]])[0].permissions, Patch::Keep, "an absent column");

    let rows: &[&[&str]] = &[&["ROLE_A", "x:edit"], &["ROLE_B", ""], &["ROLE_A", "y:edit"]];
    assert!(has_row_per_permission(&roles(&["role", "permission"], rows)));
    let twice: &[&[&str]] = &[&["ROLE_A", "x:edit"], &["ROLE_A", "x:edit,y:edit"]];
    assert!(!has_row_per_permission(&roles(&["role", "permission"], twice)), "a role that comes twice by mistake");

    let open = roles(&["role", "permissions"], &[&["ROLE_A", "\"x:edit"]]);
    assert_eq!(open[0].issues, [ObjectIssue::Unreadable { column: "permissions".to_owned() }]);
    assert_eq!(open[0].permissions, Patch::Keep, "nothing is taken away");
}

#[test]
fn a_matrix_has_a_mark_for_each_permission() {
    let rows: &[&[&str]] = &[&["ROLE_A", "x", "–", "Ja"], &["ROLE_B", "", "0", ""], &["ROLE_C", "x", "perhaps", ""]];
    let records = roles(&["role", "x:read", "x:edit", "y:read"], rows);
    assert_eq!(records[0].permissions, codes(&["x:read", "y:read"]));
    assert_eq!(records[1].permissions, Patch::Clear);
    assert_eq!(records[2].issues, [ObjectIssue::Unreadable { column: "x:edit".to_owned() }]);
}
