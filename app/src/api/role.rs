//! Roles: what they are called and what they give.

#[cfg(feature = "ssr")]
mod rules;

use crate::api::json::Json;
use crate::{api::group::ObjectLine, error::AppError};
use identity::role::{Role, RoleCode};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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

/// One role, with what its page needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleView {
    /// As in the list.
    pub line: RoleLine,
    /// The version that is shown.
    pub version: i64,
    /// Whether every installation begins with it, so that it stays.
    pub is_built_in: bool,
    /// What happened to it, newest first.
    pub history: Vec<ObjectLine>,
}

/// What a person wrote into the form of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleForm {
    /// Its code.
    pub code: String,
    /// Its name for people.
    pub label: String,
    /// What it is for; may be blank.
    pub description: String,
    /// All permissions as they shall be.
    pub permissions: BTreeSet<String>,
}

/// All roles, by code.
#[server(input = Json, output = Json)]
pub async fn list_roles() -> Result<Vec<RoleLine>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let roles = actor.store.list_roles().await?;
    Ok(roles.into_iter().map(|listed| rules::line(&actor, listed)).collect())
}

/// A role by code.
#[server(input = Json, output = Json)]
pub async fn fetch_role(code: RoleCode) -> Result<RoleView, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    rules::view(&actor, &code).await
}

/// Every permission that Muster asks for, or that a role gives: what a form suggests.
#[server(input = Json, output = Json)]
pub async fn list_permissions() -> Result<BTreeSet<String>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let own = Permission::ALL.into_iter().map(|permission| permission.code().to_owned());
    let roles = actor.store.list_roles().await?;
    Ok(roles.into_iter().flat_map(|listed| listed.role.permissions).chain(own).collect())
}

/// Makes a role. Nobody gives a permission that they do not have.
#[server(input = Json, output = Json)]
pub async fn create_role(form: RoleForm) -> Result<RoleCode, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Roles).await?;
    let role = rules::accept(form)?;
    actor.may_give(&role.permissions)?;
    rules::answer(actor.store.create_role(&role, actor.user_id(), actor.now()).await?)?;
    Ok(role.code)
}

/// Edits a role as it was at a version. Its code stays.
#[server(input = Json, output = Json)]
pub async fn save_role(version: i64, form: RoleForm) -> Result<RoleCode, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Roles).await?;
    let role = rules::accept(form)?;
    rules::may_change(&actor, &role).await?;
    rules::answer(actor.store.edit_role(version, &role, actor.user_id(), actor.now()).await?)?;
    Ok(role.code)
}

/// Removes a role that nobody has, as it was at a version.
#[server(input = Json, output = Json)]
pub async fn remove_role(code: RoleCode, version: i64) -> Result<RoleCode, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Roles).await?;
    rules::may_remove(&actor, &code).await?;
    rules::answer(actor.store.remove_role(&code, version, actor.user_id(), actor.now()).await?)?;
    Ok(code)
}
