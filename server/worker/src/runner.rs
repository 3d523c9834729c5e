//! Claims jobs and applies them, page by page. It takes no decision: what a changeset says is written, or the store
//! says why it could not be.

use crate::pace::{Pace, Pause};
use crate::standstill::Standstill;
use identity::id::JobId;
use job::{JobEvent, JobFailure, JobState, Progress};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use store::ahead::Ahead;
use store::jobs::{Claim, Held, PageApplied};
use store::{Store, StoreError, Trouble};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long a claim lasts without a page. After a kill, somebody else goes on when it has run out.
pub const LEASE: Duration = Duration::from_secs(15);
/// How often the same thing is tried before the job is left for later.
const TRIES: u32 = 6;

/// Runs jobs, one at a time. Any number of workers may run beside each other, in one server or in several.
#[derive(Debug, Clone)]
pub struct Worker {
    store: Store,
    name: String,
    lease: Duration,
    standstill: Standstill,
}

/// How the work on a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With this state, which is over.
    Over(JobState),
    /// Another worker has it.
    Lost,
    /// Left to be resumed: the program ends, or the database is away.
    Left,
}

impl Worker {
    /// A worker; its name stands in the job's row for whoever looks there.
    pub fn new(store: Store, name: impl Into<String>) -> Self {
        Self { store, name: name.into(), lease: LEASE, standstill: Standstill::default() }
    }

    /// The same worker, telling here what keeps it from writing.
    pub fn with_standstill(self, standstill: Standstill) -> Self {
        Self { standstill, ..self }
    }

    /// The same worker with another lease.
    pub fn with_lease(self, lease: Duration) -> Self {
        Self { lease, ..self }
    }

    /// Works until the token is cancelled. The page in hand is finished, and its job left to be resumed at once.
    pub async fn run(&self, shutdown: &CancellationToken) {
        // Followed from before the first look, so that a job queued between a look and the wait is not waited for.
        let (mut pause, mut news) = (Pause::default(), self.store.news());
        while !shutdown.is_cancelled() {
            match self.run_next(shutdown).await {
                Ok(true) => pause = Pause::default(),
                Ok(false) => {
                    pause = Pause::default();
                    self.standstill.end_if_idle(&self.name);
                    tokio::select! {
                        () = news.wait() => {}
                        () = shutdown.cancelled() => {}
                    }
                }
                Err(error) => {
                    tracing::error!(error = chain(&error), "no job could be claimed");
                    self.standstill.begin(&self.name, error.trouble(), Duration::ZERO);
                    wait(pause.take(), shutdown).await;
                }
            }
        }
    }

    /// Claims a job and works on it. `false` when there was none.
    pub async fn run_next(&self, shutdown: &CancellationToken) -> Result<bool, StoreError> {
        let now = now_ms();
        let Some(claim) = self.store.claim_job(&self.name, now, self.lease_until(now)).await? else {
            return Ok(false);
        };
        let started = Instant::now();
        self.standstill.end(&self.name);
        tracing::info!(job_id = claim.job_id.0, fence = claim.fence, "job claimed");
        let result = match self.run_job(&claim, shutdown).await {
            End::Over(state) => state.code(),
            End::Lost => "lost",
            End::Left => "left",
        };
        metrics::counter!("muster_job_runs_total", "result" => result).increment(1);
        metrics::histogram!("muster_job_run_seconds").record(started.elapsed());
        tracing::info!(job_id = claim.job_id.0, fence = claim.fence, result, "job let go");
        Ok(true)
    }

