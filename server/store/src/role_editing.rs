//! Writing roles. Every write bumps the version and is kept in the history.

use crate::access::enabled_administrators;
use crate::editing::author_name;
use crate::objects::{self, Object};
use crate::revision::By;
use crate::roles::{self, ListedRole};
use crate::sql::{Input, sql};
use crate::work::Work;
use crate::{Store, StoreError};
use identity::id::UserId;
use identity::role::{Role, RoleCode};
use plan::objects::{Attribute, Fate, ObjectNote, TextChange};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The answer to a write of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleWritten {
    /// Done.
    Applied,
    /// The role changed since it was shown; nothing was written.
    Stale,
    /// A role has this code; nothing was written.
    CodeTaken,
    /// There is no such role.
    Gone,
    /// Users have the role; nothing was written.
    InUse {
        /// How many.
        users: u32,
    },
    /// It would leave no enabled administrator; nothing was written.
    LastAdministrator,
}

impl Store {
    /// One role.
    pub async fn find_role(&self, code: &RoleCode) -> Result<Option<ListedRole>, StoreError> {
        let roles = roles::all(&mut self.read("find a role").await?).await?;
        Ok(roles.into_iter().find(|listed| listed.role.code == *code))
    }

    /// Makes a role.
    pub async fn create_role(&self, role: &Role, author: UserId, now: i64) -> Result<RoleWritten, StoreError> {
        let mut work = self.write("create a role").await?;
        work.take_turn().await?;
        if find(&mut work, &role.code).await?.is_some() {
            return Ok(RoleWritten::CodeTaken);
        }
        let author_name = author_name(&mut work, author).await?;
        insert(&mut work, role, By { author_id: author, author: &author_name, job_id: None, now }).await?;
        work.commit().await?;
        Ok(RoleWritten::Applied)
    }

    /// Edits a role: label, description and permissions as they shall be. Nothing differs: nothing is written, the version stays.
    pub async fn edit_role(
        &self,
        version: i64,
        role: &Role,
        author: UserId,
        now: i64,
    ) -> Result<RoleWritten, StoreError> {
        let mut work = self.write("edit a role").await?;
        work.take_turn().await?;
        let before = match find(&mut work, &role.code).await? {
            None => return Ok(RoleWritten::Gone),
            Some(listed) if listed.version != version => return Ok(RoleWritten::Stale),
            Some(listed) => listed.role,
        };
        let author_name = author_name(&mut work, author).await?;
        let by = By { author_id: author, author: &author_name, job_id: None, now };
        let administrators = enabled_administrators(&mut work, 1, now).await?;
        update(&mut work, &before, role, by).await?;
        // Looked at after the write: what counts is who is left.
        if !administrators.is_empty() && enabled_administrators(&mut work, 1, now).await?.is_empty() {
            return Ok(RoleWritten::LastAdministrator);
        }
        work.commit().await?;
        Ok(RoleWritten::Applied)
    }

    /// Removes a role that nobody has.
    pub async fn remove_role(
        &self,
        code: &RoleCode,
        version: i64,
        author: UserId,
        now: i64,
    ) -> Result<RoleWritten, StoreError> {
        let mut work = self.write("remove a role").await?;
        work.take_turn().await?;
        let listed = match find(&mut work, code).await? {
            None => return Ok(RoleWritten::Gone),
            Some(listed) if listed.version != version => return Ok(RoleWritten::Stale),
            Some(ListedRole { users, .. }) if users > 0 => return Ok(RoleWritten::InUse { users }),
            Some(listed) => listed,
        };
        let author_name = author_name(&mut work, author).await?;
        let by = By { author_id: author, author: &author_name, job_id: None, now };
        work.run(sql("DELETE FROM roles WHERE role_code = $1").bind(code.as_str())).await?;
        let Role { code: _, label, description, permissions } = listed.role;
        let note = ObjectNote {
            texts: texts((Some(&label), description.as_deref()), (None, None)),
            removed_permissions: permissions.into_iter().collect(),
            ..ObjectNote::new(Fate::Removed)
        };
        objects::note(&mut work, &Object::Role(code.clone()), &note, by).await?;
        work.commit().await?;
        Ok(RoleWritten::Applied)
    }
}

async fn find(work: &mut Work, code: &RoleCode) -> Result<Option<ListedRole>, StoreError> {
    Ok(roles::all(work).await?.into_iter().find(|listed| listed.role.code == *code))
}

/// Inserts a role whose code is free.
pub(crate) async fn insert(work: &mut Work, role: &Role, by: By<'_>) -> Result<(), StoreError> {
    let Role { code, label, description, permissions } = role;
    let statement = sql("INSERT INTO roles (role_code, version, label, description) VALUES ($1, 1, $2, $3)");
    work.run(statement.bind(code.as_str()).bind(label).bind(description.as_deref())).await?;
    give(work, code, permissions.iter().collect()).await?;
    let note = ObjectNote {
        texts: texts((None, None), (Some(label), description.as_deref())),
        added_permissions: permissions.iter().cloned().collect(),
        ..ObjectNote::new(Fate::Created)
    };
    objects::note(work, &Object::Role(code.clone()), &note, by).await
}

/// Writes what differs of a role; whether anything does. Its version was checked.
pub(crate) async fn update(work: &mut Work, before: &Role, after: &Role, by: By<'_>) -> Result<bool, StoreError> {
    let Role { code, label, description, permissions } = after;
    let described = description.as_deref();
    let texts = texts((Some(&before.label), before.description.as_deref()), (Some(label), described));
    let added: BTreeSet<&String> = permissions.difference(&before.permissions).collect();
    let removed: BTreeSet<&String> = before.permissions.difference(permissions).collect();
    let note = ObjectNote {
        texts,
        added_permissions: added.iter().copied().cloned().collect(),
        removed_permissions: removed.iter().copied().cloned().collect(),
        ..ObjectNote::new(Fate::Changed)
    };
    if note == ObjectNote::new(Fate::Changed) {
        return Ok(false);
    }
    let statement = sql("UPDATE roles SET version = version + 1, label = $2, description = $3 WHERE role_code = $1");
    work.run(statement.bind(code.as_str()).bind(label).bind(described)).await?;
    if !removed.is_empty() {
        let input = Input::default().texts("permission", removed.into_iter());
        let take = sql("DELETE FROM role_permissions WHERE role_code = $1 \
             AND permission IN (SELECT permission FROM {input})");
        work.run(take.bind(code.as_str()).input(input)).await?;
    }
    give(work, code, added).await?;
    objects::note(work, &Object::Role(code.clone()), &note, by).await?;
    Ok(true)
}

/// What differs between the labels and descriptions of a role.
fn texts(before: (Option<&str>, Option<&str>), after: (Option<&str>, Option<&str>)) -> Vec<TextChange> {
    let label = TextChange::of(Attribute::Label, before.0, after.0);
    label.into_iter().chain(TextChange::of(Attribute::Description, before.1, after.1)).collect()
}

async fn give(work: &mut Work, code: &RoleCode, permissions: BTreeSet<&String>) -> Result<(), StoreError> {
    if permissions.is_empty() {
        return Ok(());
    }
    let input = Input::default().texts("permission", permissions.into_iter());
    let give = sql("INSERT INTO role_permissions (role_code, permission) SELECT $1, permission FROM {input}");
    work.run(give.bind(code.as_str()).input(input)).await?;
    Ok(())
}
