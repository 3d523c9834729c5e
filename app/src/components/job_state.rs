//! The state of a job, as a symbol and a word.

use crate::text;
use job::JobState;
use leptos::prelude::*;

/// The word of a state.
pub fn state_word(state: JobState) -> &'static str {
    match state {
        JobState::Queued => text!(jobs.state_queued),
        JobState::Running => text!(jobs.state_running),
        JobState::Stopping => text!(jobs.state_stopping),
        JobState::Stopped => text!(jobs.state_stopped),
        JobState::Finished => text!(jobs.state_finished),
        JobState::Failed => text!(jobs.state_failed),
    }
}

fn symbol(state: JobState) -> &'static str {
    match state {
        JobState::Queued => "…",
        JobState::Running => "▸",
        JobState::Stopping | JobState::Stopped => "■",
        JobState::Finished => "✓",
        JobState::Failed => "✕",
    }
}

/// The state of a job.
#[component]
pub fn JobStateBadge(
    /// The state.
    #[prop(into)]
    state: Signal<JobState>,
) -> AnyView {
    view! {
        <span class=move || format!("job-state job-state-{}", state.get().code())>
            <span aria-hidden="true">{move || symbol(state.get())}</span>
            " "
            {move || state_word(state.get())}
        </span>
    }
    .into_any()
}
