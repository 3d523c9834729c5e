//! Roles and the permissions that they give.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The code of a role: `ROLE_` and capitals, digits and underscores.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoleCode(String);

/// The longest code, in characters.
pub const MAX_LENGTH: usize = 100;

/// The text is not a role's code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a role's code: it is ROLE_ and then capitals, digits or underscores, at most {MAX_LENGTH} characters"
)]
pub struct RoleCodeError(String);

impl RoleCode {
    /// All permissions.
    pub const ADMINISTRATOR: &'static str = "ROLE_ADMINISTRATOR";
    /// Users, import and export.
    pub const USER_MANAGER: &'static str = "ROLE_USER_MANAGER";
    /// Reads, changes nothing.
    pub const AUDITOR: &'static str = "ROLE_AUDITOR";

    /// Accepts a code.
    pub fn parse(text: &str) -> Result<Self, RoleCodeError> {
        let legal = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        match text.strip_prefix("ROLE_") {
            Some(rest) if !rest.is_empty() && text.len() <= MAX_LENGTH && rest.chars().all(legal) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(RoleCodeError(text.chars().take(MAX_LENGTH).collect())),
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RoleCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RoleCode {
    type Error = RoleCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<RoleCode> for String {
    fn from(code: RoleCode) -> String {
        code.0
    }
}

/// A role with what it gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its code.
    pub code: RoleCode,
    /// Its name for people.
    pub label: String,
    /// What it is for.
    pub description: Option<String>,
    /// Permission codes. Opaque to Muster, except those of [`Permission`].
    pub permissions: BTreeSet<String>,
}

/// The beginning of the permissions that Muster itself asks for.
pub const OWN: &str = "muster:";

/// The longest code of a permission, in characters.
pub const MAX_PERMISSION: usize = 200;

/// The longest label of a role, in characters.
pub const MAX_LABEL: usize = 200;

/// Whether a text is the code of a permission: one of Muster's own, or any of another application.
pub fn is_permission(code: &str) -> bool {
    let fits = !code.is_empty() && code.chars().take(MAX_PERMISSION + 1).count() <= MAX_PERMISSION;
    let legal = !code.chars().any(|c| c.is_control() || c.is_whitespace() || c == ',');
    fits && legal && (!code.starts_with(OWN) || Permission::parse(code).is_some())
}

/// Of these permissions, those that somebody with `held` does not have and so may neither give nor take (R35). What
/// other applications call a permission means nothing to Muster, so nobody holds it at first: those are the
/// administrators' to give.
pub fn lacking<'a>(
    held: &'a BTreeSet<String>,
    wanted: impl IntoIterator<Item = &'a String>,
) -> impl Iterator<Item = &'a String> {
    let administers = held.contains(Permission::Admin.code());
    let has = move |code: &str| held.contains(code) || administers && !code.starts_with(OWN);
    wanted.into_iter().filter(move |code| !has(code))
}

/// With what these permissions bring along. Whoever imports sees plans and jobs, and so the users in them: an import that
/// nobody can look at is none.
pub fn with_implied(mut permissions: BTreeSet<String>) -> BTreeSet<String> {
    if permissions.contains(Permission::Import.code()) {
        permissions.insert(Permission::UsersRead.code().to_owned());
    }
    permissions
}

/// What Muster itself asks for before it does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Permission {
    /// See users, groups, roles, jobs and history.
    #[serde(rename = "muster:users.read")]
    UsersRead,
    /// Create and edit users by hand.
    #[serde(rename = "muster:users.write")]
    UsersWrite,
    /// Search directories, plan, commit and stop imports. Brings [`Permission::UsersRead`] along.
    #[serde(rename = "muster:import")]
    Import,
    /// Take data out as files.
    #[serde(rename = "muster:export")]
    Export,
    /// Add, change, test and remove directories.
    #[serde(rename = "muster:directories")]
    Directories,
    /// Change roles and who has them.
    #[serde(rename = "muster:roles")]
    Roles,
    /// Release what a guard has parked.
    #[serde(rename = "muster:approve")]
    Approve,
    /// The application's own settings.
    #[serde(rename = "muster:admin")]
    Admin,
}

impl Permission {
    /// All of them.
    pub const ALL: [Permission; 8] = [
        Permission::UsersRead,
        Permission::UsersWrite,
        Permission::Import,
        Permission::Export,
        Permission::Directories,
        Permission::Roles,
        Permission::Approve,
        Permission::Admin,
    ];

    /// The code that a role's list holds.
    pub fn code(self) -> &'static str {
        match self {
            Permission::UsersRead => "muster:users.read",
            Permission::UsersWrite => "muster:users.write",
            Permission::Import => "muster:import",
            Permission::Export => "muster:export",
            Permission::Directories => "muster:directories",
            Permission::Roles => "muster:roles",
            Permission::Approve => "muster:approve",
            Permission::Admin => "muster:admin",
        }
    }

    /// The permission with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Permission::ALL.into_iter().find(|permission| permission.code() == code)
    }
}

/// The roles that every installation begins with (R35).
pub fn built_in() -> Vec<Role> {
    let role = |code: &str, label: &str, permissions: &[Permission]| Role {
        code: RoleCode(code.to_owned()),
        label: label.to_owned(),
        description: None,
        permissions: permissions.iter().map(|permission| permission.code().to_owned()).collect(),
    };
    vec![
        role(RoleCode::ADMINISTRATOR, "Administrator", &Permission::ALL),
        role(
            RoleCode::USER_MANAGER,
            "User manager",
            &[Permission::UsersRead, Permission::UsersWrite, Permission::Import, Permission::Export],
        ),
        role(RoleCode::AUDITOR, "Auditor", &[Permission::UsersRead]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(codes: &[&str]) -> BTreeSet<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[test]
    fn nobody_gives_what_they_lack_and_other_applications_permissions_are_the_administrators() {
        let wanted = codes(&["catalog:edit", "muster:import", "muster:roles", "muster:unknown"]);
        let lacks = |held: &[&str]| lacking(&codes(held), &wanted).cloned().collect::<BTreeSet<_>>();
        assert_eq!(lacks(&[]), wanted);
        assert_eq!(lacks(&["muster:import", "catalog:edit"]), codes(&["muster:roles", "muster:unknown"]));
        assert_eq!(lacks(&["muster:admin", "muster:roles"]), codes(&["muster:import", "muster:unknown"]));
    }

    #[test]
    fn whoever_imports_may_look_at_it() {
        assert_eq!(with_implied(codes(&["muster:import"])), codes(&["muster:import", "muster:users.read"]));
        assert_eq!(with_implied(codes(&["muster:export"])), codes(&["muster:export"]));
    }

    #[test]
    fn a_code_of_musters_own_must_be_known() {
        for code in ["muster:import", "catalog.edit", "pim_enrich/product:édit"] {
            assert!(is_permission(code), "{code}");
        }
        for code in ["", "a b", "a,b", "a\n", "muster:everything", &"x".repeat(MAX_PERMISSION + 1)] {
            assert!(!is_permission(code), "{code:?}");
        }
    }
}
