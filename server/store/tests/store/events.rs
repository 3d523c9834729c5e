//! What browsers are told.

use crate::support::{each_database, fields, people};
use identity::id::EventId;
use job::{Event, JobEvent, JobState};
use plan::Selection;
use std::collections::BTreeSet;
use std::time::Duration;

#[tokio::test]
async fn a_browser_that_was_away_gets_what_it_missed() {
    each_database(async |database| {
        let store = &database.store;
        let before = store.last_event_id().await.unwrap();
        let plan_id = database.planned(&people(0..30)).await;
        let job_id = database.committed(plan_id, &Selection::default()).await;
        let queued = store.events_after(database.admin, before, 100).await.unwrap();
        assert!(matches!(queued.as_slice(), [(_, Event::Job { state: JobState::Queued, .. })]), "{queued:?}");
        let claim = database.claimed().await;
        for _ in 0..3 {
            database.page(&claim, 10).await;
        }
        let started = store.events_after(database.admin, queued[0].0, 100).await.unwrap();
        let [(_, Event::Notification(start)), (_, Event::Job { job_id: told, state, progress, title })] =
            started.as_slice()
        else {
            panic!("the start, and the newest of the pages: {started:?}")
        };
        assert_eq!((start.job_id, start.state, start.seen), (job_id, JobState::Running, false));
        assert_eq!((*told, *state, progress.applied, title.as_str()), (job_id, JobState::Running, 30, "Staff"));
        store.end_job(&claim, JobEvent::Completed, None, 50).await.unwrap();
        let last = started[1].0;
        let ended = store.events_after(database.admin, last, 100).await.unwrap();
        let [(_, Event::Job { state: JobState::Finished, .. }), (newest, Event::Notification(end))] = ended.as_slice()
        else {
            panic!("{ended:?}")
        };
        assert_eq!((end.state, end.progress.applied, end.event_id), (JobState::Finished, 30, *newest));
        assert_eq!(store.last_event_id().await.unwrap(), *newest);
        assert_eq!(store.events_after(database.admin, *newest, 100).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_notification_is_for_the_author_and_is_seen_once() {
    each_database(async |database| {
        let store = &database.store;
        let other = database.created(&fields("other"), &BTreeSet::new()).await.user_id;
        database.imported(&people(0..1)).await;
        let events = store.events_after(other, EventId(0), 100).await.unwrap();
        assert!(matches!(events.as_slice(), [(_, Event::Job { .. })]), "{events:?}");
        assert_eq!(store.list_notifications(other, 10).await.unwrap(), []);
        let [end, start] = store.list_notifications(database.admin, 10).await.unwrap().try_into().unwrap();
        assert_eq!((start.state, end.state), (JobState::Running, JobState::Finished));
        store.mark_seen(other, end.event_id).await.unwrap();
        assert!(!store.list_notifications(database.admin, 1).await.unwrap()[0].seen);
        store.mark_seen(database.admin, start.event_id).await.unwrap();
        let seen: Vec<_> = store.list_notifications(database.admin, 10).await.unwrap();
        assert_eq!(seen.iter().map(|notification| notification.seen).collect::<Vec<_>>(), [false, true]);
    })
    .await;
}

#[tokio::test]
async fn whoever_waits_hears_of_a_write_of_another_store() {
    each_database(async |database| {
        let plan_id = database.planned(&people(0..1)).await;
        let mut news = database.store.news();
        database.committed(plan_id, &Selection::default()).await;
        tokio::time::timeout(Duration::from_millis(1500), news.wait()).await.expect("a write of this process");
        if database.url.starts_with("postgres") {
            let key = store::secrets::SecretKey::new(crate::support::KEY);
            let other = store::Store::open(&database.url, key).await.unwrap();
            let mut news = other.news();
            // The listener says so once it listens.
            news.wait().await;
            database.claimed().await;
            tokio::time::timeout(Duration::from_millis(1500), news.wait()).await.expect("another server's write");
            other.close().await;
        }
        // Nobody writes: at most two seconds.
        tokio::time::timeout(Duration::from_secs(4), database.store.news().wait()).await.expect("patience ends");
    })
    .await;
}
