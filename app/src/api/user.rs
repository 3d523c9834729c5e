//! Users: list, fetch, create and edit by hand, history.

mod query;
#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
mod views;

pub use query::{UserListQuery, UserOrder};
#[cfg(feature = "ssr")]
pub use views::store_query;

use crate::api::json::Json;
use crate::{components::grid::Block, error::AppError};
use identity::{
    assignment::Assignment,
    field::Field,
    group::GroupName,
    id::{DirectoryId, JobId, UserId},
    user::{Origin, User, UserFields},
};
use leptos::prelude::*;
use plan::FieldChange;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A user in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserLine {
    /// Its number.
    pub user_id: UserId,
    /// The username, as written.
    pub username: String,
    /// The name to show.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Whether it may sign in.
    pub enabled: bool,
    /// Internal or external.
    pub origin: Origin,
    /// The short code of its directory, if that has one.
    pub directory_code: Option<String>,
    /// Why nobody can sign in as it, if it is internal and nobody can (R17).
    pub no_password: Option<NoPassword>,
    /// The codes of its roles.
    pub roles: Vec<Assignment>,
    /// When it last changed, in milliseconds since 1970 UTC.
    pub updated_at: i64,
}

/// One user, with what its page needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserView {
    /// The user.
    pub user: User,
    /// When it last changed, in milliseconds since 1970 UTC.
    pub updated_at: i64,
    /// The directory that it is linked to, by name.
    pub directory: Option<String>,
    /// The fields that its directory owns.
    pub locked: Vec<Field>,
    /// Why nobody can sign in as it, if it is internal and nobody can (R17).
    pub no_password: Option<NoPassword>,
    /// Whether the user is sent a link who asks for one on the sign-in page.
    pub may_ask_password: bool,
}

/// Why no password opens an internal user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPassword {
    /// None was chosen yet.
    NotYet,
    /// The one-time password was not used in time.
    Ended,
}

/// A directory that users may be linked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origins {
    /// Its number.
    pub directory_id: DirectoryId,
    /// Its name.
    pub name: String,
}

/// What a person wrote into the form of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserForm {
    /// All fields as they shall be.
    pub fields: UserFields,
    /// All roles as they shall be.
    pub roles: BTreeSet<Assignment>,
    /// All groups as they shall be; `None` leaves them.
    pub groups: Option<BTreeSet<GroupName>>,
}

/// One change of a user, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// The version that it led to, or at which it happened.
    pub version: i64,
    /// 0 for what led to the version; counts up for what changed nothing of the user.
    pub step: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who: the username at that time.
    pub author: String,
    /// The job, if it was one.
    pub job_id: Option<JobId>,
    /// The fields, with old and new values.
    pub fields: Vec<FieldChange>,
    /// Roles that were given.
    pub added_roles: Vec<Assignment>,
    /// Roles that were taken away.
    pub removed_roles: Vec<Assignment>,
    /// Groups that were joined.
    pub added_groups: Vec<GroupName>,
    /// Groups that were left.
    pub removed_groups: Vec<GroupName>,
    /// The DN, when the link was made or the entry moved.
    pub dn: Option<String>,
    /// The DN of the entry that the user no longer belongs to, when its directory was removed.
    pub unlinked_dn: Option<String>,
    /// Whether it is a one-time password that was given.
    pub password_given: bool,
    /// Whether it is a one-time link that was made.
    pub password_link: bool,
}

/// Changes that are sent at once.
pub const HISTORY: u32 = 20;

/// A part of the list of users.
#[server(input = Json, output = Json)]
pub async fn list_users(query: UserListQuery, offset: u32) -> Result<Block<UserLine>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let page = actor.store.list_users(&views::store_query(query, offset)).await?;
    let internal = page.items.iter().map(|listed| &listed.user).filter(|user| user.origin() == Origin::Internal);
    let known = actor.store.with_password(internal.map(|user| user.user_id)).await?;
    let codes = actor.store.directory_codes().await?;
    let line = |listed| views::line(listed, &known, &codes, actor.now());
    Ok(Block { total: page.total, items: page.items.into_iter().map(line).collect() })
}

