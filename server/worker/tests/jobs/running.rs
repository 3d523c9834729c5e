//! Jobs that go well, jobs that are stopped, and several workers at once.

use crate::installation::{Installation, on_both};
use job::JobState;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use worker::Worker;

#[tokio::test]
async fn a_job_applies_every_row_and_ends() {
    on_both(async |installation: &Installation| {
        let job_id = installation.commit("p", 2_300).await;
        assert!(installation.run_next().await);
        let job = installation.job(job_id).await;
        assert_eq!((job.state, job.progress.total, job.progress.applied), (JobState::Finished, 2_300, 2_300));
        assert!(job.started_at.is_some() && job.ended_at.is_some() && job.failure.is_none());
        installation.has_each_once("p", 2_300).await;
        assert!(!installation.run_next().await, "there is nothing left to do");
    })
    .await;
}

#[tokio::test]
async fn the_same_rows_again_are_nothing_to_do() {
    on_both(async |installation: &Installation| {
        installation.commit("p", 10).await;
        installation.run_next().await;
        assert!(installation.plan("p", 10).await.1.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_user_that_changed_meanwhile_is_left_alone_and_counted() {
    on_both(async |installation: &Installation| {
        installation.commit("p", 10).await;
        installation.run_next().await;
        let job_id = installation.commit_update("p", 10, "Changed").await;
        installation.edit_by_hand("p3").await;
        installation.run_next().await;
        let progress = installation.job(job_id).await.progress;
        assert_eq!((progress.total, progress.applied, progress.stale, progress.rejected), (10, 9, 1, 0));
        assert_eq!(installation.user("p3").await.user.fields.first_name.as_deref(), Some("By hand"));
    })
    .await;
}

#[tokio::test]
async fn a_name_that_was_taken_meanwhile_is_rejected_and_counted() {
    on_both(async |installation: &Installation| {
        let job_id = installation.commit("p", 10).await;
        installation.create_by_hand("P7").await;
        installation.run_next().await;
        let job = installation.job(job_id).await;
        assert_eq!(job.state, JobState::Finished);
        assert_eq!((job.progress.applied, job.progress.stale + job.progress.rejected), (9, 1));
        assert_eq!(job.progress.done(), job.progress.total);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_was_stopped_before_it_began_writes_nothing() {
    on_both(async |installation: &Installation| {
        let job_id = installation.commit("p", 10).await;
        installation.store.request_stop(job_id, 1).await.expect("the store answers");
        assert!(!installation.run_next().await);
        let job = installation.job(job_id).await;
        assert_eq!((job.state, job.progress.done()), (JobState::Stopped, 0));
        installation.has_each_once("p", 0).await;
    })
    .await;
}

#[tokio::test]
async fn a_program_that_ends_leaves_its_job_to_be_resumed_at_once() {
    on_both(async |installation: &Installation| {
        let job_id = installation.commit("p", 10).await;
        let ended = CancellationToken::new();
        ended.cancel();
        let worker = Worker::new(installation.store.clone(), "first").with_lease(Duration::from_secs(3600));
        assert!(worker.run_next(&ended).await.expect("the store answers"));
        assert!(!installation.job(job_id).await.state.is_over());
        assert!(installation.run_next().await, "the lease of an hour was given back");
        assert_eq!(installation.job(job_id).await.state, JobState::Finished);
        installation.has_each_once("p", 10).await;
    })
    .await;
}

#[tokio::test]
async fn several_workers_share_the_jobs_and_do_nothing_twice() {
    on_both(async |installation: &Installation| {
        let mut jobs = vec![];
        for prefix in ["a", "b", "c", "d", "e"] {
            jobs.push(installation.commit(prefix, 300).await);
        }
        let shutdown = CancellationToken::new();
        let mut workers = tokio::task::JoinSet::new();
        for number in 0..3 {
            let (worker, told) = (Worker::new(installation.store.clone(), format!("w{number}")), shutdown.clone());
            workers.spawn(async move { worker.run(&told).await });
        }
        let mut news = installation.store.news();
        for job_id in &jobs {
            while !installation.job(*job_id).await.state.is_over() {
                news.wait().await;
            }
        }
        shutdown.cancel();
        while workers.join_next().await.is_some() {}
        for (job_id, prefix) in jobs.iter().zip(["a", "b", "c", "d", "e"]) {
            let job = installation.job(*job_id).await;
            assert_eq!((job.state, job.progress.applied), (JobState::Finished, 300));
            installation.has_each_once(prefix, 300).await;
        }
    })
    .await;
}
