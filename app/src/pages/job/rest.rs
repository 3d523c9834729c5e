//! What a job left of its plan: the rows that were not applied, as a file, and how many nobody picked.

use crate::{
    api::job::{JobView, Undone, count_undone},
    components::{allowed::Allowed, export::format_word},
    export::FileFormat,
    text,
};
use identity::role::Permission;
use leptos::prelude::*;

/// How many rows were left out, for everybody; and links to the file, once the job is over and when there is something in it: for whoever committed the job, and for
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
        move |is_over| async move {
            if is_over { count_undone(job_id).await.unwrap_or_default() } else { Undone::default() }
        },
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
                let Undone { rows, left_out } = undone.get()?;
                let says = text!(jobs.left_out, count = left_out, n = text::number(left_out));
                let left_out = (left_out > 0).then(|| view! { <p class="quiet">{says}</p> });
                let links = (rows > 0).then(|| match mine {
                    true => links(rows).into_any(),
                    false => view! { <Allowed permission=Permission::Export>{links(rows)}</Allowed> }.into_any(),
                });
                Some((left_out, links))
            }}
        </Transition>
    }
    .into_any()
}
