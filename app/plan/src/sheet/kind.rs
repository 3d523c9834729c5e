//! What the rows of a sheet are.

use super::header::{key, trimmed};
use super::synonym::Synonyms;
use super::target::Target;
use identity::field::Field;
use identity::role::Permission;
use serde::{Deserialize, Serialize};

/// What the rows of a sheet are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// Users.
    Users,
    /// Groups: a name, a label, a description.
    Groups,
    /// Roles: a code, a label, permissions in one cell, one a row or one a column.
    Roles,
}

impl SheetKind {
    /// Every one, in the order in which several sheets are read: users name roles and groups.
    pub const ALL: [SheetKind; 3] = [SheetKind::Roles, SheetKind::Groups, SheetKind::Users];
}

const PERMISSIONS: [&str; 8] = [
    "permissions",
    "permission",
    "rights",
    "berechtigungen",
    "berechtigung",
    "rechte",
    "permissioncodes",
    "berechtigungscodes",
];
const ROLE: [&str; 7] = ["role", "rolle", "rolecode", "rolename", "rollencode", "rollenname", "rollenkuerzel"];
const GROUP: [&str; 7] = ["name", "group", "gruppe", "groupname", "gruppenname", "groupcode", "gruppencode"];

/// What the rows of a sheet with these headers are. A header that only people have decides; then one of roles; then one of
/// groups; users otherwise.
pub fn suggest_kind(headers: &[String]) -> SheetKind {
    let synonyms = Synonyms::new();
    let keys: Vec<String> = headers.iter().map(|header| key(header)).collect();
    let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
    let is_personal = |key: &String| {
        matches!(
            synonyms.find(key),
            Some((
                _,
                Some(
                    Target::OldUsername
                        | Target::Password
                        | Target::Field(
                            Field::Username
                                | Field::Email
                                | Field::FirstName
                                | Field::LastName
                                | Field::Phone
                                | Field::JobTitle
                        )
                )
            ))
        )
    };
    if keys.iter().any(is_personal) {
        SheetKind::Users
    } else if has(&ROLE) || has(&PERMISSIONS) || headers.iter().any(|name| Permission::parse(trimmed(name)).is_some()) {
        SheetKind::Roles
    } else if has(&GROUP) {
        SheetKind::Groups
    } else {
        SheetKind::Users
    }
}
