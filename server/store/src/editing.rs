//! Writing users by hand. Every write bumps the version and is kept in the history.

use crate::access::enabled_administrators;
use crate::groups::Known;
use crate::history::Note;
use crate::revision::{self, By, Revision};
use crate::sql::sql;
use crate::user_row;
use crate::users::Written;
use crate::work::Work;
use crate::{Store, StoreError};
use identity::assignment::Assignment;
use identity::field::Field;
use identity::group::GroupName;
use identity::id::UserId;
use identity::user::{User, UserFields};
use identity::username::UsernameKey;
use plan::FieldChange;
use std::collections::BTreeSet;

/// What a user is given by hand, as it shall be. Roles alone leave the groups as they are.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// All roles.
    pub roles: &'a BTreeSet<Assignment>,
    /// All groups.
    pub groups: Option<&'a BTreeSet<GroupName>>,
}

impl<'a> From<&'a BTreeSet<Assignment>> for Given<'a> {
    fn from(roles: &'a BTreeSet<Assignment>) -> Self {
        Self { roles, groups: None }
    }
}

impl Given<'_> {
    /// The groups as they are written in their table: those that are given, or those of before. `None`: one of them
    /// does not exist.
    async fn known_groups(
        &self,
        work: &mut Work,
        before: &BTreeSet<GroupName>,
    ) -> Result<Option<BTreeSet<GroupName>>, StoreError> {
        let Some(groups) = self.groups else { return Ok(Some(before.clone())) };
        let known = Known::among(work, groups).await?;
        Ok(groups.iter().map(|name| known.name(name).cloned()).collect())
    }
}

impl Store {
    /// Makes an internal user by hand.
    pub async fn create_user(
        &self,
        fields: &UserFields,
        given: impl Into<Given<'_>>,
        author: UserId,
        now: i64,
    ) -> Result<Written, StoreError> {
        let mut work = self.write("create a user").await?;
        work.take_turn().await?;
        if owner(&mut work, &fields.username).await?.is_some() {
            return Ok(Written::UsernameTaken);
        }
        let given = given.into();
        let Some(groups) = given.known_groups(&mut work, &BTreeSet::new()).await? else {
            return Ok(Written::UnknownGroup);
        };
        let author_name = author_name(&mut work, author).await?;
        let by = By { author_id: author, author: &author_name, job_id: None, now };
        let user_id = insert(&mut work, fields, given.roles, groups, by).await?;
        work.commit().await?;
        Ok(Written::Applied(user_id))
    }

    /// Edits a user by hand: all fields, roles and groups as they shall be. Writes history for what differs; nothing
    /// differs: nothing is written, the version stays.
    pub async fn edit_user(
        &self,
        user_id: UserId,
        version: i64,
        fields: &UserFields,
        given: impl Into<Given<'_>>,
        author: UserId,
        now: i64,
    ) -> Result<Written, StoreError> {
        let mut work = self.write("edit a user").await?;
        work.take_turn().await?;
        let Some(before) = user_row::find(&mut work, user_id).await?.map(|listed| listed.user) else {
            return Ok(Written::Gone);
        };
        if before.version != version {
            return Ok(Written::Stale);
        }
        if owner(&mut work, &fields.username).await?.is_some_and(|owner| owner != user_id) {
            return Ok(Written::UsernameTaken);
        }
        let given = given.into();
        let Some(groups) = given.known_groups(&mut work, &before.groups).await? else {
            return Ok(Written::UnknownGroup);
        };
        let user =
            User { version: version + 1, fields: fields.clone(), roles: given.roles.clone(), groups, ..before.clone() };
        let note = difference(&before, &user);
        if note == Note::default() {
            return Ok(Written::Applied(user_id));
        }
        let author_name = author_name(&mut work, author).await?;
        let by = By { author_id: author, author: &author_name, job_id: None, now };
        let administrators = enabled_administrators(&mut work, 2, now).await?;
        revision::write(&mut work, &[Revision::new(user, false, note)], by).await?;
        // Looked at after the write: what counts is who is left.
        if administrators.contains(&user_id) && enabled_administrators(&mut work, 1, now).await?.is_empty() {
            return Ok(Written::LastAdministrator);
        }
        work.commit().await?;
        Ok(Written::Applied(user_id))
    }
}

/// Inserts a user whose name is free.
pub(crate) async fn insert(
    work: &mut Work,
    fields: &UserFields,
    roles: &BTreeSet<Assignment>,
    groups: BTreeSet<GroupName>,
    by: By<'_>,
) -> Result<UserId, StoreError> {
    let nobody = User {
        user_id: UserId(0),
        version: plan::apply::FIRST_VERSION,
        fields: UserFields::default(),
        link: None,
        roles: BTreeSet::new(),
        groups: BTreeSet::new(),
    };
    let user = User { fields: fields.clone(), roles: roles.clone(), groups, ..nobody.clone() };
    let mut note = difference(&nobody, &user);
    // Somebody who does not exist is neither enabled nor disabled.
    note.fields.retain(|change| !matches!(change.field, Field::Username | Field::Enabled));
    let born = |field: Field| FieldChange { before: None, after: fields.get(&field), field, mark: None };
    note.fields.insert(0, born(Field::Username));
    note.fields.push(born(Field::Enabled));
    note.fields.sort_by(|left, right| left.field.cmp(&right.field));
    let user_ids = revision::write(work, &[Revision::new(user, true, note)], by).await?;
    user_ids.first().copied().ok_or(StoreError::Corrupt { what: "new user" })
}

/// Who has a username.
async fn owner(work: &mut Work, username: &str) -> Result<Option<UserId>, StoreError> {
    let key = UsernameKey::of(username);
    let statement = sql("SELECT user_id FROM users WHERE username_key = $1").bind(key.as_str().to_owned());
    Ok(work.first::<(i64,)>(statement).await?.map(|(user_id,)| UserId(user_id)))
}

/// The name of whoever does something, as it is kept.
pub(crate) async fn author_name(work: &mut Work, author: UserId) -> Result<String, StoreError> {
    let statement = sql("SELECT username FROM users WHERE user_id = $1").bind(author.0);
    let name = work.first::<(String,)>(statement).await?;
    name.map(|(name,)| name).ok_or(StoreError::Missing { what: "author" })
}

/// What differs between a stored user and what it shall be.
fn difference(before: &User, after: &User) -> Note {
    let fields = &after.fields;
    let custom: BTreeSet<_> = before.fields.custom.keys().chain(fields.custom.keys()).cloned().collect();
    let all = Field::FIXED.into_iter().chain(custom.into_iter().map(Field::Custom));
    let changes = all.filter_map(|field| {
        let (before, after) = (before.fields.get(&field), fields.get(&field));
        (before != after).then_some(FieldChange { field, before, after, mark: None })
    });
    Note {
        fields: changes.collect(),
        added_roles: after.roles.difference(&before.roles).cloned().collect(),
        removed_roles: before.roles.difference(&after.roles).cloned().collect(),
        added_groups: after.groups.difference(&before.groups).cloned().collect(),
        removed_groups: before.groups.difference(&after.groups).cloned().collect(),
        ..Note::default()
    }
}
