//! The rows that were not applied, as a file.

use crate::{
    api::job::{JobView, count_undone},
    components::{allowed::Allowed, export::format_word},
    export::FileFormat,
    text,
};
use identity::role::Permission;
use leptos::prelude::*;

/// Links to the file, once the job is over and when there is something in it: for whoever committed the job, and for
/// those who may export.
#[component]
pub fn RestLinks(
    /// The job.
    job: RwSignal<JobView>,
) -> AnyView {
    let job_id = job.with_untracked(|job| job.job_id);
    let is_over = Memo::new(move |_| job.with(|job| job.state.is_over()));
    let undone = Resource::new(
        move || is_over.get(),
        move |is_over| async move { if is_over { count_undone(job_id).await.unwrap_or(0) } else { 0 } },
    );
    let link = move |format: FileFormat| {
        let href = format!("/export/jobs/{job_id}/rest?format={}", format.code());
        view! { " " <a rel="external" href=href>{format_word(format)}</a> }
    };
    let links = move |rows: u32| {
        view! {
            <p>
                {text!(export.undone, count = rows, n = text::number(rows))}
                {FileFormat::ALL.map(link).into_iter().collect_view()}
            </p>
        }
    };
    let mine = job.with_untracked(|job| job.mine);
    view! {
        <Transition>
            {move || {
                let rows = undone.get().filter(|rows| *rows > 0)?;
                Some(match mine {
                    true => links(rows).into_any(),
                    false => view! { <Allowed permission=Permission::Export>{links(rows)}</Allowed> }.into_any(),
                })
            }}
        </Transition>
    }
    .into_any()
}
