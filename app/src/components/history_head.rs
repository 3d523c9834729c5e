//! The head of a line of history: what happened, by whom, in which job, and when.

use crate::{components::time::Time, text};
use identity::id::JobId;
use leptos::prelude::*;

/// What happened to a user, a group or a role; what changed stands below it.
#[component]
pub fn HistoryHead(
    /// What happened, in a word.
    what: &'static str,
    /// Who did it.
    author: String,
    /// The job that did it for them.
    job_id: Option<JobId>,
    /// When, in milliseconds since 1970.
    at: i64,
) -> AnyView {
    let job = job_id.map(|job_id| {
        view! {
            " · "
            <a href=format!("/jobs/{job_id}")>{text!(users.by_job, number = job_id.0)}</a>
        }
    });
    view! {
        <p>
            <strong>{what}</strong>
            " "
            {text!(users.by, author = author)}
            {job}
            <br />
            <span class="quiet">
                <Time at />
            </span>
        </p>
    }
    .into_any()
}
