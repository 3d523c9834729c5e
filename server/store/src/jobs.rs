//! Jobs: the queue, the lease, the pages that are applied, the report.

use crate::{Page, Store, StoreError};
use identity::id::{JobId, PlanId, UserId};
use job::{JobState, Outcome, Progress};
use plan::Row;
use serde::{Deserialize, Serialize};

/// A job as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its number.
    pub job_id: JobId,
    /// The plan that it applies.
    pub plan_id: PlanId,
    /// What it imports: the directory's name.
    pub title: String,
    /// Its state.
    pub state: JobState,
    /// How far it is.
    pub progress: Progress,
    /// Who committed it, and the name at that time.
    pub author: UserId,
    /// The author's username.
    pub author_name: String,
    /// When it was committed.
    pub created_at: i64,
    /// When a worker took it first.
    pub started_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// Why it failed, in words for people.
    pub failure: Option<String>,
}

/// Which jobs to list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct JobQuery {
    /// Only in this state.
    pub state: Option<JobState>,
    /// Only those that this user committed.
    pub author: Option<UserId>,
    /// Only those committed at or after this time.
    pub since: Option<i64>,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// A row of a job's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// The plan's row, cut down to what was picked.
    pub row: Row,
    /// What became of it; `None` when the job has not come to it (or was stopped before).
    pub outcome: Option<Outcome>,
}

/// Which rows of a report to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportQuery {
    /// Only with this outcome (its code; `none` for rows without one).
    pub outcome: Option<String>,
    /// Part of a username or name; blank for all.
    pub text: String,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// A worker's hold on a job. Every write of the worker carries the fencing number: after the lease ran out and
/// another worker took the job, the old worker's writes do nothing and answer [`Held::Lost`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The job.
    pub job_id: JobId,
    /// Counts up at every claim.
    pub fence: i64,
    /// The job as it stands.
    pub job: Job,
}

/// Whether a worker still holds its job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held<T> {
    /// Yes, with the answer.
    Yes(T),
    /// Another worker has it.
    Lost,
}

/// The answer to an applied page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageApplied {
    /// How far the job is.
    pub progress: Progress,
    /// Whether a person asked to stop.
    pub stop_requested: bool,
    /// Whether there are no more rows.
    pub last: bool,
}

impl Store {
    /// Claims the oldest job that is queued, or whose lease ran out, until `lease_until`.
    pub async fn claim_job(&self, _worker: &str, _now: i64, _lease_until: i64) -> Result<Option<Claim>, StoreError> {
        todo!()
    }

    /// Keeps a claim.
    pub async fn keep_claim(&self, _claim: &Claim, _lease_until: i64) -> Result<Held<()>, StoreError> {
        todo!()
    }

    /// Applies the next rows of the job's changeset, at most `page_size`, after its checkpoint: changes, history,
    /// outcomes, checkpoint, progress and the event for browsers in one transaction, a handful of statements.
    pub async fn apply_page(
        &self,
        _claim: &Claim,
        _page_size: u32,
        _now: i64,
        _lease_until: i64,
    ) -> Result<Held<PageApplied>, StoreError> {
        todo!()
    }

    /// Ends a job: `Finished`, `Stopped` or `Failed` (with a reason for people), and notifies its author.
    pub async fn end_job(
        &self,
        _claim: &Claim,
        _event: job::JobEvent,
        _failure: Option<&str>,
        _now: i64,
    ) -> Result<Held<JobState>, StoreError> {
        todo!()
    }

    /// Asks a job to stop. The state afterwards; `None` when there is no such job.
    pub async fn request_stop(&self, _job_id: JobId, _now: i64) -> Result<Option<JobState>, StoreError> {
        todo!()
    }

    /// A job.
    pub async fn find_job(&self, _job_id: JobId) -> Result<Option<Job>, StoreError> {
        todo!()
    }

    /// A part of the list of jobs.
    pub async fn list_jobs(&self, _query: &JobQuery) -> Result<Page<Job>, StoreError> {
        todo!()
    }

    /// A part of a job's report: the picked rows of its plan with their outcomes.
    pub async fn list_report(&self, _job_id: JobId, _query: &ReportQuery) -> Result<Page<ReportRow>, StoreError> {
        todo!()
    }
}
