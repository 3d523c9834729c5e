//! What became of a row, as a word and as a reason.

use crate::{api::job::NO_OUTCOME, text};
use leptos::prelude::*;

/// The word of an outcome's code. A row without one is only late while the job is not over.
pub fn outcome_word(code: &str, is_over: bool) -> &'static str {
    match code {
        "applied" => text!(jobs.outcome_applied),
        "already_applied" => text!(jobs.outcome_already_applied),
        "stale" => text!(jobs.outcome_stale),
        "username_taken" => text!(jobs.outcome_username_taken),
        "entry_taken" => text!(jobs.outcome_entry_taken),
        "user_gone" => text!(jobs.outcome_user_gone),
        "role_gone" => text!(jobs.outcome_role_gone),
        "group_gone" => text!(jobs.outcome_group_gone),
        "not_allowed" => text!(jobs.outcome_not_allowed),
        _ if is_over => text!(jobs.outcome_none),
        _ => text!(jobs.outcome_pending),
    }
}

/// Why a row has the outcome of this code, as a sentence.
pub fn outcome_reason(code: &str, is_over: bool) -> &'static str {
    match code {
        "applied" => text!(jobs.reason_applied),
        "already_applied" => text!(jobs.reason_already_applied),
        "stale" => text!(jobs.reason_stale),
        "username_taken" => text!(jobs.reason_username_taken),
        "entry_taken" => text!(jobs.reason_entry_taken),
        "user_gone" => text!(jobs.reason_user_gone),
        "role_gone" => text!(jobs.reason_role_gone),
        "group_gone" => text!(jobs.reason_group_gone),
        "not_allowed" => text!(jobs.reason_not_allowed),
        _ if is_over => text!(jobs.reason_none),
        _ => text!(jobs.reason_pending),
    }
}

/// The symbol of an outcome's code.
pub fn outcome_symbol(code: &str) -> &'static str {
    match code {
        "applied" | "already_applied" => "✓",
        "stale" => "↻",
        NO_OUTCOME => "…",
        _ => "✕",
    }
}

/// What became of a row, and why.
#[component]
pub fn OutcomeView(
    /// The code.
    code: &'static str,
    /// Whether the job was over when this was read.
    is_over: bool,
) -> AnyView {
    view! {
        <span class=format!("outcome outcome-{code}")>
            <strong>
                <span aria-hidden="true">{outcome_symbol(code)}</span>
                " "
                {outcome_word(code, is_over)}
            </strong>
            <small class="quiet">{outcome_reason(code, is_over)}</small>
        </span>
    }
    .into_any()
}
