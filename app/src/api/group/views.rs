//! From the store's values to those that browsers see.

use super::{GroupLine, GroupListQuery, GroupOrder, GroupView, OBJECT_HISTORY, ObjectLine};
use crate::{
    components::grid::BLOCK,
    error::{AppError, What},
    services::Actor,
};
use identity::id::GroupId;
use store::groups::{Group, GroupQuery, GroupSort};
use store::objects::{Object, ObjectChange};

/// A list as the store is asked for it.
pub fn store_query(query: GroupListQuery, offset: u32) -> GroupQuery {
    let GroupListQuery { text, origin, order, descending } = query;
    let sort = match order {
        GroupOrder::Name => GroupSort::Name,
        GroupOrder::Label => GroupSort::Label,
        GroupOrder::Members => GroupSort::Members,
        GroupOrder::UpdatedAt => GroupSort::UpdatedAt,
    };
    GroupQuery { text, origin, sort, descending, offset, limit: BLOCK }
}

pub(super) fn line(group: Group) -> GroupLine {
    let origin = group.origin();
    let Group { group_id, version: _, fields, link: _, members, updated_at } = group;
    GroupLine { group_id, fields, origin, members, updated_at }
}

pub(super) async fn view(actor: &Actor, group_id: GroupId) -> Result<GroupView, AppError> {
    let group = actor.store.find_group(group_id).await?.ok_or(AppError::not_found(What::Group))?;
    let directory = match &group.link {
        Some(link) => actor.store.find_directory(link.directory_id).await?,
        None => None,
    };
    Ok(GroupView {
        version: group.version,
        directory: directory.map(|directory| directory.settings.name),
        dn: group.link.as_ref().map(|link| link.dn.clone()),
        history: history(actor, &Object::Group(group_id)).await?,
        line: line(group),
    })
}

/// What happened to a group or a role, newest first.
pub(in crate::api) async fn history(actor: &Actor, object: &Object) -> Result<Vec<ObjectLine>, AppError> {
    let changes = actor.store.object_history(object, OBJECT_HISTORY).await?;
    let line = |ObjectChange { at, author, job_id, note }: ObjectChange| ObjectLine { at, author, job_id, note };
    Ok(changes.into_iter().map(line).collect())
}
