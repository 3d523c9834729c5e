//! The columns of sheets of groups and of roles (R18). They are few and plain: there is nothing to map by hand.

use super::header::{key, trimmed};
use super::kind::SheetKind;
use super::layout::REST;
use serde::{Deserialize, Serialize};

/// What a column of a sheet of groups or roles is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectColumn {
    /// The name of a group.
    Name,
    /// The code of a role.
    Role,
    /// What people call it.
    Label,
    /// What it is for.
    Description,
    /// The permissions of a role: all in one cell, or one in each row.
    Permissions,
    /// One permission of a role, with a mark where the role has it.
    Permission(String),
    /// Nothing that is read.
    Ignored,
}

const NAMES: &[&str] = &["name", "group", "gruppe", "groupname", "gruppenname", "groupcode", "gruppencode"];
const ROLES: &[&str] = &["role", "rolle", "rolecode", "rolename", "rollencode", "rollenname", "rollenkuerzel"];
const LABELS: &[&str] = &["label", "bezeichnung", "displayname", "anzeigename"];
const DESCRIPTIONS: &[&str] =
    &["description", "beschreibung", "comment", "kommentar", "bemerkung", "notes", "note", "notiz"];
const PERMISSIONS: &[&str] = &[
    "permissions",
    "permission",
    "rights",
    "berechtigungen",
    "berechtigung",
    "rechte",
    "permissioncodes",
    "berechtigungscodes",
];
const IGNORED: &[&str] = &["origin"];

impl ObjectColumn {
    /// What a header means by itself.
    fn of(header: &str) -> Option<Self> {
        let key = key(header);
        let lists = [
            (NAMES, ObjectColumn::Name),
            (ROLES, ObjectColumn::Role),
            (LABELS, ObjectColumn::Label),
            (DESCRIPTIONS, ObjectColumn::Description),
            (PERMISSIONS, ObjectColumn::Permissions),
            (IGNORED, ObjectColumn::Ignored),
            (REST, ObjectColumn::Ignored),
        ];
        lists.into_iter().find(|(names, _)| names.contains(&key.as_str())).map(|(_, column)| column)
    }

    /// Whether a sheet with such a column may hold roles, or groups.
    pub(super) fn names(header: &str, kind: SheetKind) -> bool {
        match Self::of(header) {
            Some(ObjectColumn::Role | ObjectColumn::Permissions) => kind == SheetKind::Roles,
            Some(ObjectColumn::Name) => kind == SheetKind::Groups,
            _ => false,
        }
    }
}

/// Whether there is a column by which the rows of such a sheet are known. A sheet of roles may know labels only; the columns
/// of users are in a mapping.
pub fn names_objects(kind: SheetKind, columns: &[ObjectColumn]) -> bool {
    match kind {
        SheetKind::Users => true,
        SheetKind::Groups => columns.contains(&ObjectColumn::Name),
        SheetKind::Roles => columns.contains(&ObjectColumn::Role) || columns.contains(&ObjectColumn::Label),
    }
}

/// What the columns of a sheet of groups or roles are, one for each header. Of several for one thing the first is read.
/// Where roles have no column of permissions, every other column is one permission: the sheet is a matrix.
pub fn object_columns(kind: SheetKind, headers: &[String]) -> Vec<ObjectColumn> {
    let mut columns: Vec<Option<ObjectColumn>> = headers.iter().map(|header| ObjectColumn::of(header)).collect();
    // A role is called by its code, and a name is all that some files have for it; a group has no permissions.
    let has_role = columns.contains(&Some(ObjectColumn::Role));
    for column in &mut columns {
        *column = match (kind, column.take()) {
            (SheetKind::Roles, Some(ObjectColumn::Name)) if has_role => Some(ObjectColumn::Label),
            (SheetKind::Roles, Some(ObjectColumn::Name)) => Some(ObjectColumn::Role),
            (SheetKind::Groups, Some(ObjectColumn::Role | ObjectColumn::Permissions)) | (SheetKind::Users, _) => {
                Some(ObjectColumn::Ignored)
            }
            (_, column) => column,
        };
    }
    let is_matrix = kind == SheetKind::Roles && !columns.contains(&Some(ObjectColumn::Permissions));
    let mut read: Vec<ObjectColumn> = vec![];
    let decided = columns.into_iter().zip(headers).map(|(column, header)| match column {
        Some(column) if read.contains(&column) => ObjectColumn::Ignored,
        Some(column) => {
            read.push(column.clone());
            column
        }
        None if is_matrix && !trimmed(header).is_empty() => ObjectColumn::Permission(trimmed(header).to_owned()),
        None => ObjectColumn::Ignored,
    });
    decided.collect()
}