    async fn run_job(&self, claim: &Claim, shutdown: &CancellationToken) -> End {
        let (mut pace, mut pause, mut tries) = (Pace::default(), Pause::default(), 0);
        let mut progress = claim.job.progress;
        // One page is written while the next one is made ready.
        let mut next = Next::begin(&self.store, claim.job_id, None, pace.page_size());
        if claim.job.state == JobState::Stopping {
            return self.end(claim, JobEvent::Stopped, None, shutdown).await;
        }
        while !shutdown.is_cancelled() {
            let ready = next.ready().await;
            if let Some(ahead) = ready.as_ref().filter(|ahead| !ahead.is_last()) {
                next = Next::begin(&self.store, claim.job_id, Some(ahead.checkpoint()), pace.page_size());
            }
            let (now, begun) = (now_ms(), Instant::now());
            let lease_until = self.lease_until(now);
            let applied = match ready {
                Some(ahead) => self.store.apply_ahead(claim, ahead, now, lease_until).await,
                None => self.store.apply_page(claim, pace.page_size(), now, lease_until).await,
            };
            match applied {
                Ok(Held::Lost) => return End::Lost,
                Ok(Held::Yes(PageApplied { progress: after, stop_requested, last })) => {
                    pace.page_took(begun.elapsed());
                    measure(progress, after, begun.elapsed());
                    (progress, pause, tries) = (after, Pause::default(), 0);
                    // The last page ends the job, whoever wanted it stopped: there is nothing left to stop.
                    if last {
                        return self.end(claim, JobEvent::Completed, None, shutdown).await;
                    }
                    if stop_requested {
                        return self.end(claim, JobEvent::Stopped, None, shutdown).await;
                    }
                }
                Err(error) => {
                    tracing::error!(job_id = claim.job_id.0, tries, error = chain(&error), "a page was not applied");
                    tries += 1;
                    match error.trouble() {
                        Trouble::Passing if tries < TRIES => {
                            wait(pause.take(), shutdown).await;
                            // What is ready follows a page that was not written.
                            next = Next::begin(&self.store, claim.job_id, None, pace.page_size());
                        }
                        Trouble::Passing => break,
                        Trouble::DiskFull => {
                            return self.end(claim, JobEvent::Failed, Some(JobFailure::DiskFull), shutdown).await;
                        }
                        Trouble::Lasting => {
                            return self.end(claim, JobEvent::Failed, Some(JobFailure::NotAccepted), shutdown).await;
                        }
                    }
                }
            }
        }
        self.leave(claim).await
    }

    /// Writes how the job ended. A database that is away gets a few tries; then the job is left, and whoever resumes
    /// it comes to the same end.
    async fn end(
        &self,
        claim: &Claim,
        event: JobEvent,
        failure: Option<JobFailure>,
        shutdown: &CancellationToken,
    ) -> End {
        let mut pause = Pause::default();
        for _ in 0..TRIES {
            match self.store.end_job(claim, event, failure, now_ms()).await {
                Ok(held) => {
                    self.standstill.end(&self.name);
                    return match held {
                        Held::Yes(state) => End::Over(state),
                        Held::Lost => End::Lost,
                    };
                }
                Err(error) => {
                    tracing::error!(job_id = claim.job_id.0, error = chain(&error), "the end of a job was not written");
                    self.standstill.begin(&self.name, error.trouble(), self.lease);
                    if shutdown.is_cancelled() {
                        break;
                    }
                    wait(pause.take(), shutdown).await;
                }
            }
        }
        self.leave(claim).await
    }

    /// Gives the job back: its lease ends now. When that cannot be written, it ends by itself a little later.
    async fn leave(&self, claim: &Claim) -> End {
        match self.store.keep_claim(claim, now_ms() - 1).await {
            Ok(Held::Yes(())) => End::Left,
            Ok(Held::Lost) => End::Lost,
            Err(error) => {
                tracing::warn!(job_id = claim.job_id.0, error = chain(&error), "a job's lease was not given back");
                End::Left
            }
        }
    }

    fn lease_until(&self, now: i64) -> i64 {
        now.saturating_add(i64::try_from(self.lease.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The page that is made ready meanwhile.
struct Next(JoinSet<Result<Ahead, StoreError>>);

impl Next {
    fn begin(store: &Store, job_id: JobId, behind: Option<i64>, page_size: u32) -> Self {
        let (store, mut task) = (store.clone(), JoinSet::new());
        task.spawn(async move { store.read_ahead(job_id, behind, page_size).await });
        Self(task)
    }

    /// `None` when there is none, or it could not be read: then the page is read in its turn, which tells why.
    async fn ready(&mut self) -> Option<Ahead> {
        self.0.join_next().await.and_then(Result::ok).and_then(Result::ok)
    }
}

/// Waits, but not beyond the end of the program.
async fn wait(pause: Duration, shutdown: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(pause) => {}
        () = shutdown.cancelled() => {}
    }
}

fn measure(before: Progress, after: Progress, took: Duration) {
    // Destructured so that a new number of `Progress` does not compile until it is measured or left out.
    let Progress { total: _, applied, stale, rejected } = after;
    for (outcome, rows) in [
        ("applied", applied.saturating_sub(before.applied)),
        ("stale", stale.saturating_sub(before.stale)),
        ("rejected", rejected.saturating_sub(before.rejected)),
    ] {
        metrics::counter!("muster_job_rows_total", "outcome" => outcome).increment(u64::from(rows));
    }
    metrics::histogram!("muster_job_page_seconds").record(took);
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// An error and its sources, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
