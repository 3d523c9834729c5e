//! An import as pages do it: search, plan, commit, wait.

use crate::caller::{Caller, error, lines};
use app::api::import::{PlanDirectoryImport, PlanningLine};
use app::api::job::{FetchJob, JobListQuery, JobView, ListJobs};
use app::api::plan::{CommitAnswer, CommitPlan, FetchPlan, PlanView, Replanned, ReplanningLine};
use app::api::search::{SearchDirectory, SearchLine, SearchRow};
use app::api::user::{ListUsers, UserLine, UserListQuery};
use app::components::grid::Block;
use app::error::AppError;
use identity::id::{DirectoryId, JobId};
use identity::import::ImportRequest;
use identity::user::Origin;
use plan::Selection;
use serde::Serialize;
use server_fn::ServerFn;
use std::time::{Duration, Instant};

/// All that a search finds, or why it finds nothing.
pub fn search(caller: &Caller<'_>, directory_id: DirectoryId, query: &str) -> Result<Vec<SearchRow>, AppError> {
    let answer = caller.call(&SearchDirectory { directory_id, query: query.to_owned() });
    if answer.status != 200 {
        return Err(error(&answer));
    }
    let mut found = vec![];
    for line in lines::<SearchLine>(&answer) {
        match line {
            SearchLine::Page { rows, references: _ } => found.extend(rows),
            SearchLine::Done { total } => {
                assert_eq!(found.len(), total as usize);
                return Ok(found);
            }
            SearchLine::Failed { error } => return Err(error),
        }
    }
    panic!("the answer has no end: {}", answer.body);
}

/// Plans an import; the plan, or why there is none.
pub fn try_plan(caller: &Caller<'_>, request: ImportRequest) -> Result<PlanView, AppError> {
    let answer = caller.call(&PlanDirectoryImport { request });
    if answer.status != 200 {
        return Err(error(&answer));
    }
    match lines::<PlanningLine>(&answer).pop() {
        Some(PlanningLine::Planned { plan_id, .. }) => Ok(caller.ask(&FetchPlan { plan_id })),
        Some(PlanningLine::Failed { error }) => Err(error),
        _ => panic!("the answer has no end: {}", answer.body),
    }
}

/// Plans an import.
pub fn plan(caller: &Caller<'_>, request: ImportRequest) -> PlanView {
    try_plan(caller, request).expect("a plan")
}

/// Plans again.
pub fn replanned<F: ServerFn + Serialize>(caller: &Caller<'_>, again: &F) -> Replanned {
    match caller.lines(again).pop() {
        Some(ReplanningLine::Planned(replanned)) => replanned,
        other => panic!("there is no plan: {other:?}"),
    }
}

/// What a page sends to commit all of a plan.
pub fn commit(plan: &PlanView) -> CommitPlan {
    let (digest, selection) = (plan.summary.digest.clone(), Selection::default());
    CommitPlan { plan_id: plan.plan_id, digest, selection, confirmed: None }
}

/// The job that a commit has made.
#[track_caller]
pub fn queued(answer: CommitAnswer) -> JobId {
    match answer {
        CommitAnswer::Queued(job_id) => job_id,
        other => panic!("not committed: {other:?}"),
    }
}

/// Commits all of a plan and waits for the end of its job.
pub fn apply(caller: &Caller<'_>, plan: &PlanView) -> JobView {
    wait(caller, queued(caller.ask(&commit(plan))))
}

/// Waits for the end of a job.
pub fn wait(caller: &Caller<'_>, job_id: JobId) -> JobView {
    let begun = Instant::now();
    loop {
        let job = caller.ask(&FetchJob { job_id });
        if job.state.is_over() {
            return job;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not end: {job:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The users that were imported, the first hundred of them.
pub fn imported(caller: &Caller<'_>) -> Block<UserLine> {
    let query = UserListQuery { origin: Some(Origin::External), ..UserListQuery::default() };
    caller.ask(&ListUsers { query, offset: 0 })
}

/// How many jobs there are.
pub fn jobs(caller: &Caller<'_>) -> u32 {
    caller.ask(&ListJobs { query: JobListQuery::default() }).total
}
