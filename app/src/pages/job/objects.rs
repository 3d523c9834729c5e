//! A job of groups or roles: over when it was made, and what it did with each of them.

use crate::{
    api::job::{JOB_CHANGES, JobChange, JobView, list_job_changes},
    browser,
    components::{
        error_view::{ErrorView, explain},
        job_kind::{object_counts, object_word},
        job_state::JobStateBadge,
        object_history::ObjectChanges,
        page_header::PageHeader,
        row_kind::{kind_symbol, kind_word},
        time::Time,
        toast::Toasts,
    },
    pages::file::queue::NotSent,
    text,
};
use identity::id::JobId;
use job::JobKind;
use leptos::{prelude::*, task::spawn_local};
use plan::{
    Kind,
    objects::{Attribute, Fate, ObjectNote},
};

/// The page of such a job.
#[component]
pub fn ObjectJob(
    /// The job.
    job: JobView,
) -> AnyView {
    Effect::new(|_| browser::focus("page-title"));
    let counts = object_counts(&job);
    let JobView { job_id, kind, title, state, progress, author_name, created_at, .. } = job;
    view! {
        <PageHeader title=text!(jobs.heading, title = title) />
        <p class="quiet">
            {text!(jobs.number, n = job_id.0)} " · " {object_word(kind)} " · " {text!(jobs.by, author = author_name)} " · "
            <Time at=created_at />
        </p>
        <section class="job-progress" aria-label=text!(jobs.progress)>
            <p class="job-says">
                <JobStateBadge state=Signal::stored(state) /> " " <strong>{counts}</strong>
            </p>
            <p class="quiet">{text!(jobs.at_once)}</p>
        </section>
        <section class="report" aria-labelledby="report">
            <h2 id="report">{text!(jobs.report)}</h2>
            <NotSent job_id />
            <Changes job_id kind total=progress.applied />
        </section>
    }
    .into_any()
}

/// What it did with each, a hundred at a time.
#[component]
fn Changes(
    /// The job.
    job_id: JobId,
    /// What its rows are.
    kind: JobKind,
    /// How many there are.
    total: u32,
) -> AnyView {
    let first = Resource::new(|| (), move |()| list_job_changes(job_id, 0));
    let more = RwSignal::new(Vec::<JobChange>::new());
    let table = move |changes: Vec<JobChange>| {
        let of_first = changes.len();
        let shown = Signal::derive(move || u32::try_from(of_first + more.with(Vec::len)).unwrap_or(u32::MAX));
        view! {
            <div class="table-scroll job-objects" tabindex="0" role="region" aria-label=text!(jobs.report_grid)>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text!(jobs.column_what)}</th>
                            <th scope="col">{text!(groups.name)}</th>
                            <th scope="col">{text!(jobs.column_changes)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {changes.into_iter().map(|change| view! { <Line change kind /> }).collect_view()}
                        <For
                            each=move || more.get().into_iter().enumerate()
                            key=|(place, _)| *place
                            children=move |(_, change)| view! { <Line change kind /> }
                        />
                    </tbody>
                </table>
            </div>
            <MoreButton job_id total shown more />
        }
    };
    view! {
        <Suspense fallback=|| view! { <p class="quiet" aria-busy="true">{text!(common.loading)}</p> }>
            {move || {
                first
                    .get()
                    .map(|answer| match answer {
                        Ok(changes) => table(changes).into_any(),
                        Err(error) => view! { <ErrorView error on_retry=move |()| first.refetch() /> }.into_any(),
                    })
            }}
        </Suspense>
    }
    .into_any()
}

/// Asks for the next ones, while there are more.
#[component]
fn MoreButton(
    /// The job.
    job_id: JobId,
    /// How many there are.
    total: u32,
    /// How many are shown.
    shown: Signal<u32>,
    /// Those behind the first ones.
    more: RwSignal<Vec<JobChange>>,
) -> AnyView {
    let toasts = Toasts::here();
    let busy = RwSignal::new(false);
    let ask = move |_| {
        busy.set(true);
        let offset = shown.get_untracked();
        spawn_local(async move {
            match list_job_changes(job_id, offset).await {
                Ok(changes) => drop(more.try_update(|more| more.extend(changes))),
                Err(error) => toasts.fail(explain(&error).what, None),
            }
            busy.try_set(false);
        });
    };
    let button = move || {
        let rest = total.saturating_sub(shown.get());
        (rest > 0).then(|| {
            let next = text::number(rest.min(JOB_CHANGES));
            view! {
                <p class="actions">
                    <button type="button" class="button" disabled=move || busy.get() on:click=ask>
                        {text!(objects.show_more, n = next)}
                    </button>
                </p>
            }
        })
    };
    button.into_any()
}

/// What it did with one.
#[component]
fn Line(
    /// What.
    change: JobChange,
    /// What its rows are.
    kind: JobKind,
) -> AnyView {
    let JobChange { subject, name, exists, note } = change;
    let ObjectNote { fate, mut texts, added_permissions, removed_permissions } = note;
    // The name of a new one stands beside it.
    texts.retain(|text| {
        text.attribute != Attribute::Name || text.after.as_ref() != Some(&name) || text.before.is_some()
    });
    let note = ObjectNote { fate, texts, added_permissions, removed_permissions };
    let what = if fate == Fate::Created { Kind::Create } else { Kind::Update };
    let list = if kind == JobKind::Roles { "roles" } else { "groups" };
    let name = match exists {
        true => view! { <a href=format!("/{list}/{subject}")>{name}</a> }.into_any(),
        false => view! { {name} " " <small class="quiet">{text!(jobs.gone_since)}</small> }.into_any(),
    };
    view! {
        <tr>
            <td>
                <span class=format!("row-kind is-{}", what.code())>
                    <span class="row-kind-symbol" aria-hidden="true">{kind_symbol(what)}</span>
                    {kind_word(what)}
                </span>
            </td>
            <th scope="row" dir="auto">{name}</th>
            <td>
                <ObjectChanges note />
            </td>
        </tr>
    }
    .into_any()
}
