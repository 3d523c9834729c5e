//! Files of groups and roles: what planning their rows in the browser needs, and the commit, which is applied at once,
//! since they are few.

#[cfg(feature = "ssr")]
mod committing;

use crate::api::json::Json;
use crate::error::AppError;
use leptos::prelude::*;
use plan::{
    Digest,
    objects::{
        group::{GroupPlan, GroupPolicy, GroupRecord, StoredGroup},
        role::{RolePlan, RoleRecord, StoredRole, Tripped},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The picked rows of a file of groups, and what was decided before planning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFile {
    /// Its rows.
    pub records: Vec<GroupRecord>,
    /// What was decided.
    pub policy: GroupPolicy,
}

/// The picked rows of a file of roles, and what was decided before planning. Whose permissions count is the server's to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleFile {
    /// Its rows.
    pub records: Vec<RoleRecord>,
    /// Whether it changes the labels of roles that exist (R19).
    pub change_labels: bool,
    /// Whether a role has a row for each of its permissions.
    pub row_per_permission: bool,
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

/// Applies what was picked of a file of groups.
#[server(input = Json, output = Json)]
pub async fn commit_group_file(
    file: GroupFile,
    picked: ObjectsPicked,
) -> Result<ObjectsCommitted<GroupPlan>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    actor.require(Permission::UsersWrite)?;
    committing::commit_groups(&actor, &file, &picked).await
}

/// Applies what was picked of a file of roles.
#[server(input = Json, output = Json)]
pub async fn commit_role_file(file: RoleFile, picked: ObjectsPicked) -> Result<ObjectsCommitted<RolePlan>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Roles).await?;
    actor.require(Permission::Import)?;
    committing::commit_roles(&actor, &file, &picked).await
}
