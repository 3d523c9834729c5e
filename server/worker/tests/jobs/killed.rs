//! Workers that die at each step, and what the next one makes of it.

use crate::installation::{Installation, on_both};
use job::JobState;
use std::time::Duration;
use store::jobs::{Claim, Held, PageApplied};

/// A claim whose lease has run out already, as that of a worker that is dead.
async fn claimed_and_dead(installation: &Installation) -> Claim {
    let claim = installation.store.claim_job("dead", 2_000, 1_000).await.expect("the store answers");
    claim.expect("there is a job")
}

/// The next page of a worker that dies after it.
async fn page(installation: &Installation, claim: &Claim, rows: u32) -> PageApplied {
    match installation.store.apply_page(claim, rows, 2_000, 1_000).await.expect("the store answers") {
        Held::Yes(page) => page,
        Held::Lost => panic!("nobody else has it"),
    }
}

#[tokio::test]
async fn killed_after_claiming() {
    on_both(async |installation: &Installation| {
        let job_id = installation.commit("p", 50).await;
        claimed_and_dead(installation).await;
        installation.run_next().await;
        assert_eq!(installation.job(job_id).await.progress.applied, 50);
        installation.has_each_once("p", 50).await;
    })
    .await;
}

#[tokio::test]
async fn killed_between_pages() {
    on_both(async |installation: &Installation| {
        let job_id = installation.commit("p", 50).await;
        for rows in [10, 20] {
            let claim = claimed_and_dead(installation).await;
            page(installation, &claim, rows).await;
        }
        assert_eq!(installation.job(job_id).await.progress.applied, 30);
        installation.run_next().await;
        let job = installation.job(job_id).await;
        assert_eq!((job.state, job.progress.applied, job.progress.done()), (JobState::Finished, 50, 50));
        installation.has_each_once("p", 50).await;
    })
    .await;
}

#[tokio::test]
async fn killed_at_any_moment_of_a_page() {
    on_both(async |installation: &Installation| {
        let job_id = installation.commit("p", 2_000).await;
        // A transaction that is dropped ends as one whose process was killed. The moments differ from machine to
        // machine; what must be true afterwards is true for each.
        for moment in [0, 100, 500, 1_000, 2_000, 5_000, 10_000, 20_000] {
            let claim = claimed_and_dead(installation).await;
            let applying = installation.store.apply_page(&claim, 200, 2_000, 1_000);
            let finished = tokio::time::timeout(Duration::from_micros(moment), applying).await.is_ok();
            let progress = installation.job(job_id).await.progress;
            assert_eq!(progress.done() % 200, 0, "a page is whole or not at all");
            assert_eq!(installation.count("p").await, progress.applied, "finished: {finished}");
        }
        installation.run_next().await;
        let job = installation.job(job_id).await;
        assert_eq!((job.state, job.progress.applied), (JobState::Finished, 2_000));
        installation.has_each_once("p", 2_000).await;
    })
    .await;
}

#[tokio::test]
async fn killed_after_the_last_page() {
    on_both(async |installation: &Installation| {
        let job_id = installation.commit("p", 50).await;
        let claim = claimed_and_dead(installation).await;
        while !page(installation, &claim, 20).await.last {}
        assert!(!installation.job(job_id).await.state.is_over());
        installation.run_next().await;
        let job = installation.job(job_id).await;
        assert_eq!((job.state, job.progress.applied, job.progress.done()), (JobState::Finished, 50, 50));
        installation.has_each_once("p", 50).await;
    })
    .await;
}

#[tokio::test]
async fn killed_after_it_was_asked_to_stop() {
    on_both(async |installation: &Installation| {
        let job_id = installation.commit("p", 50).await;
        let claim = claimed_and_dead(installation).await;
        page(installation, &claim, 20).await;
        installation.store.request_stop(job_id, 1_500).await.expect("the store answers");
        assert_eq!(installation.job(job_id).await.state, JobState::Stopping);
        installation.run_next().await;
        let job = installation.job(job_id).await;
        assert_eq!((job.state, job.progress.applied), (JobState::Stopped, 20));
        installation.has_each_once("p", 20).await;
    })
    .await;
}

#[tokio::test]
async fn declared_dead_and_still_alive_it_writes_nothing() {
    on_both(async |installation: &Installation| {
        installation.commit("p", 50).await;
        let late = claimed_and_dead(installation).await;
        page(installation, &late, 10).await;
        let next = claimed_and_dead(installation).await;
        assert!(next.fence > late.fence);
        let store = &installation.store;
        assert_eq!(store.apply_page(&late, 10, 2_000, 1_000).await.expect("answers"), Held::Lost);
        assert_eq!(store.keep_claim(&late, 9_000).await.expect("answers"), Held::Lost);
        let ended = store.end_job(&late, job::JobEvent::Failed, Some(job::JobFailure::NotAccepted), 1_000).await;
        assert_eq!(ended.expect("answers"), Held::Lost);
        assert_eq!(installation.count("p").await, 10);
        page(installation, &next, 40).await;
        installation.run_next().await;
        installation.has_each_once("p", 50).await;
    })
    .await;
}
