//! From the store's values to those that browsers see.

use super::{HistoryLine, NoPassword, UserLine, UserListQuery, UserOrder, UserView};
use crate::{
    components::grid::BLOCK,
    error::{AppError, What},
    services::{Actor, file_policy::owned_fields},
};
use identity::{
    id::{DirectoryId, UserId},
    user::{Origin, User},
};
use std::collections::BTreeMap;
use store::users::{ListedUser, UserChange, UserQuery, UserSort};

/// What the store is asked for.
pub fn store_query(query: UserListQuery, offset: u32) -> UserQuery {
    let UserListQuery { text, origin, enabled, role, group_id, directory_id, order, descending } = query;
    let sort = match order {
        UserOrder::Username => UserSort::Username,
        UserOrder::Name => UserSort::Name,
        UserOrder::Email => UserSort::Email,
        UserOrder::Department => UserSort::Department,
        UserOrder::UpdatedAt => UserSort::UpdatedAt,
    };
    UserQuery { text, origin, enabled, role, group_id, directory_id, sort, descending, offset, limit: BLOCK }
}

pub(super) fn line(
    listed: ListedUser,
    passwords: &BTreeMap<UserId, Option<i64>>,
    codes: &BTreeMap<DirectoryId, String>,
    now: i64,
) -> UserLine {
    let ListedUser { user, updated_at } = listed;
    UserLine {
        user_id: user.user_id,
        name: user.fields.shown_name(),
        origin: user.origin(),
        directory_code: user.link.as_ref().and_then(|link| codes.get(&link.directory_id)).cloned(),
        enabled: user.fields.enabled,
        no_password: no_password(&user, passwords, now),
        username: user.fields.username,
        email: user.fields.email,
        department: user.fields.department,
        roles: user.roles.into_iter().collect(),
        updated_at,
    }
}

pub(super) async fn view(actor: &Actor, user_id: UserId) -> Result<UserView, AppError> {
    let found = actor.store.find_user(user_id).await?.ok_or(AppError::not_found(What::User))?;
    let ListedUser { user, updated_at } = found;
    let directory = match &user.link {
        Some(link) => actor.store.find_directory(link.directory_id).await?,
        None => None,
    };
    // The directory fills the username and the mapped fields at every import: a change here would not last.
    let locked = directory.as_ref().map(|directory| owned_fields(&directory.settings)).unwrap_or_default();
    let locked = locked.into_iter().collect();
    let no_password = no_password(&user, &actor.store.with_password([user_id]).await?, actor.now());
    // As the store looks for whom to send a link to.
    let is_reached = user.origin() == Origin::Internal && user.fields.enabled && user.fields.email.is_some();
    let may_ask_password = is_reached && actor.sends_mail();
    let directory = directory.map(|directory| directory.settings.name);
    Ok(UserView { user, updated_at, directory, locked, no_password, may_ask_password })
}

/// Why nobody can sign in as a user, given who has a password and when it ends.
fn no_password(user: &User, passwords: &BTreeMap<UserId, Option<i64>>, now: i64) -> Option<NoPassword> {
    match passwords.get(&user.user_id) {
        _ if user.origin() == Origin::External => None,
        None => Some(NoPassword::NotYet),
        Some(Some(until)) if *until <= now => Some(NoPassword::Ended),
        Some(_) => None,
    }
}

pub(super) fn history(change: UserChange) -> HistoryLine {
    let UserChange {
        version,
        step,
        at,
        author,
        job_id,
        fields,
        added_roles,
        removed_roles,
        added_groups,
        removed_groups,
        dn,
        unlinked_dn,
        password_given,
        password_link,
    } = change;
    HistoryLine {
        version,
        step,
        at,
        author,
        job_id,
        fields,
        added_roles,
        removed_roles,
        added_groups,
        removed_groups,
        dn,
        unlinked_dn,
        password_given,
        password_link,
    }
}