/// The directories that users can be filtered by.
#[server(input = Json, output = Json)]
pub async fn list_origins() -> Result<Vec<Origins>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let directories = actor.store.list_directories().await?;
    let origin = |directory: store::directories::Directory| Origins {
        directory_id: directory.directory_id,
        name: directory.settings.name,
    };
    Ok(directories.into_iter().map(origin).collect())
}

/// A user by number.
#[server(input = Json, output = Json)]
pub async fn fetch_user(user_id: UserId) -> Result<UserView, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    views::view(&actor, user_id).await
}

/// The changes of a user, newest first: [`HISTORY`] of them, before a version and step if they are given.
#[server(input = Json, output = Json)]
pub async fn list_user_history(user_id: UserId, before: Option<(i64, i64)>) -> Result<Vec<HistoryLine>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let changes = actor.store.user_history(user_id, before, HISTORY).await?;
    Ok(changes.into_iter().map(views::history).collect())
}

/// Makes an internal user.
#[server(input = Json, output = Json)]
pub async fn create_user(form: UserForm) -> Result<UserId, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersWrite).await?;
    let form = rules::accept(form, None)?;
    rules::may_change_roles(&actor, &BTreeSet::new(), &form.roles).await?;
    let written = actor.store.create_user(&form.fields, rules::given(&form), actor.user_id(), actor.now()).await?;
    rules::answer(written)
}

/// Gives an internal user a password for 72 hours: whoever signs in with it must replace it, and ends every session that
/// was begun with it before. The answer is the only place where it is ever shown.
#[server(input = Json, output = Json)]
pub async fn give_password(user_id: UserId) -> Result<String, AppError> {
    use crate::services::{Permission, authorized, password, report};

    let actor = authorized(Permission::UsersWrite).await?;
    let shown = views::view(&actor, user_id).await?;
    rules::may_give_password(&actor, &shown.user).await?;
    let password = password::one_time().map_err(|error| report::internal(&error))?;
    let hash = actor.passwords().hash(password.clone()).await?;
    let (author, now) = (Some(actor.user_id()), actor.now());
    let until = password::one_time_until(now);
    rules::answer(actor.store.give_password(user_id, shown.user.version, &hash, until, author, now).await?)?;
    Ok(password)
}

/// Makes a link for an internal user to choose a password with: for 24 hours, and once. Nothing else changes until then.
/// The answer is the only place where it is ever shown; it begins with `/` when the settings name no public address.
#[server(input = Json, output = Json)]
pub async fn make_password_link(user_id: UserId) -> Result<String, AppError> {
    use crate::services::{Permission, authorized, password_link};

    let actor = authorized(Permission::UsersWrite).await?;
    let shown = views::view(&actor, user_id).await?;
    rules::may_give_password(&actor, &shown.user).await?;
    let token = password_link::Token::fresh()?;
    let link = token.link(actor.now());
    rules::answer(actor.store.add_password_link(user_id, shown.user.version, link, actor.user_id()).await?)?;
    Ok(token.address(actor.public_url.as_deref()))
}

/// Edits a user as it was at a version. Fields that its directory owns cannot be changed here.
#[server(input = Json, output = Json)]
pub async fn edit_user(user_id: UserId, version: i64, form: UserForm) -> Result<UserId, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersWrite).await?;
    let shown = views::view(&actor, user_id).await?;
    if shown.user.version != version {
        return Err(AppError::Stale);
    }
    let form = rules::accept(form, Some(&shown.user.fields))?;
    if rules::concerns_sign_in(&shown.user.fields, &form.fields) {
        actor.may_grant(&shown.user.roles).await?;
    }
    rules::locked_fields_stay(&shown, &form.fields)?;
    rules::may_change_roles(&actor, &shown.user.roles, &form.roles).await?;
    let author = actor.user_id();
    let written =
        actor.store.edit_user(user_id, version, &form.fields, rules::given(&form), author, actor.now()).await?;
    rules::answer(written)
}
