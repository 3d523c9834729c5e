//! The server, killed or told to end in the middle of a job. What the databases keep then is the same.

use crate::import::commit;
use crate::muster::{Installation, on_both_databases};
use app::services::now_ms;
use identity::id::JobId;
use job::JobState;
use std::time::{Duration, Instant};
use store::Store;
use store::jobs::Job;
use store::users::UserQuery;

/// Enough for a job that takes a while.
pub const PEOPLE: u32 = 20_000;

/// Waits until the job is as wanted.
pub async fn wait_for(store: &Store, job_id: JobId, wanted: impl Fn(&Job) -> bool) -> Job {
    let begun = Instant::now();
    loop {
        let job = store.find_job(job_id).await.expect("answers").expect("there is such a job");
        if wanted(&job) {
            return job;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not go on: {job:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

on_both_databases! {
    a_job_survives_kills_and_does_nothing_twice,
    a_server_that_is_told_to_end_leaves_its_job_to_the_next,
}

/// How many were imported.
async fn users(store: &Store) -> u32 {
    let query = UserQuery { text: "p".to_owned(), limit: 1, ..UserQuery::default() };
    store.list_users(&query).await.expect("answers").total
}

/// Everybody is there, and nobody was written twice.
pub async fn has_each_once(store: &Store) {
    let mut offset = 0;
    while offset < PEOPLE {
        let query = UserQuery { text: "p".to_owned(), offset, limit: 1_000, ..UserQuery::default() };
        let page = store.list_users(&query).await.expect("answers");
        assert_eq!(page.total, PEOPLE);
        assert!(page.items.iter().all(|listed| listed.user.version == 1), "somebody was written twice");
        offset += 1_000;
    }
}

#[tokio::main]
async fn a_server_that_is_told_to_end_leaves_its_job_to_the_next(installation: Installation) {
    installation.start().terminate();
    let store = installation.store().await;
    let job_id = commit(&store, "p", PEOPLE).await;
    let muster = installation.start();
    wait_for(&store, job_id, |job| job.progress.done() >= PEOPLE / 3).await;
    let (took, status) = muster.terminate();
    assert!(status.success() && took < Duration::from_secs(10), "{status} after {took:?}");
    let left = wait_for(&store, job_id, |_| true).await;
    assert_eq!((left.state, left.progress.applied), (JobState::Running, left.progress.done()));
    assert!((PEOPLE / 3..PEOPLE).contains(&left.progress.applied), "in the middle: {:?}", left.progress);
    assert_eq!(users(&store).await, left.progress.applied, "what was counted was written, and nothing else");
    // At once: nobody waits for a lease to run out that was given back.
    let muster = installation.start();
    let begun = Instant::now();
    wait_for(&store, job_id, |job| job.progress.done() > left.progress.done()).await;
    assert!(begun.elapsed() < worker::runner::LEASE / 3, "{:?}", begun.elapsed());
    let job = wait_for(&store, job_id, |job| job.state.is_over()).await;
    assert_eq!((job.state, job.progress.applied), (JobState::Finished, PEOPLE));
    muster.terminate();
    has_each_once(&store).await;
}

#[tokio::main]
async fn a_job_survives_kills_and_does_nothing_twice(installation: Installation) {
    installation.start().terminate();
    let store = installation.store().await;
    let job_id = commit(&store, "p", PEOPLE).await;
    for moment in [0, 1, PEOPLE / 3, PEOPLE / 2] {
        let mut muster = installation.start();
        let before = wait_for(&store, job_id, |job| job.progress.done() >= moment || job.state.is_over()).await;
        muster.kill();
        let after = wait_for(&store, job_id, |_| true).await;
        assert!(after.progress.done() >= before.progress.done());
        assert_eq!(users(&store).await, after.progress.applied, "what was counted was written, and nothing else");
        // As if the lease had run out: a test does not wait for it. The next to claim is the next server.
        store.claim_job("test", now_ms() + 3_600_000, 0).await.expect("answers");
    }
    let muster = installation.start();
    let job = wait_for(&store, job_id, |job| job.state.is_over()).await;
    assert_eq!((job.state, job.progress.applied, job.progress.done()), (JobState::Finished, PEOPLE, PEOPLE));
    muster.terminate();
    has_each_once(&store).await;
}
