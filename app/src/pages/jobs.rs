//! The history of jobs.

mod filters;

use crate::{
    api::job::{JobView, list_jobs},
    components::{
        allowed::Allowed,
        empty_state::EmptyState,
        grid::{BLOCK, Cell, Column, Grid, Rows},
        job_kind::{object_counts, object_word},
        job_state::JobStateBadge,
        live::Live,
        page_header::PageHeader,
        time::Time,
    },
    text,
};
use filters::{Filters, JobFilters};
use identity::role::Permission;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::sync::Arc;

/// The history of jobs.
#[component]
pub fn JobsPage() -> AnyView {
    let filters = Filters::of_address();
    let live = Live::here();
    // A job that the stream tells of for the first time belongs into the list.
    let known = Memo::new(move |_| live.known_jobs());
    let first = Resource::new(move || filters.query(0, BLOCK), list_jobs);
    let rows = Rows::fetched(first, move |offset| list_jobs(untrack(|| filters.query(offset, BLOCK))))
        .again_on(move || known.get());
    let columns = vec![
        Column::new("job", text!(jobs.column_job)),
        Column::new("state", text!(jobs.column_state)),
        Column::new("progress", text!(jobs.column_progress)),
        Column::new("author", text!(jobs.column_author)),
        Column::new("created", text!(jobs.column_created)),
    ];
    let navigate = use_navigate();
    view! {
        <div class="grid-page">
            <PageHeader title=text!(jobs.title) />
            <JobFilters filters />
            <Grid
                label=text!(jobs.title)
                class="grid-jobs"
                columns
                rows
                cells=|_, job: JobView| view! { <JobCells job /> }.into_any()
                empty=move || view! { <NoJobs filters /> }
                on_open=Arc::new(move |_, job: JobView| {
                    navigate(&format!("/jobs/{}", job.job_id), NavigateOptions::default());
                })
            />
        </div>
    }
    .into_any()
}

/// The cells of a job. State and numbers follow the stream.
#[component]
fn JobCells(
    /// The job.
    job: JobView,
) -> AnyView {
    let live = Live::here();
    let job_id = job.job_id;
    let stored = (job.state, job.progress);
    let now = Memo::new(move |_| live.job(job_id).map_or(stored, |news| (news.state, news.progress)));
    let state = Signal::derive(move || now.get().0);
    let objects = object_word(job.kind);
    let counts = objects.map(|_| object_counts(&job));
    let rows = move || match &counts {
        Some(counts) => counts.clone(),
        None => {
            text!(jobs.progress_of, done = text::number(now.get().1.done()), total = text::number(now.get().1.total))
        }
    };
    let bar = move || {
        let (state, progress) = now.get();
        (!state.is_over()).then(|| {
            view! {
                <progress class="job-bar" aria-hidden="true" max=progress.total.max(1) value=progress.done()></progress>
            }
        })
    };
    let JobView { title, author_name, created_at, .. } = job;
    let heading = text!(jobs.heading, title = title);
    view! {
        <Cell class="cell-job" title=heading.clone()>
            <a tabindex="-1" href=format!("/jobs/{job_id}")>{heading}</a>
            " "
            <small class="quiet">
                {objects.map(|objects| format!("{objects} · "))} {text!(jobs.number, n = job_id.0)}
            </small>
        </Cell>
        <Cell><JobStateBadge state /></Cell>
        <Cell class="cell-progress">{rows} {bar}</Cell>
        <Cell title=author_name.clone()>{author_name}</Cell>
        <Cell><Time at=created_at /></Cell>
    }
    .into_any()
}

/// What is shown instead of no jobs.
#[component]
fn NoJobs(
    /// What was looked for.
    filters: Filters,
) -> AnyView {
    let why = move || {
        if filters.is_set() {
            view! {
                <EmptyState title=text!(jobs.no_match) why=text!(jobs.no_match_why)>
                    <a class="button" href="/jobs">{text!(jobs.clear_filters)}</a>
                </EmptyState>
            }
        } else {
            view! {
                <EmptyState title=text!(jobs.empty) why=text!(jobs.empty_why)>
                    <Allowed permission=Permission::Import>
                        <a class="button is-primary" href="/import">{text!(jobs.empty_next)}</a>
                    </Allowed>
                </EmptyState>
            }
        }
        .into_any()
    };
    why.into_any()
}
