//! Files of groups and roles: what planning their rows in the browser needs, and the commit, which is applied at once,
//! since they are few. Their records go the way up of all records ([`super::file`]).

#[cfg(feature = "ssr")]
mod committing;

use crate::api::json::Json;
use crate::error::AppError;
use identity::id::{JobId, UploadId};
use leptos::prelude::*;
use plan::{
    Digest,
    objects::{
        group::{GroupPlan, GroupPolicy, GroupRecord, StoredGroup},
        role::{RolePlan, RolePolicy, RoleRecord, StoredRole, Tripped},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Rows that a file of groups or roles has at most. They are few: a longer file is one of something else.
pub const MAX_ROWS: u32 = 50_000;
/// Bytes that the records of such a file have at most, before they are packed. They are planned all at once.
pub const MAX_BYTES: usize = 32 << 20;

/// Records that were sent up, and how many chunks they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentUp {
    /// The upload. What it came to is kept with it: asked once more, because an answer was lost, a commit answers the same.
    pub upload_id: UploadId,
    /// All of its chunks.
    pub chunks: u32,
}

/// The rows of a file of groups, and what was decided before planning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFile {
    /// Its rows.
    pub records: Vec<GroupRecord>,
    /// What was decided.
    pub policy: GroupPolicy,
}

/// The rows of a file of roles, and what was decided before planning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleFile {
    /// Its rows.
    pub records: Vec<RoleRecord>,
    /// What was decided.
    pub options: RoleOptions,
}

/// What is decided before the rows of a file of roles are planned. Whose permissions count is the server's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoleOptions {
    /// Whether it changes the labels of roles that exist (R19).
    pub change_labels: bool,
    /// Whether a role has a row for each of its permissions.
    pub row_per_permission: bool,
}

impl RoleOptions {
    /// With the permissions of whoever it is planned for.
    pub fn policy(self, held: BTreeSet<String>) -> RolePolicy {
        let Self { change_labels, row_per_permission } = self;
        RolePolicy { change_labels, row_per_permission, held }
    }
}

/// What a person saw and picked of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectsPicked {
    /// The plan that was seen.
    pub digest: Digest,
    /// The rows of it that are left out.
    pub left_out: BTreeSet<u32>,
    /// The number that the person typed, where a guard asked for one.
    pub confirmed: Option<u32>,
}

/// The answer to a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum ObjectsCommitted<P> {
    /// Everything that was picked was written.
    Applied {
        /// The job that tells of it.
        job_id: JobId,
        /// New ones.
        created: u32,
        /// Changed ones.
        updated: u32,
    },
    /// Nothing was written: the file would do something else by now, which is to be reviewed.
    Changed {
        /// What it would do.
        plan: P,
    },
    /// Nothing was written: it must be confirmed first.
    Guarded {
        /// What, and the number to type.
        tripped: Tripped,
    },
    /// Nothing is picked.
    Empty,
}

/// What a plan of roles is made from, beside the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRoles {
    /// All roles.
    pub roles: Vec<StoredRole>,
    /// The permissions of whoever asks, who gives and takes no other ones.
    pub held: BTreeSet<String>,
}

/// All groups, as a plan needs them.
#[server(input = Json, output = Json)]
pub async fn group_snapshot() -> Result<Vec<StoredGroup>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    actor.require(Permission::UsersRead)?;
    Ok(actor.store.stored_groups().await?)
}

/// All roles, as a plan needs them.
#[server(input = Json, output = Json)]
pub async fn role_snapshot() -> Result<StoredRoles, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    actor.require(Permission::UsersRead)?;
    Ok(StoredRoles { roles: actor.store.stored_roles().await?, held: actor.permissions().clone() })
}

/// Applies what was picked of the records of groups that were sent up of a file of this name.
#[server(input = Json, output = Json)]
pub async fn commit_group_file(
    sent: SentUp,
    name: String,
    policy: GroupPolicy,
    picked: ObjectsPicked,
) -> Result<ObjectsCommitted<GroupPlan>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    actor.require(Permission::UsersWrite)?;
    committing::commit_groups(&actor, (sent, &name), policy, &picked).await
}

/// Applies what was picked of the records of roles that were sent up of a file of this name.
#[server(input = Json, output = Json)]
pub async fn commit_role_file(
    sent: SentUp,
    name: String,
    options: RoleOptions,
    picked: ObjectsPicked,
) -> Result<ObjectsCommitted<RolePlan>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Roles).await?;
    actor.require(Permission::Import)?;
    committing::commit_roles(&actor, (sent, &name), options, &picked).await
}
