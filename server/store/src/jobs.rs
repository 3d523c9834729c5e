//! Jobs: the queue, the lease, the list. What a worker applies is in `apply.rs`, the report in `report.rs`.

use crate::job_row::{self, JobRow};
use crate::sql::{Sql, sql};
use crate::users::count_u32;
use crate::work::Work;
use crate::{Page, Store, StoreError, events};
use identity::id::{JobId, PlanId, UserId};
use job::{JobEvent, JobFailure, JobKind, JobSource, JobState, Outcome, Progress};
use plan::Row;
use serde::{Deserialize, Serialize};

macro_rules! claimable {
    () => {
        "SELECT job_id, state FROM jobs WHERE state IN ('queued', 'running', 'stopping') \
         AND (state = 'queued' OR lease_until <= $1) ORDER BY job_id LIMIT 1"
    };
}

/// A job as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its number.
    pub job_id: JobId,
    /// The plan that it applies; of groups and roles, one that nobody sees.
    pub plan_id: PlanId,
    /// What its rows are.
    pub kind: JobKind,
    /// What it imports: the name of the directory or file.
    pub title: String,
    /// Its state.
    pub state: JobState,
    /// How far it is.
    pub progress: Progress,
    /// How many groups or roles it made; it changed the others. Of users the outcomes tell.
    pub created: u32,
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
    /// Why it failed.
    pub failure: Option<JobFailure>,
}

/// Which jobs to list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct JobQuery {
    /// Only in this state.
    pub state: Option<JobState>,
    /// Only those of people who came from there.
    pub source: Option<JobSource>,
    /// Only those that this user committed.
    pub author: Option<UserId>,
    /// Only those committed at or after this time.
    pub since: Option<i64>,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// Somebody who committed jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobAuthor {
    /// The user, who may have been removed since.
    pub user_id: UserId,
    /// The username when the newest of them was committed.
    pub name: String,
}

/// A row of a job's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// The plan's row, cut down to what was picked.
    pub row: Row,
    /// What became of it; `None` when the job has not come to it (or was stopped before).
    pub outcome: Option<Outcome>,
    /// The user that was made or changed.
    pub user_id: Option<UserId>,
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
    pub async fn claim_job(&self, worker: &str, now: i64, lease_until: i64) -> Result<Option<Claim>, StoreError> {
        // Workers ask all the time, and mostly for nothing: that must not keep a writer waiting.
        if self.read("look for a job").await?.first::<(i64, String)>(sql(CLAIMABLE).bind(now)).await?.is_none() {
            return Ok(None);
        }
        let mut work = self.write("claim a job").await?;
        work.take_turn().await?;
        let claimable = sql(concat!(claimable!(), " {skip_locked}")).bind(now);
        let Some((job_id, state)) = work.first::<(i64, String)>(claimable).await? else { return Ok(None) };
        let state = after(&state, JobEvent::Claimed)?;
        let claim =
            sql("UPDATE jobs SET state = $2, fence = fence + 1, worker = $3, lease_until = $4 WHERE job_id = $1 \
             RETURNING fence");
        let claim = claim.bind(job_id).bind(state.code()).bind(worker).bind(lease_until);
        let (fence,) = work.one::<(i64,)>(claim).await?;
        let job_id = JobId(job_id);
        let start = sql("UPDATE jobs SET started_at = $2 WHERE job_id = $1 AND started_at IS NULL");
        let is_first = work.run(start.bind(job_id.0).bind(now)).await? == 1;
        events::tell_all(&mut work, job_id, now).await?;
        if is_first {
            events::notify_author(&mut work, job_id, now).await?;
        }
        let job = job_row::find(&mut work, job_id).await?.ok_or(StoreError::Missing { what: "job" })?;
        work.commit().await?;
        Ok(Some(Claim { job_id, fence, job }))
    }

    /// Keeps a claim.
    pub async fn keep_claim(&self, claim: &Claim, lease_until: i64) -> Result<Held<()>, StoreError> {
        let mut work = self.write("keep a job").await?;
        let statement = sql(
            "UPDATE jobs SET lease_until = $3 WHERE job_id = $1 AND fence = $2 AND state IN ('running', 'stopping')",
        );
        let kept = work.run(statement.bind(claim.job_id.0).bind(claim.fence).bind(lease_until)).await?;
        work.commit().await?;
        Ok(if kept == 1 { Held::Yes(()) } else { Held::Lost })
    }

    /// Ends a job: `Finished`, `Stopped` or `Failed` (with a reason), and notifies its author.
    pub async fn end_job(
        &self,
        claim: &Claim,
        event: JobEvent,
        failure: Option<JobFailure>,
        now: i64,
    ) -> Result<Held<JobState>, StoreError> {
        let mut work = self.write("end a job").await?;
        work.take_turn().await?;
        let held = sql("SELECT state FROM jobs WHERE job_id = $1 AND fence = $2 AND state IN ('running', 'stopping')");
        let Some((state,)) = work.first::<(String,)>(held.bind(claim.job_id.0).bind(claim.fence)).await? else {
            return Ok(Held::Lost);
        };
        let state = after(&state, event)?;
        set_state(&mut work, claim.job_id, state, failure, now).await?;
        work.commit().await?;
        Ok(Held::Yes(state))
    }

    /// Asks a job to stop. The state afterwards; `None` when there is no such job.
    pub async fn request_stop(&self, job_id: JobId, now: i64) -> Result<Option<JobState>, StoreError> {
        let mut work = self.write("ask a job to stop").await?;
        work.take_turn().await?;
        let state = stop(&mut work, job_id, now).await?;
        work.commit().await?;
        Ok(state)
    }

    /// A job.
    pub async fn find_job(&self, job_id: JobId) -> Result<Option<Job>, StoreError> {
        job_row::find(&mut self.read("find a job").await?, job_id).await
    }

    /// A part of the list of jobs.
    pub async fn list_jobs(&self, query: &JobQuery) -> Result<Page<Job>, StoreError> {
        let mut work = self.read("list jobs").await?;
        let mut count = sql("SELECT count(*) FROM jobs");
        filter(&mut count, query);
        let (total,) = work.one::<(i64,)>(count).await?;
        let mut list = sql(job_row::SELECT);
        filter(&mut list, query);
        list.push(" ORDER BY job_id DESC LIMIT ");
        list.push_bind(query.limit.clamp(1, 1000));
        list.push(" OFFSET ");
        list.push_bind(query.offset);
        let rows: Vec<JobRow> = work.all(list).await?;
        let items = rows.into_iter().map(Job::try_from).collect::<Result<_, _>>()?;
        Ok(Page { total: count_u32(total), items })
    }

    /// Everybody who committed jobs, whoever did it last first; at most `limit`.
    pub async fn list_job_authors(&self, limit: u32) -> Result<Vec<JobAuthor>, StoreError> {
        let mut work = self.read("list the authors of jobs").await?;
        // One of each, whatever names they had over time.
        let newest = "SELECT author_id, author FROM jobs \
             WHERE job_id IN (SELECT max(job_id) FROM jobs GROUP BY author_id) ORDER BY job_id DESC LIMIT $1";
        let rows: Vec<(i64, String)> = work.all(sql(newest).bind(limit)).await?;
        Ok(rows.into_iter().map(|(user_id, name)| JobAuthor { user_id: UserId(user_id), name }).collect())
    }
}

