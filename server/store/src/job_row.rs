//! How a job lies in its table.

use crate::StoreError;
use crate::jobs::Job;
use crate::sql::sql;
use crate::users::count_u32;
use crate::work::Work;
use identity::id::{JobId, PlanId, UserId};
use job::{JobFailure, JobKind, JobState, Progress};

/// Begins every statement that reads jobs.
pub(crate) const SELECT: &str = "SELECT job_id, plan_id, title, state, total, applied, stale, rejected, author_id, \
     author, created_at, started_at, ended_at, failure, kind, created FROM jobs";

/// A row of `jobs`, without what concerns workers.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct JobRow {
    job_id: i64,
    plan_id: i64,
    title: String,
    state: String,
    total: i64,
    applied: i64,
    stale: i64,
    rejected: i64,
    author_id: i64,
    author: String,
    created_at: i64,
    started_at: Option<i64>,
    ended_at: Option<i64>,
    failure: Option<String>,
    kind: String,
    created: i64,
}

impl TryFrom<JobRow> for Job {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        let JobRow {
            job_id,
            plan_id,
            title,
            state,
            total,
            applied,
            stale,
            rejected,
            author_id,
            author,
            created_at,
            started_at,
            ended_at,
            failure,
            kind,
            created,
        } = row;
        Ok(Self {
            job_id: JobId(job_id),
            plan_id: PlanId(plan_id),
            kind: JobKind::parse(&kind).ok_or(StoreError::Corrupt { what: "kind of a job" })?,
            title,
            state: JobState::parse(&state).ok_or(StoreError::Corrupt { what: "job" })?,
            progress: progress(total, applied, stale, rejected),
            created: count_u32(created),
            author: UserId(author_id),
            author_name: author,
            created_at,
            started_at,
            ended_at,
            // A later version may know more reasons than this one.
            failure: failure.map(|code| JobFailure::parse(&code).unwrap_or(JobFailure::NotAccepted)),
        })
    }
}

/// Counts as they are stored.
pub(crate) fn progress(total: i64, applied: i64, stale: i64, rejected: i64) -> Progress {
    let [total, applied, stale, rejected] = [total, applied, stale, rejected].map(count_u32);
    Progress { total, applied, stale, rejected }
}

/// The job of a number.
pub(crate) async fn find(work: &mut Work, job_id: JobId) -> Result<Option<Job>, StoreError> {
    let mut statement = sql(SELECT);
    statement.push(" WHERE job_id = ");
    statement.push_bind(job_id.0);
    let row: Option<JobRow> = work.first(statement).await?;
    row.map(Job::try_from).transpose()
}
