//! The queue and the list of jobs.

use crate::support::{each_database, fields, people};
use identity::field::{Field, Patch};
use identity::id::JobId;
use job::{JobEvent, JobFailure, JobSource, JobState};
use plan::Selection;
use std::collections::BTreeSet;
use store::StoreError;
use store::jobs::{Held, JobQuery};
use store::plans::PlanSource;

#[tokio::test]
async fn jobs_are_claimed_in_order_and_by_one_worker_each() {
    each_database(async |database| {
        let all = Selection::default();
        let mut jobs = vec![];
        for number in 0..3 {
            let plan_id = database.planned(&people(number..number + 1)).await;
            jobs.push(database.committed(plan_id, &all).await);
        }
        let claim = || database.store.claim_job("w", 30, 1000);
        let claims = tokio::join!(claim(), claim(), claim(), claim());
        let claims = [claims.0, claims.1, claims.2, claims.3];
        let mut claimed: Vec<_> = claims.into_iter().filter_map(|claim| claim.unwrap()).map(|c| c.job_id).collect();
        claimed.sort();
        assert_eq!(claimed, jobs);
    })
    .await;
}

#[tokio::test]
async fn a_queued_job_that_is_stopped_is_never_claimed() {
    each_database(async |database| {
        let store = &database.store;
        let plan_id = database.planned(&people(0..1)).await;
        let job_id = database.committed(plan_id, &Selection::default()).await;
        assert_eq!(store.request_stop(job_id, 21).await.unwrap(), Some(JobState::Stopped));
        assert_eq!(store.claim_job("w", 30, 1000).await.unwrap(), None);
        assert_eq!(store.find_job(job_id).await.unwrap().unwrap().ended_at, Some(21));
        assert_eq!(store.request_stop(JobId(4711), 21).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_end_that_cannot_be_is_an_error_and_changes_nothing() {
    each_database(async |database| {
        let store = &database.store;
        let plan_id = database.planned(&people(0..1)).await;
        let job_id = database.committed(plan_id, &Selection::default()).await;
        let claim = database.claimed().await;
        let stopped = store.end_job(&claim, JobEvent::Stopped, None, 41).await;
        assert!(matches!(stopped, Err(StoreError::Transition(_))), "nobody asked to stop");
        assert_eq!(store.find_job(job_id).await.unwrap().unwrap().state, JobState::Running);
        let failed = store.end_job(&claim, JobEvent::Failed, Some(JobFailure::DiskFull), 42).await.unwrap();
        assert_eq!(failed, Held::Yes(JobState::Failed));
        let job = store.find_job(job_id).await.unwrap().unwrap();
        assert_eq!(job.failure, Some(JobFailure::DiskFull));
        assert_eq!((job.created_at, job.started_at, job.ended_at), (20, Some(30), Some(42)));
    })
    .await;
}

#[tokio::test]
async fn the_jobs_of_a_directory_that_is_removed_stop() {
    each_database(async |database| {
        let store = &database.store;
        let all = Selection::default();
        let running = database.planned(&people(0..30)).await;
        let queued = database.planned(&people(40..50)).await;
        let running = database.committed(running, &all).await;
        let queued = database.committed(queued, &all).await;
        let claim = database.claimed().await;
        database.page(&claim, 10).await;
        store.remove_directory(database.directory_id, database.admin, 45).await.unwrap();
        assert_eq!(store.find_job(queued).await.unwrap().unwrap().state, JobState::Stopped);
        let page = database.page(&claim, 10).await;
        assert_eq!((page.stop_requested, page.progress.applied), (true, 10));
        assert_eq!(store.find_job(running).await.unwrap().unwrap().state, JobState::Stopping);
    })
    .await;
}

#[tokio::test]
async fn jobs_are_listed_newest_first_by_state_source_author_and_time() {
    each_database(async |database| {
        let store = &database.store;
        let first = database.imported(&people(0..1)).await;
        let plan_id = database.planned(&people(1..2)).await;
        let other = database.created(&fields("other"), &BTreeSet::new()).await;
        let second = match store.commit_plan(plan_id, &Selection::default(), other.user_id, 99).await.unwrap() {
            store::plans::Committed::Queued(job_id) => job_id,
            answer => panic!("{answer:?}"),
        };
        let list = async |query: JobQuery| {
            let page = store.list_jobs(&JobQuery { limit: 10, ..query }).await.unwrap();
            assert_eq!(page.total as usize, page.items.len());
            page.items.into_iter().map(|job| job.job_id).collect::<Vec<_>>()
        };
        assert_eq!(list(JobQuery::default()).await, [second, first]);
        assert_eq!(list(JobQuery { state: Some(JobState::Finished), ..JobQuery::default() }).await, [first]);
        assert_eq!(list(JobQuery { author: Some(other.user_id), ..JobQuery::default() }).await, [second]);
        assert_eq!(list(JobQuery { since: Some(99), ..JobQuery::default() }).await, [second]);
        let job = store.find_job(second).await.unwrap().unwrap();
        assert_eq!((job.author_name.as_str(), job.title.as_str()), ("other", "Staff"));

        let source = PlanSource {
            directory_id: None,
            name: "staff.csv".to_owned(),
            query: String::new(),
            request: "{}".to_owned(),
        };
        let plan_id = store.begin_plan(&source, &database.policy(), database.admin, 10).await.unwrap();
        let plan = database.plan_with(&people(2..3), &database.policy()).await;
        store.append_plan_rows(plan_id, &plan.rows).await.unwrap();
        store.finish_plan(plan_id, &plan.summary).await.unwrap();
        let third = database.committed(plan_id, &Selection::default()).await;
        let from = |source| JobQuery { source: Some(source), ..JobQuery::default() };
        assert_eq!(list(from(JobSource::File)).await, [third]);
        assert_eq!(list(from(JobSource::Directory)).await, [second, first]);
        let author = Some(other.user_id);
        assert_eq!(list(JobQuery { author, ..from(JobSource::File) }).await, []);

        let authors = async |limit| {
            let authors = store.list_job_authors(limit).await.unwrap();
            authors.into_iter().map(|author| (author.user_id, author.name)).collect::<Vec<_>>()
        };
        let (admin, other) = ((database.admin, "admin".to_owned()), (other.user_id, "other".to_owned()));
        assert_eq!(authors(9).await, [admin.clone(), other]);
        assert_eq!(authors(1).await, [admin]);
    })
    .await;
}

#[tokio::test]
async fn the_rest_of_a_job_is_what_was_picked_and_not_applied() {
    each_database(async |database| {
        let store = &database.store;
        database.imported(&people(0..3)).await;
        let mut records = people(0..8);
        for record in &mut records {
            record.fields.phone = Patch::Set("1".into());
        }
        let plan_id = database.planned(&records).await;
        let mut selection = Selection::default();
        selection.unpick_field(&Field::Email);
        selection.unpick_row(6);
        let job_id = database.committed(plan_id, &selection).await;
        let rest = async || {
            let rest = store.rest_of_job(job_id).await.unwrap().unwrap();
            assert_eq!((rest.plan_id, &rest.selection), (plan_id, &selection));
            rest.entries.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(rest().await, ["e0", "e1", "e2", "e3", "e4", "e5", "e7"]);
        // One is edited before the worker comes to it: it stays undone beside those that the worker did not come to.
        database.edited(&database.user("user1").await, |fields| fields.time_zone = Some("UTC".into())).await;
        let claim = database.claimed().await;
        database.page(&claim, 4).await;
        assert_eq!(rest().await, ["e1", "e4", "e5", "e7"]);
        assert_eq!(store.rest_of_job(JobId(4711)).await.unwrap(), None);
    })
    .await;
}
