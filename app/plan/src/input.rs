//! What a plan is computed from.

use crate::issue::Issue;
use identity::assignment::Assignment;
use identity::directory::NameConflict;
use identity::external_id::ExternalId;
use identity::field::{Field, Patch};
use identity::group::GroupName;
use identity::id::{DirectoryId, UserId};
use identity::role::RoleCode;
use identity::user::{FieldPatch, User};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A mapped entry or row, before it is known which user it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    /// The entry that it was read from; a row of a file has none.
    pub entry: Option<EntryRef>,
    /// The number of the row that it was read from, as the spreadsheet shows it; an entry of a directory has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What the source says of each field.
    pub fields: FieldPatch,
    /// The username until now, when the source says that the user gets another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_username: Option<String>,
    /// All the roles that the user has afterwards, as the source writes their codes.
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub roles: Patch<Vec<String>>,
    /// All the groups that the user is in afterwards, as the source writes their names.
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub groups: Patch<Vec<String>>,
    /// What was wrong with the source already.
    pub issues: Vec<Issue>,
}

/// An entry of a directory, by its lasting name and its present one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRef {
    /// The lasting name.
    pub external_id: ExternalId,
    /// The DN as the directory wrote it.
    pub dn: String,
}

/// The stored users that the records may concern: those with one of their external ids in the policy's
/// directory, those with one of their usernames, and those with one of their e-mail addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Snapshot {
    /// In any order, each once.
    pub users: Vec<User>,
}

/// What was decided before planning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The directory whose links the external ids of the records belong to; `None` for files.
    pub directory_id: Option<DirectoryId>,
    /// What happens when an internal user has a record's name (R9).
    pub name_conflict: NameConflict,
    /// The entries that a person chose to link to the internal user of the same name (R9).
    pub link: BTreeSet<ExternalId>,
    /// Roles for new users (R6).
    pub roles: BTreeSet<Assignment>,
    /// Whether those already imported get the roles too.
    pub roles_to_existing: bool,
    /// Roles with a permission that the author lacks. The author neither gives nor takes them, nor changes what lets
    /// somebody sign in as a user who has one (R35).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub beyond: BTreeSet<RoleCode>,
    /// Roles that make an administrator; giving one trips a guard (R26).
    pub administrator_roles: BTreeSet<RoleCode>,
    /// What a file may name; `None` for directories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FilePolicy>,
    /// Who plans. No plan disables this user (R26).
    pub acting_user: UserId,
    /// The only administrator that is left, if there is only one. No plan disables this user (R26).
    pub last_administrator: Option<UserId>,
}

/// What the rows of a file may name, and whose users they may change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FilePolicy {
    /// The roles that exist.
    pub roles: BTreeSet<RoleCode>,
    /// The groups that exist.
    pub groups: BTreeSet<GroupName>,
    /// The fields that a directory owns in the users linked to it. A file leaves those alone.
    pub owned: BTreeMap<DirectoryId, BTreeSet<Field>>,
}

/// Everything that [`crate::plan()`] needs.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// In the order of the source, which is the order of the plan's rows.
    pub records: &'a [Record],
    /// The users that they may concern.
    pub snapshot: &'a Snapshot,
    /// What was decided before.
    pub policy: &'a Policy,
}
