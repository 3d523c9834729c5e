//! What a job is: what its rows are, its states, where they come from, the outcome of each of its rows, its progress, and what people are told.
//! Pure: the store keeps jobs, the worker runs them.

pub mod event;
pub mod failure;
pub mod kind;
pub mod outcome;
pub mod progress;
pub mod source;
pub mod state;

pub use event::{Event, Notification};
pub use failure::JobFailure;
pub use kind::JobKind;
pub use outcome::{Outcome, Rejection};
pub use progress::Progress;
pub use source::JobSource;
pub use state::{InvalidTransition, JobEvent, JobState};
