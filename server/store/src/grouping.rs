//! Writing groups. Every write bumps the version and is kept in the history.

use crate::editing::author_name;
use crate::groups::{self, Group};
use crate::history::Note;
use crate::objects::{self, Object};
use crate::revision::{self, By, Revision};
use crate::sql::sql;
use crate::user_row::{self, sort_key};
use crate::users::ListedUser;
use crate::work::Work;
use crate::{Store, StoreError};
use identity::group::{GroupFields, GroupName};
use identity::id::{DirectoryId, GroupId, UserId};
use identity::matching::fold;
use identity::user::User;
use plan::objects::{Attribute, Fate, ObjectNote, TextChange};
use serde::{Deserialize, Serialize};

/// The answer to a write of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupWritten {
    /// Done.
    Applied(GroupId),
    /// The group changed since it was shown; nothing was written.
    Stale,
    /// Another group has this name; nothing was written.
    NameTaken,
    /// There is no such group.
    Gone,
}

impl Store {
    /// Makes an internal group.
    pub async fn create_group(
        &self,
        fields: &GroupFields,
        author: UserId,
        now: i64,
    ) -> Result<GroupWritten, StoreError> {
        let mut work = self.write("create a group").await?;
        work.take_turn().await?;
        if owner(&mut work, &fields.name).await?.is_some() {
            return Ok(GroupWritten::NameTaken);
        }
        let author_name = author_name(&mut work, author).await?;
        let by = By { author_id: author, author: &author_name, job_id: None, now };
        let group_id = insert(&mut work, fields, by).await?;
        work.commit().await?;
        Ok(GroupWritten::Applied(group_id))
    }

    /// Edits a group: its fields as they shall be. Nothing differs: nothing is written, the version stays.
    pub async fn edit_group(
        &self,
        group_id: GroupId,
        version: i64,
        fields: &GroupFields,
        author: UserId,
        now: i64,
    ) -> Result<GroupWritten, StoreError> {
        let mut work = self.write("edit a group").await?;
        work.take_turn().await?;
        let before = match as_shown(&mut work, group_id, version).await? {
            Ok(group) => group,
            Err(answer) => return Ok(answer),
        };
        if owner(&mut work, &fields.name).await?.is_some_and(|owner| owner != group_id) {
            return Ok(GroupWritten::NameTaken);
        }
        let author_name = author_name(&mut work, author).await?;
        let by = By { author_id: author, author: &author_name, job_id: None, now };
        update(&mut work, &before, fields, by).await?;
        work.commit().await?;
        Ok(GroupWritten::Applied(group_id))
    }

    /// Removes a group. Its members stay, and their history says that they left it.
    pub async fn remove_group(
        &self,
        group_id: GroupId,
        version: i64,
        author: UserId,
        now: i64,
    ) -> Result<GroupWritten, StoreError> {
        let mut work = self.write("remove a group").await?;
        work.take_turn().await?;
        let group = match as_shown(&mut work, group_id, version).await? {
            Ok(group) => group,
            Err(answer) => return Ok(answer),
        };
        let author_name = author_name(&mut work, author).await?;
        let by = By { author_id: author, author: &author_name, job_id: None, now };
        release_members(&mut work, &group, by).await?;
        work.run(sql("DELETE FROM groups WHERE group_id = $1").bind(group_id.0)).await?;
        let texts = changes(Some(&group.fields), None);
        let note = ObjectNote { texts, ..ObjectNote::new(Fate::Removed) };
        objects::note(&mut work, &Object::Group(group_id), &note, by).await?;
        work.commit().await?;
        Ok(GroupWritten::Applied(group_id))
    }
}

/// Inserts a group whose name is free.
pub(crate) async fn insert(work: &mut Work, fields: &GroupFields, by: By<'_>) -> Result<GroupId, StoreError> {
    let GroupFields { name, label, description } = fields;
    let statement = sql("INSERT INTO groups (version, name, name_key, label, description, search, label_key, \
         created_at, updated_at) VALUES (1, $1, $2, $3, $4, $5, $6, $7, $7) RETURNING group_id");
    let statement = statement.bind(name.as_str()).bind(name.key().as_str().to_owned());
    let statement = statement.bind(label.as_deref()).bind(description.as_deref());
    let statement = statement.bind(search(fields)).bind(label_key(fields)).bind(by.now);
    let group_id = GroupId(work.one::<(i64,)>(statement).await?.0);
    let note = ObjectNote { texts: changes(None, Some(fields)), ..ObjectNote::new(Fate::Created) };
    objects::note(work, &Object::Group(group_id), &note, by).await?;
    Ok(group_id)
}

