//! Plans again what a job left undone.

use crate::{
    api::{job::JobView, plan::replan_rest},
    pages::review::replanning::{Ask, ReplanButton},
    text,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Plans again the rows that were not applied, once the job is over.
#[component]
pub fn AgainButton(
    /// The job.
    job: RwSignal<JobView>,
) -> AnyView {
    let undone = Memo::new(move |_| {
        job.with(|job| {
            let rest = job.progress.total.saturating_sub(job.progress.applied);
            if job.state.is_over() && job.can_import { rest } else { 0 }
        })
    });
    let button = move || {
        let rows = undone.get();
        (rows > 0).then(|| {
            let job_id = job.with_untracked(|job| job.job_id);
            let ask: Ask = Arc::new(move || Box::pin(replan_rest(job_id)));
            view! { <ReplanButton label=text!(jobs.again, count = rows, n = text::number(rows)) ask from="rest" /> }
        })
    };
    button.into_any()
}
