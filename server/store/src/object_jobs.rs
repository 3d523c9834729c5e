//! Jobs of files of groups and roles: applied in one transaction, they are over when they are made.

use crate::object_files::{Applied, ObjectFile};
use crate::objects::read_note;
use crate::plans::json;
use crate::sql::sql;
use crate::work::Work;
use crate::{Store, StoreError, events};
use identity::id::JobId;
use job::{JobKind, JobState};
use plan::Selection;
use plan::objects::{Attribute, ObjectNote};
use serde::{Deserialize, Serialize};

/// What a job did with one group or role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobChange {
    /// The number of a group or the code of a role.
    pub subject: String,
    /// What it is called by now, or was when it was removed.
    pub name: String,
    /// Whether it is still there.
    pub exists: bool,
    /// What the job did.
    pub note: ObjectNote,
}

impl Store {
    /// A part of what a job of groups or roles did, in the order of its rows; nothing of a job of users.
    pub async fn list_job_changes(&self, job_id: JobId, offset: u32, limit: u32) -> Result<Vec<JobChange>, StoreError> {
        let mut work = self.read("list what a job did with groups or roles").await?;
        // The last change of what is gone is its removal, which knows how it was called.
        let statement = sql("SELECT changes.subject, changes.change, groups.name, roles.role_code, \
             CASE WHEN groups.name IS NULL AND roles.role_code IS NULL THEN (SELECT latest.change \
             FROM object_changes AS latest WHERE latest.kind = changes.kind AND latest.subject = changes.subject \
             ORDER BY latest.change_id DESC LIMIT 1) END FROM object_changes AS changes \
             LEFT JOIN groups \
             ON groups.group_id = CASE WHEN changes.kind = 'group' THEN CAST(changes.subject AS BIGINT) END \
             LEFT JOIN roles ON changes.kind = 'role' AND roles.role_code = changes.subject \
             WHERE changes.job_id = $1 ORDER BY changes.change_id LIMIT $2 OFFSET $3");
        let statement = statement.bind(job_id.0).bind(limit.clamp(1, 1000)).bind(offset);
        let rows: Vec<ChangeRow> = work.all(statement).await?;
        rows.into_iter().map(job_change).collect()
    }
}

/// Subject, change, the name of the group, the code of the role, the last change of what is gone.
type ChangeRow = (String, String, Option<String>, Option<String>, Option<String>);

fn job_change((subject, change, group, role, latest): ChangeRow) -> Result<JobChange, StoreError> {
    let there = group.or(role);
    let last_name = match latest {
        Some(latest) => read_note(&latest)?.texts.into_iter().find(|text| text.attribute == Attribute::Name),
        None => None,
    };
    let exists = there.is_some();
    let name = there.or(last_name.and_then(|name| name.before.or(name.after))).unwrap_or_else(|| subject.clone());
    Ok(JobChange { note: read_note(&change)?, subject, name, exists })
}

/// Makes the job of a file, before what it did is known: the changes carry its number.
pub(crate) async fn begin(
    work: &mut Work,
    kind: JobKind,
    file: &ObjectFile<'_>,
    author_name: &str,
) -> Result<JobId, StoreError> {
    let ObjectFile { upload_id: _, name, author, now } = *file;
    // Nothing reads request and policy of a plan that cannot be made again.
    let plan = sql("INSERT INTO plans (source_name, query, request, policy, author_id, created_at) \
         VALUES ($1, '', '{}', '{}', $2, $3) RETURNING plan_id");
    let (plan_id,) = work.one::<(i64,)>(plan.bind(name).bind(author.0).bind(now)).await?;
    let job = sql("INSERT INTO jobs (plan_id, title, kind, state, total, selection, author_id, author, created_at, \
         started_at, ended_at) VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $8, $8) RETURNING job_id");
    let job = job.bind(plan_id).bind(name).bind(kind.code()).bind(JobState::Finished.code());
    let job = job.bind(json(&Selection::default())).bind(author.0).bind(author_name).bind(now);
    Ok(JobId(work.one::<(i64,)>(job).await?.0))
}

/// Writes what it did, and tells everyone.
pub(crate) async fn end(work: &mut Work, file: &ObjectFile<'_>, applied: Applied) -> Result<(), StoreError> {
    let Applied { job_id, created, updated } = applied;
    let statement = sql("UPDATE jobs SET total = $2, applied = $2, created = $3 WHERE job_id = $1");
    work.run(statement.bind(job_id.0).bind(created + updated).bind(created)).await?;
    events::tell_all(work, job_id, file.now).await
}
