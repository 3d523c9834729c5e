//! From ticked entries to a plan to review.

#[cfg(feature = "ssr")]
mod planning;

use crate::api::json::Json;
use crate::error::AppError;
use identity::assignment::Assignment;
use identity::id::{PlanId, UserId};
use identity::import::ImportRequest;
use identity::role::RoleCode;
use leptos::prelude::*;
use plan::Digest;
use serde::{Deserialize, Serialize};
use server_fn::codec::{ByteStream, Streaming};

/// How many people [`find_people`] answers at most.
pub const MAX_PEOPLE: u32 = 8;

/// A line of the answer to [`plan_directory_import`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum PlanningLine {
    /// So many entries were read and planned.
    Read {
        /// Entries so far.
        rows: u32,
    },
    /// The plan is stored.
    Planned {
        /// The plan.
        plan_id: PlanId,
        /// What it does, by name.
        digest: Digest,
        /// Its rows.
        rows: u32,
        /// Ticked entries that the directory does not have any more.
        missing: u32,
        /// Search references that were counted and not followed: other places may hold more people.
        references: u32,
    },
    /// There is no plan.
    Failed {
        /// Why.
        error: AppError,
    },
}

/// A role that the person who asks may give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleChoice {
    /// Its code.
    pub code: RoleCode,
    /// Its name for people.
    pub label: String,
    /// Whether it makes an administrator.
    pub administrator: bool,
}

/// A user whose roles can be copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChoice {
    /// The user.
    pub user_id: UserId,
    /// The username.
    pub username: String,
    /// The name to show.
    pub name: String,
    /// The roles that would be copied.
    pub roles: Vec<Assignment>,
}

/// Reads the ticked entries again and stores a plan for them. The answer is lines of [`PlanningLine`].
#[server(input = Json, output = Streaming)]
pub async fn plan_directory_import(request: ImportRequest) -> Result<ByteStream<AppError>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    planning::answer(&actor, request).await
}

/// The roles that the person who asks may give to those who are imported.
#[server(input = Json, output = Json)]
pub async fn list_role_choices() -> Result<Vec<RoleChoice>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    let administrator = actor.store.administrator_roles().await?;
    let may_give = |role: &identity::role::Role| actor.may_give(&role.permissions).is_ok();
    let roles = actor.store.list_roles().await?.into_iter().map(|listed| listed.role).filter(may_give);
    let choice = |role: identity::role::Role| RoleChoice {
        administrator: administrator.contains(&role.code),
        code: role.code,
        label: role.label,
    };
    Ok(roles.map(choice).collect())
}

/// Users whose name has this text, to copy roles from; at most [`MAX_PEOPLE`].
#[server(input = Json, output = Json)]
pub async fn find_people(text: String) -> Result<Vec<PersonChoice>, AppError> {
    use crate::services::{Permission, authorized};
    use store::users::UserQuery;

    let actor = authorized(Permission::Import).await?;
    actor.require(Permission::UsersRead)?;
    let found = actor.store.list_users(&UserQuery { text, limit: MAX_PEOPLE, ..UserQuery::default() }).await?;
    let choice = |listed: store::users::ListedUser| PersonChoice {
        user_id: listed.user.user_id,
        name: listed.user.fields.shown_name(),
        username: listed.user.fields.username,
        roles: listed.user.roles.into_iter().collect(),
    };
    Ok(found.items.into_iter().map(choice).collect())
}
