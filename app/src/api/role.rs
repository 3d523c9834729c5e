//! Roles: what they are called and what they give.

use crate::error::AppError;
use identity::role::Role;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

/// A role and how many users have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleLine {
    /// The role.
    pub role: Role,
    /// Users to whom it is assigned.
    pub users: u32,
    /// Whether whoever asks may give it: nobody gives what they do not have.
    pub may_grant: bool,
}

/// All roles, by code.
#[server(input = Json)]
pub async fn list_roles() -> Result<Vec<RoleLine>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let roles = actor.store.list_roles().await?;
    let line = |listed: store::roles::ListedRole| RoleLine {
        may_grant: actor.may(Permission::Roles) && listed.role.permissions.is_subset(actor.permissions()),
        role: listed.role,
        users: listed.users,
    };
    Ok(roles.into_iter().map(line).collect())
}
