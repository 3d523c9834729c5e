//! What the rows of a sheet are.

use super::header::{key, trimmed};
use super::object::ObjectColumn;
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

/// What the rows of a sheet with these headers are. A header that only people have decides; then one of roles; then one of
/// groups; users otherwise.
pub fn suggest_kind(headers: &[String]) -> SheetKind {
    let synonyms = Synonyms::new();
    let has = |kind| headers.iter().any(|header| ObjectColumn::names(header, kind));
    let names_people = |header: &String| {
        let target = synonyms.find(&key(header)).and_then(|(_, target)| target);
        target.is_some_and(is_personal)
    };
    if headers.iter().any(names_people) {
        SheetKind::Users
    } else if has(SheetKind::Roles) || headers.iter().any(|name| Permission::parse(trimmed(name)).is_some()) {
        SheetKind::Roles
    } else if has(SheetKind::Groups) {
        SheetKind::Groups
    } else {
        SheetKind::Users
    }
}

/// Whether only people have it.
fn is_personal(target: &Target) -> bool {
    use Field::{Email, FirstName, JobTitle, LastName, Phone, Username};
    match target {
        Target::OldUsername | Target::Password => true,
        Target::Field(field) => matches!(field, Username | Email | FirstName | LastName | Phone | JobTitle),
        Target::Roles | Target::Groups => false,
    }
}
