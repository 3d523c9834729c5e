//! Applying files of groups and roles: few and small, so all in one transaction or nothing at all.

use crate::access::enabled_administrators;
use crate::editing::author_name;
use crate::grouping;
use crate::groups;
use crate::revision::By;
use crate::work::Work;
use crate::{Store, StoreError, object_jobs, role_editing, roles, uploads};
use identity::id::{JobId, UploadId, UserId};
use job::JobKind;
use plan::objects::group::{GroupAction, StoredGroup};
use plan::objects::role::{RoleAction, StoredRole};
use serde::{Deserialize, Serialize};

/// A file that is applied.
#[derive(Debug, Clone, Copy)]
pub struct ObjectFile<'a> {
    /// What its records came with. Applied once more, it answers the same.
    pub upload_id: UploadId,
    /// Its name, which its job goes by.
    pub name: &'a str,
    /// Who applies it.
    pub author: UserId,
    /// When, in milliseconds since 1970 UTC.
    pub now: i64,
}

/// What a file came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The job that tells of it.
    pub job_id: JobId,
    /// New ones.
    pub created: u32,
    /// Changed ones.
    pub updated: u32,
}

/// The answer to applying a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileApplied {
    /// All of it.
    Applied(Applied),
    /// Something changed since the plan was made; nothing was written.
    Stale,
    /// It would leave no enabled administrator; nothing was written.
    LastAdministrator,
}

impl Store {
    /// All groups, as a file is compared with them.
    pub async fn stored_groups(&self) -> Result<Vec<StoredGroup>, StoreError> {
        let mut work = self.read("read the groups").await?;
        let stored = |group: groups::Group| StoredGroup {
            group_id: group.group_id,
            version: group.version,
            fields: group.fields,
        };
        Ok(groups::all(&mut work).await?.into_iter().map(stored).collect())
    }

    /// All roles, as a file is compared with them.
    pub async fn stored_roles(&self) -> Result<Vec<StoredRole>, StoreError> {
        let mut work = self.read("read the roles").await?;
        let roles = roles::all(&mut work).await?;
        Ok(roles.into_iter().map(|listed| StoredRole { version: listed.version, role: listed.role }).collect())
    }

    /// Applies the picked rows of a plan of groups, and leaves a job that tells of it.
    pub async fn apply_groups(&self, actions: &[GroupAction], file: ObjectFile<'_>) -> Result<FileApplied, StoreError> {
        let mut work = self.write("apply a file of groups").await?;
        work.take_turn().await?;
        if let Some(applied) = uploads::find_applied(&mut work, file.upload_id).await? {
            return Ok(FileApplied::Applied(applied));
        }
        let author = author_name(&mut work, file.author).await?;
        let job_id = object_jobs::begin(&mut work, JobKind::Groups, &file, &author).await?;
        let by = By { author_id: file.author, author: &author, job_id: Some(job_id), now: file.now };
        let (mut created, mut updated) = (0, 0);
        for action in actions {
            match action {
                GroupAction::Create { fields } => {
                    if grouping::owner(&mut work, &fields.name).await?.is_some() {
                        return Ok(FileApplied::Stale);
                    }
                    grouping::insert(&mut work, fields, by).await?;
                    created += 1;
                }
                GroupAction::Update { group_id, version, fields } => {
                    let known = groups::find(&mut work, *group_id).await?;
                    let Some(before) = known.filter(|group| group.version == *version) else {
                        return Ok(FileApplied::Stale);
                    };
                    updated += u32::from(grouping::update(&mut work, &before, fields, by).await?);
                }
                GroupAction::Unchanged { .. } | GroupAction::Block => {}
            }
        }
        finish(work, &file, Applied { job_id, created, updated }).await
    }

    /// Applies the picked rows of a plan of roles, and leaves a job that tells of it.
    pub async fn apply_roles(&self, actions: &[RoleAction], file: ObjectFile<'_>) -> Result<FileApplied, StoreError> {
        let mut work = self.write("apply a file of roles").await?;
        work.take_turn().await?;
        if let Some(applied) = uploads::find_applied(&mut work, file.upload_id).await? {
            return Ok(FileApplied::Applied(applied));
        }
        let author = author_name(&mut work, file.author).await?;
        let job_id = object_jobs::begin(&mut work, JobKind::Roles, &file, &author).await?;
        let by = By { author_id: file.author, author: &author, job_id: Some(job_id), now: file.now };
        let stored = roles::all(&mut work).await?;
        let administrators = enabled_administrators(&mut work, 1, file.now).await?;
        let (mut created, mut updated) = (0, 0);
        for action in actions {
            match action {
                RoleAction::Create { role } => {
                    if stored.iter().any(|listed| listed.role.code == role.code) {
                        return Ok(FileApplied::Stale);
                    }
                    role_editing::insert(&mut work, role, by).await?;
                    created += 1;
                }
                RoleAction::Update { version, role } => {
                    let known = stored.iter().find(|listed| listed.role.code == role.code);
                    let Some(before) = known.filter(|listed| listed.version == *version) else {
                        return Ok(FileApplied::Stale);
                    };
                    updated += u32::from(role_editing::update(&mut work, &before.role, role, by).await?);
                }
                RoleAction::Unchanged | RoleAction::Block => {}
            }
        }
        if !administrators.is_empty() && enabled_administrators(&mut work, 1, file.now).await?.is_empty() {
            return Ok(FileApplied::LastAdministrator);
        }
        finish(work, &file, Applied { job_id, created, updated }).await
    }
}

/// Ends a file of which everything was written.
async fn finish(mut work: Work, file: &ObjectFile<'_>, applied: Applied) -> Result<FileApplied, StoreError> {
    object_jobs::end(&mut work, file, applied).await?;
    uploads::keep_job(&mut work, file.upload_id, applied.job_id).await?;
    work.commit().await?;
    Ok(FileApplied::Applied(applied))
}
