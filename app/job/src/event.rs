//! What browsers are told as it happens.

use crate::{JobState, Progress};
use identity::id::{EventId, JobId};
use serde::{Deserialize, Serialize};

/// One line of the event stream. Each is a row of the store, so a browser that was away gets what it missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A job moved on.
    Job {
        /// Which job.
        job_id: JobId,
        /// Its state now.
        state: JobState,
        /// How far it is.
        progress: Progress,
        /// What it imports, for people: the directory's name.
        title: String,
    },
    /// Something to tell the person: a toast now, a line under the bell later.
    Notification(Notification),
}

/// A message to a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Its number, which is also its place in the stream.
    pub event_id: EventId,
    /// What it is about.
    pub job_id: JobId,
    /// The state that the job reached: running (it started), or one of those that end it.
    pub state: JobState,
    /// How the job stood.
    pub progress: Progress,
    /// What the job imports, for people.
    pub title: String,
    /// Whether the person has seen it.
    pub seen: bool,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}
