//! What browsers are told: rows, so that one that was away gets what it missed.
//!
//! The store itself writes them, in the transaction of what they tell of: a job that moved on, and notifications that
//! one started and how it ended, for the job's author. Job events are for everyone who may see jobs.

use crate::{Store, StoreError};
use identity::id::{EventId, UserId};
use job::{Event, Notification};

impl Store {
    /// The number of the newest event.
    pub async fn last_event_id(&self) -> Result<EventId, StoreError> {
        todo!()
    }

    /// Events after a number that concern a user, oldest first. Of several events of the same job that are
    /// due at once only the newest is given.
    pub async fn events_after(
        &self,
        _user_id: UserId,
        _after: EventId,
        _limit: u32,
    ) -> Result<Vec<(EventId, Event)>, StoreError> {
        todo!()
    }

    /// Waits until there may be new events or jobs: a write of this process, PostgreSQL's NOTIFY, or two seconds.
    pub async fn wait_for_news(&self) {
        todo!()
    }

    /// A user's notifications, newest first.
    pub async fn list_notifications(&self, _user_id: UserId, _limit: u32) -> Result<Vec<Notification>, StoreError> {
        todo!()
    }

    /// Marks all notifications up to this one as seen.
    pub async fn mark_seen(&self, _user_id: UserId, _up_to: EventId) -> Result<(), StoreError> {
        todo!()
    }
}
