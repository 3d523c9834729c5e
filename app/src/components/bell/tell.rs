//! What the bell says aloud: toasts for what happens now, and the jobs that were running when the page was opened.

use super::note::note_text;
use crate::{
    api::job::{JobListQuery, list_jobs},
    browser,
    components::{live::Live, toast::Toasts},
    text,
};
use identity::id::EventId;
use job::JobState;
use leptos::prelude::*;

/// My jobs that are looked at when a page is opened.
const RECENT: u32 = 10;

/// Finds my running jobs, so that the title counts along after a reload.
pub(super) async fn running_jobs(live: Live) {
    let query = JobListQuery { mine: true, limit: RECENT, ..JobListQuery::default() };
    let Ok(jobs) = list_jobs(query).await else { return };
    for job in jobs.items.into_iter().filter(|job| !job.state.is_over()) {
        live.tell_job(job.job_id, job.state, job.progress, browser::now());
        live.tell_mine(job.job_id);
    }
}

/// Says in a toast what the stream tells.
pub(super) fn toasts(live: Live) {
    let toasts = Toasts::here();
    Effect::new(move |told: Option<Option<EventId>>| {
        let told = told.flatten();
        let notifications = live.notifications();
        for notification in notifications.iter().rev().filter(|notification| Some(notification.event_id) > told) {
            let link = (format!("/jobs/{}", notification.job_id), text!(jobs.see).to_owned());
            match notification.state {
                JobState::Failed => toasts.fail(note_text(notification), Some(link)),
                _ => toasts.say_with_link(note_text(notification), link.0, link.1),
            }
        }
        notifications.first().map(|newest| newest.event_id).max(told)
    });
}
