//! What browsers are told: rows, so that one that was away gets what it missed.
//!
//! The store itself writes them, in the transaction of what they tell of: a job that moved on, and notifications that
//! one started and how it ended, for the job's author. Job events are for everyone who may see jobs.

use crate::job_row::progress;
use crate::sql::sql;
use crate::work::Work;
use crate::{Store, StoreError};
use identity::id::{EventId, JobId, UserId};
use job::{Event, JobState, Notification};

macro_rules! select_events {
    () => {
        "SELECT event_id, events.kind, events.job_id, events.state, events.total, events.applied, events.stale, \
         events.rejected, at, seen, title FROM events JOIN jobs ON jobs.job_id = events.job_id"
    };
}

impl Store {
    /// The number of the newest event.
    pub async fn last_event_id(&self) -> Result<EventId, StoreError> {
        let mut work = self.read("read the newest event").await?;
        let (newest,) = work.one::<(Option<i64>,)>(sql("SELECT max(event_id) FROM events")).await?;
        Ok(EventId(newest.unwrap_or_default()))
    }

    /// Events after a number that concern a user, oldest first. Of several events of the same job that are
    /// due at once only the newest is given.
    pub async fn events_after(
        &self,
        user_id: UserId,
        after: EventId,
        limit: u32,
    ) -> Result<Vec<(EventId, Event)>, StoreError> {
        let mut work = self.read("read events").await?;
        let statement = sql(concat!(
            select_events!(),
            " WHERE event_id > $1 AND (events.user_id IS NULL OR events.user_id = $2) ORDER BY event_id LIMIT $3"
        ));
        let statement = statement.bind(after.0).bind(user_id.0).bind(limit.clamp(1, 1000));
        let rows: Vec<EventRow> = work.all(statement).await?;
        rows.into_iter().map(EventRow::into_event).collect()
    }

    /// A user's notifications, newest first.
    pub async fn list_notifications(&self, user_id: UserId, limit: u32) -> Result<Vec<Notification>, StoreError> {
        let mut work = self.read("list notifications").await?;
        let statement = sql(concat!(
            select_events!(),
            " WHERE events.user_id = $1 AND events.kind = 'notification' ORDER BY event_id DESC LIMIT $2"
        ));
        let rows: Vec<EventRow> = work.all(statement.bind(user_id.0).bind(limit.clamp(1, 1000))).await?;
        rows.into_iter().map(EventRow::into_notification).collect()
    }

    /// Marks all notifications up to this one as seen.
    pub async fn mark_seen(&self, user_id: UserId, up_to: EventId) -> Result<(), StoreError> {
        let mut work = self.write("mark notifications as seen").await?;
        let statement = sql("UPDATE events SET seen = 1 WHERE user_id = $1 AND event_id <= $2 AND seen = 0");
        work.run(statement.bind(user_id.0).bind(up_to.0)).await?;
        work.commit().await
    }
}

/// Tells everyone how a job stands. Older events of this kind say nothing any more, so they go: a browser that was
/// away is told once, and the table stays small.
pub(crate) async fn tell_all(work: &mut Work, job_id: JobId, now: i64) -> Result<(), StoreError> {
    work.run(sql("DELETE FROM events WHERE job_id = $1 AND kind = 'job'").bind(job_id.0)).await?;
    let statement = sql("INSERT INTO events (user_id, kind, job_id, state, total, applied, stale, rejected, at) \
         SELECT NULL, 'job', job_id, state, total, applied, stale, rejected, $2 FROM jobs WHERE job_id = $1");
    work.run(statement.bind(job_id.0).bind(now)).await?;
    work.announce(job_id.0).await
}

/// Notifies a job's author of how it stands.
pub(crate) async fn notify_author(work: &mut Work, job_id: JobId, now: i64) -> Result<(), StoreError> {
    let statement = sql("INSERT INTO events (user_id, kind, job_id, state, total, applied, stale, rejected, at) \
         SELECT author_id, 'notification', job_id, state, total, applied, stale, rejected, $2 \
         FROM jobs WHERE job_id = $1");
    work.run(statement.bind(job_id.0).bind(now)).await?;
    work.announce(job_id.0).await
}

#[derive(Debug, sqlx::FromRow)]
struct EventRow {
    event_id: i64,
    kind: String,
    job_id: i64,
    state: String,
    total: i64,
    applied: i64,
    stale: i64,
    rejected: i64,
    at: i64,
    seen: i64,
    title: String,
}

impl EventRow {
    fn into_event(self) -> Result<(EventId, Event), StoreError> {
        let event_id = EventId(self.event_id);
        if self.kind == "notification" {
            return Ok((event_id, Event::Notification(self.into_notification()?)));
        }
        let Notification { job_id, state, progress, title, event_id: _, seen: _, at: _ } = self.into_notification()?;
        Ok((event_id, Event::Job { job_id, state, progress, title }))
    }

    fn into_notification(self) -> Result<Notification, StoreError> {
        let EventRow { event_id, kind: _, job_id, state, total, applied, stale, rejected, at, seen, title } = self;
        Ok(Notification {
            event_id: EventId(event_id),
            job_id: JobId(job_id),
            state: JobState::parse(&state).ok_or(StoreError::Corrupt { what: "event" })?,
            progress: progress(total, applied, stale, rejected),
            title,
            seen: seen != 0,
            at,
        })
    }
}
