//! Which state may follow which.

use serde::{Deserialize, Serialize};

/// The state of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for a worker.
    Queued,
    /// A worker has it.
    Running,
    /// A worker has it and ends after the page in hand.
    Stopping,
    /// Ended because a person asked; what was done stays.
    Stopped,
    /// Every row has an outcome.
    Finished,
    /// Ended by an error; what was done stays.
    Failed,
}

/// What happens to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobEvent {
    /// A worker took it, or took it over from one that was declared dead.
    Claimed,
    /// A person asked to stop.
    StopRequested,
    /// The worker stopped after a page.
    Stopped,
    /// The worker reached the last row.
    Completed,
    /// The worker cannot go on.
    Failed,
}

/// An event that a state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a job that is {state:?} cannot take the event {event:?}")]
pub struct InvalidTransition {
    /// The state it was in.
    pub state: JobState,
    /// What happened.
    pub event: JobEvent,
}

impl JobState {
    /// Every state.
    pub const ALL: [JobState; 6] = [
        JobState::Queued,
        JobState::Running,
        JobState::Stopping,
        JobState::Stopped,
        JobState::Finished,
        JobState::Failed,
    ];

    /// The state after an event.
    pub fn after(self, event: JobEvent) -> Result<JobState, InvalidTransition> {
        use JobEvent as E;
        use JobState as S;
        match (self, event) {
            (S::Queued | S::Running, E::Claimed) => Ok(S::Running),
            // Taken over from a dead worker: the wish to stop outlives the worker that should have heard it.
            (S::Stopping, E::Claimed) => Ok(S::Stopping),
            (S::Queued, E::StopRequested) => Ok(S::Stopped),
            (S::Running | S::Stopping, E::StopRequested) => Ok(S::Stopping),
            (S::Stopping, E::Stopped) => Ok(S::Stopped),
            // The page in hand was the last one.
            (S::Running | S::Stopping, E::Completed) => Ok(S::Finished),
            (S::Running | S::Stopping, E::Failed) => Ok(S::Failed),
            (state, event) => Err(InvalidTransition { state, event }),
        }
    }

    /// Whether nothing can happen any more.
    pub fn is_over(self) -> bool {
        matches!(self, JobState::Stopped | JobState::Finished | JobState::Failed)
    }

    /// The text that is stored and that addresses hold.
    pub fn code(self) -> &'static str {
        match self {
            JobState::Queued => "queued",
            JobState::Running => "running",
            JobState::Stopping => "stopping",
            JobState::Stopped => "stopped",
            JobState::Finished => "finished",
            JobState::Failed => "failed",
        }
    }

    /// The state with this text.
    pub fn parse(code: &str) -> Option<Self> {
        JobState::ALL.into_iter().find(|state| state.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [JobEvent; 5] =
        [JobEvent::Claimed, JobEvent::StopRequested, JobEvent::Stopped, JobEvent::Completed, JobEvent::Failed];

    #[test]
    fn a_job_that_is_over_stays_over() {
        for state in JobState::ALL.into_iter().filter(|state| state.is_over()) {
            for event in EVENTS {
                assert_eq!(state.after(event), Err(InvalidTransition { state, event }));
            }
        }
    }

    #[test]
    fn every_job_can_end() {
        for state in JobState::ALL.into_iter().filter(|state| !state.is_over()) {
            assert!(EVENTS.into_iter().any(|event| state.after(event).is_ok_and(|next| next != state)));
        }
    }

    #[test]
    fn a_wish_to_stop_outlives_the_worker() {
        assert_eq!(JobState::Stopping.after(JobEvent::Claimed), Ok(JobState::Stopping));
    }

    #[test]
    fn a_state_reads_back_from_its_code() {
        for state in JobState::ALL {
            assert_eq!(JobState::parse(state.code()), Some(state));
        }
    }
}
