//! Groups: list, fetch, create, edit, remove. Who is in which is edited with the users.

mod query;
#[cfg(feature = "ssr")]
pub(crate) mod rules;
#[cfg(feature = "ssr")]
pub(super) mod views;

pub use query::{GroupListQuery, GroupOrder};
#[cfg(feature = "ssr")]
pub use views::store_query;

use crate::api::json::Json;
use crate::{components::grid::Block, error::AppError};
use identity::{
    group::{GroupFields, GroupName},
    id::{GroupId, JobId},
    user::Origin,
};
use leptos::prelude::*;
use plan::objects::ObjectNote;
use serde::{Deserialize, Serialize};

/// A group in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLine {
    /// Its number.
    pub group_id: GroupId,
    /// Name, label and description.
    pub fields: GroupFields,
    /// Internal or external.
    pub origin: Origin,
    /// How many users are in it.
    pub members: u32,
    /// When it last changed, in milliseconds since 1970 UTC.
    pub updated_at: i64,
}

/// One group, with what its page needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupView {
    /// As in the list.
    pub line: GroupLine,
    /// The version that is shown.
    pub version: i64,
    /// The directory that it is linked to, by name.
    pub directory: Option<String>,
    /// The entry that it is linked to.
    pub dn: Option<String>,
    /// What happened to it, newest first.
    pub history: Vec<ObjectLine>,
}

/// One change of a group or a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectLine {
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who: the username at that time.
    pub author: String,
    /// The job that did it; `None`: by hand.
    pub job_id: Option<JobId>,
    /// What.
    pub note: ObjectNote,
}

/// What a person wrote into the form of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupForm {
    /// What files and directories call it.
    pub name: String,
    /// What people call it; blank for the name.
    pub label: String,
    /// What it is for.
    pub description: String,
}

/// Changes of a group or a role that its page shows.
pub const OBJECT_HISTORY: u32 = 50;

/// Names that are suggested at once.
pub const SUGGESTIONS: u32 = 20;

/// A part of the list of groups.
#[server(input = Json, output = Json)]
pub async fn list_groups(query: GroupListQuery, offset: u32) -> Result<Block<GroupLine>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let page = actor.store.list_groups(&views::store_query(query, offset)).await?;
    Ok(Block { total: page.total, items: page.items.into_iter().map(views::line).collect() })
}

/// Names of groups that have this text, the one that is called so first; at most [`SUGGESTIONS`] others.
#[server(input = Json, output = Json)]
pub async fn suggest_groups(text: String) -> Result<Vec<GroupName>, AppError> {
    use crate::services::{Permission, authorized};
    use store::groups::GroupQuery;

    let actor = authorized(Permission::UsersRead).await?;
    let same = GroupName::parse(&text).into_iter().collect();
    let called_so = actor.store.groups_named(&same).await?;
    let page = actor.store.list_groups(&GroupQuery { text, limit: SUGGESTIONS, ..GroupQuery::default() }).await?;
    let others = page.items.into_iter().filter(|group| !called_so.contains(group)).collect::<Vec<_>>();
    Ok(called_so.into_iter().chain(others).map(|group| group.fields.name).collect())
}

/// A group by number.
#[server(input = Json, output = Json)]
pub async fn fetch_group(group_id: GroupId) -> Result<GroupView, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    views::view(&actor, group_id).await
}

/// Makes a group.
#[server(input = Json, output = Json)]
pub async fn create_group(form: GroupForm) -> Result<GroupId, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersWrite).await?;
    let fields = rules::accept(form)?;
    rules::answer(actor.store.create_group(&fields, actor.user_id(), actor.now()).await?)
}

/// Edits a group as it was at a version.
#[server(input = Json, output = Json)]
pub async fn save_group(group_id: GroupId, version: i64, form: GroupForm) -> Result<GroupId, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersWrite).await?;
    let fields = rules::accept(form)?;
    rules::answer(actor.store.edit_group(group_id, version, &fields, actor.user_id(), actor.now()).await?)
}

/// Removes a group as it was at a version. Its members stay.
#[server(input = Json, output = Json)]
pub async fn remove_group(group_id: GroupId, version: i64) -> Result<GroupId, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersWrite).await?;
    rules::answer(actor.store.remove_group(group_id, version, actor.user_id(), actor.now()).await?)
}