/// Writes what differs of a group; whether anything does. Its name is free or its own, and its version was checked.
pub(crate) async fn update(
    work: &mut Work,
    before: &Group,
    fields: &GroupFields,
    by: By<'_>,
) -> Result<bool, StoreError> {
    let texts = changes(Some(&before.fields), Some(fields));
    if texts.is_empty() {
        return Ok(false);
    }
    let GroupFields { name, label, description } = fields;
    let statement = sql("UPDATE groups SET version = version + 1, name = $2, name_key = $3, label = $4, \
         description = $5, search = $6, label_key = $7, updated_at = $8 WHERE group_id = $1");
    let statement = statement.bind(before.group_id.0).bind(name.as_str()).bind(name.key().as_str().to_owned());
    let statement = statement.bind(label.as_deref()).bind(description.as_deref());
    work.run(statement.bind(search(fields)).bind(label_key(fields)).bind(by.now)).await?;
    let note = ObjectNote { texts, ..ObjectNote::new(Fate::Changed) };
    objects::note(work, &Object::Group(before.group_id), &note, by).await?;
    Ok(true)
}

/// The group, if it is as it was shown.
async fn as_shown(work: &mut Work, group_id: GroupId, version: i64) -> Result<Result<Group, GroupWritten>, StoreError> {
    Ok(match groups::find(work, group_id).await? {
        None => Err(GroupWritten::Gone),
        Some(group) if group.version != version => Err(GroupWritten::Stale),
        Some(group) => Ok(group),
    })
}

/// Makes the groups of a directory that is removed internal.
pub(crate) async fn forget_directory(work: &mut Work, directory_id: DirectoryId, now: i64) -> Result<(), StoreError> {
    let statement =
        sql("UPDATE groups SET version = version + 1, directory_id = NULL, external_id = NULL, dn = NULL, \
         updated_at = $2 WHERE directory_id = $1");
    work.run(statement.bind(directory_id.0).bind(now)).await?;
    Ok(())
}

/// Has all members leave a group, page by page.
async fn release_members(work: &mut Work, group: &Group, by: By<'_>) -> Result<(), StoreError> {
    loop {
        let mut page = sql(user_row::SELECT);
        page.push(" WHERE users.user_id IN (SELECT user_id FROM group_members WHERE group_id = ");
        page.push_bind(group.group_id.0);
        page.push(" LIMIT 1000)");
        let members = user_row::fetch(work, page).await?;
        if members.is_empty() {
            return Ok(());
        }
        let revisions = members.into_iter().map(|ListedUser { mut user, .. }| {
            user.groups.remove(&group.fields.name);
            let note = Note { removed_groups: vec![group.fields.name.clone()], ..Note::default() };
            Revision::new(User { version: user.version + 1, ..user }, false, note)
        });
        revision::write(work, &revisions.collect::<Vec<_>>(), by).await?;
    }
}

/// Who has a name.
pub(crate) async fn owner(work: &mut Work, name: &GroupName) -> Result<Option<GroupId>, StoreError> {
    let statement = sql("SELECT group_id FROM groups WHERE name_key = $1").bind(name.key().as_str().to_owned());
    Ok(work.first::<(i64,)>(statement).await?.map(|(group_id,)| GroupId(group_id)))
}

fn changes(before: Option<&GroupFields>, after: Option<&GroupFields>) -> Vec<TextChange> {
    fn texts(fields: Option<&GroupFields>) -> [Option<&str>; 3] {
        fields.map_or([None; 3], |GroupFields { name, label, description }| {
            [Some(name.as_str()), label.as_deref(), description.as_deref()]
        })
    }
    let attributes = [Attribute::Name, Attribute::Label, Attribute::Description];
    let pairs = texts(before).into_iter().zip(texts(after)).zip(attributes);
    pairs.filter_map(|((before, after), attribute)| TextChange::of(attribute, before, after)).collect()
}

fn search(fields: &GroupFields) -> String {
    let GroupFields { name, label, description } = fields;
    let texts = [Some(name.as_str()), label.as_deref(), description.as_deref()];
    texts.into_iter().flatten().map(fold).collect::<Vec<_>>().join("\n")
}

fn label_key(fields: &GroupFields) -> String {
    sort_key(fields.shown_name())
}