const CLAIMABLE: &str = claimable!();

fn filter(statement: &mut Sql<'_>, query: &JobQuery) {
    let JobQuery { state, source, author, since, offset: _, limit: _ } = query;
    statement.push(" WHERE true");
    if let Some(state) = state {
        statement.push(" AND state = ");
        statement.push_bind(state.code());
    }
    if let Some(source) = source {
        statement.push(" AND EXISTS (SELECT 1 FROM plans WHERE plans.plan_id = jobs.plan_id AND directory_id ");
        statement.push(match source {
            JobSource::Directory => "IS NOT NULL)",
            JobSource::File => "IS NULL)",
        });
    }
    if let Some(author) = author {
        statement.push(" AND author_id = ");
        statement.push_bind(author.0);
    }
    if let Some(since) = since {
        statement.push(" AND created_at >= ");
        statement.push_bind(*since);
    }
}

/// The state after an event, which the pure crate decides.
fn after(state: &str, event: JobEvent) -> Result<JobState, StoreError> {
    let state = JobState::parse(state).ok_or(StoreError::Corrupt { what: "state of a job" })?;
    state.after(event).map_err(StoreError::Transition)
}

/// Asks a job to stop, in a transaction that has its turn. One that is over stays as it is.
pub(crate) async fn stop(work: &mut Work, job_id: JobId, now: i64) -> Result<Option<JobState>, StoreError> {
    let Some(job) = job_row::find(work, job_id).await? else { return Ok(None) };
    match job.state.after(JobEvent::StopRequested) {
        Ok(state) if state != job.state => {
            set_state(work, job_id, state, None, now).await?;
            Ok(Some(state))
        }
        Ok(_) | Err(_) => Ok(Some(job.state)),
    }
}

async fn set_state(
    work: &mut Work,
    job_id: JobId,
    state: JobState,
    failure: Option<JobFailure>,
    now: i64,
) -> Result<(), StoreError> {
    let ended_at = state.is_over().then_some(now);
    let statement = sql("UPDATE jobs SET state = $2, ended_at = $3, failure = $4 WHERE job_id = $1");
    work.run(statement.bind(job_id.0).bind(state.code()).bind(ended_at).bind(failure.map(JobFailure::code))).await?;
    events::tell_all(work, job_id, now).await?;
    if state.is_over() {
        events::notify_author(work, job_id, now).await?;
    }
    Ok(())
}
