//! Plans again what a job left undone.

use crate::{
    api::{job::JobView, plan::replan_rest},
    components::error_view::ErrorView,
    text,
};
use identity::id::JobId;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Plans again the rows that were not applied, once the job is over.
#[component]
pub fn AgainButton(
    /// The job.
    job: RwSignal<JobView>,
) -> AnyView {
    let navigate = use_navigate();
    let again = Action::new(|job_id: &JobId| replan_rest(*job_id));
    Effect::new(move |_| {
        if let Some(Ok(plan_id)) = again.value().get() {
            navigate(&format!("/plans/{plan_id}?again=rest"), NavigateOptions::default());
        }
    });
    let undone = Memo::new(move |_| {
        job.with(|job| {
            let rest = job.progress.total.saturating_sub(job.progress.applied);
            if job.state.is_over() && job.can_import { rest } else { 0 }
        })
    });
    let busy = again.pending();
    let button = move || {
        let rows = undone.get();
        (rows > 0).then(|| {
            view! {
                <p>
                    <button
                        type="button"
                        class="button"
                        disabled=busy
                        on:click=move |_| { again.dispatch(job.with_untracked(|job| job.job_id)); }
                    >
                        {move || {
                            if busy.get() {
                                text!(jobs.again_busy).to_owned()
                            } else {
                                text!(jobs.again, count = rows, n = text::number(rows))
                            }
                        }}
                    </button>
                </p>
                {move || again.value().get().and_then(Result::err).map(|error| view! { <ErrorView error /> })}
            }
        })
    };
    button.into_any()
}
