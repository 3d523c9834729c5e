//! One notification, in words.

use crate::{components::time::Time, text};
use job::{JobState, Notification};
use leptos::prelude::*;

/// What a notification says.
pub fn note_text(notification: &Notification) -> String {
    let Notification { progress, title, state, .. } = notification;
    let (title, n, done) = (title.clone(), progress.total, progress.done());
    match state {
        JobState::Queued | JobState::Running | JobState::Stopping => {
            text!(jobs.note_started, title = title, n = text::number(n))
        }
        JobState::Finished => {
            text!(jobs.note_finished, title = title, applied = text::number(progress.applied), n = text::number(n))
        }
        JobState::Stopped => text!(jobs.note_stopped, title = title, done = text::number(done), n = text::number(n)),
        JobState::Failed => text!(jobs.note_failed, title = title, done = text::number(done), n = text::number(n)),
    }
}

/// A line of the bell's list.
#[component]
pub fn NoteLine(
    /// The notification.
    notification: Notification,
) -> AnyView {
    let class = if notification.seen { "note" } else { "note is-new" };
    view! {
        <li class=class>
            <a href=format!("/jobs/{}", notification.job_id)>{note_text(&notification)}</a>
            <small class="quiet"><Time at=notification.at /></small>
        </li>
    }
    .into_any()
}
