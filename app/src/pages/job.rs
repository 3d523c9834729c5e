//! One job: live, and its report.

mod again;
mod objects;
pub(crate) mod outcome;
mod pace;
mod progress;
mod report;
mod rest;
mod tiles;

use crate::{
    api::job::{JobView, fetch_job, stop_job},
    browser,
    components::{error_view::ErrorView, live::Live, page_header::PageHeader, time::Time},
    error::{AppError, What},
    text,
};
use identity::id::JobId;
use job::{JobKind, JobState};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use objects::ObjectJob;
use progress::JobProgress;
use report::Report;
use std::time::Duration;

/// How often a job that runs is asked for although the stream tells of it.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// One job: live, and its report.
#[component]
pub fn JobPage() -> AnyView {
    let params = use_params_map();
    let job_id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<JobId>().ok()));
    let job = Resource::new(
        move || job_id.get(),
        |job_id| async move {
            match job_id {
                Some(job_id) => fetch_job(job_id).await,
                None => Err(AppError::not_found(What::Job)),
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>
            {move || job.get().map(|job| match job {
                Ok(job) if job.kind == JobKind::Users => view! { <FollowedJob job /> }.into_any(),
                Ok(job) => view! { <ObjectJob job /> }.into_any(),
                Err(error) => {
                    view! {
                        <PageHeader title=text!(jobs.job) />
                        <ErrorView error />
                    }
                    .into_any()
                }
            })}
        </Transition>
    }
    .into_any()
}

/// A job that is there, followed while it runs.
#[component]
fn FollowedJob(
    /// The job as the page was loaded.
    job: JobView,
) -> AnyView {
    let title = text!(jobs.heading, title = job.title.clone());
    let about = job.clone();
    let job = follow(job);
    Effect::new(|_| browser::focus("page-title"));
    view! {
        <div class="grid-page job-page">
            <PageHeader title />
            <p class="quiet">
                {text!(jobs.number, n = about.job_id.0)} " · " {text!(jobs.by, author = about.author_name.clone())} " · "
                <Time at=about.created_at /> " · " <a href=format!("/plans/{}", about.plan_id)>{text!(jobs.plan_link)}</a>
            </p>
            <JobProgress job />
            <StopButton job />
            <Report job />
        </div>
    }
    .into_any()
}

/// A job that changes as the stream tells. It is fetched anew when the stream opens, because something may have
/// happened between the page and the stream, when the job is over, because then there is more to say, and now and then
/// before: that a server can write nothing, no stream tells.
fn follow(job: JobView) -> RwSignal<JobView> {
    let live = Live::here();
    let job_id = job.job_id;
    // The server's clock when it was asked last, and the browser's.
    let clocks = StoredValue::new((job.now, None::<f64>));
    let job = RwSignal::new(job);
    let fetch = move || {
        spawn_local(async move {
            if let Ok(mut fetched) = fetch_job(job_id).await {
                clocks.try_set_value((fetched.now, Some(browser::now())));
                // The stream may have been quicker than the answer.
                if let Some(news) =
                    untrack(|| live.job(job_id)).filter(|news| news.progress.done() > fetched.progress.done())
                {
                    (fetched.state, fetched.progress) = (fetched.state.max(news.state), news.progress);
                }
                job.try_set(fetched);
            }
        });
    };
    Effect::new(move |_| {
        let JobView { state, progress, mine, .. } = job.get();
        clocks.update_value(|(_, at)| *at = at.or_else(|| Some(browser::now())));
        live.tell_job(job_id, state, progress, browser::now());
        if mine {
            live.tell_mine(job_id);
        }
    });
    Effect::new(move |_| {
        if live.is_open() && !job.with_untracked(|job| job.state.is_over()) {
            fetch();
        }
    });
    Effect::new(move |_| {
        let Some(news) = live.job(job_id) else { return };
        let was_over = job.with_untracked(|job| job.state.is_over());
        let is_new = job.with_untracked(|job| (job.state, job.progress) != (news.state, news.progress));
        if is_new && !was_over {
            let (server, at) = clocks.get_value();
            let now = pace::later(server, at, browser::now());
            job.update(|job| {
                (job.state, job.progress, job.now) = (news.state, news.progress, now);
            });
            if news.state.is_over() {
                fetch();
            }
        }
    });
    let is_over = Memo::new(move |_| job.with(|job| job.state.is_over()));
    Effect::new(move |_| {
        if !is_over.get() {
            let asking = set_interval_with_handle(fetch, LOOK_AGAIN);
            on_cleanup(move || asking.into_iter().for_each(|asking| asking.clear()));
        }
    });
    job
}

/// Stops the job, as long as it can be stopped.
#[component]
fn StopButton(
    /// The job.
    job: RwSignal<JobView>,
) -> AnyView {
    let stop = Action::new(move |job_id: &JobId| stop_job(*job_id));
    Effect::new(move |_| {
        if let Some(Ok(stopped)) = stop.value().get() {
            job.set(stopped);
        }
    });
    let can_stop = Memo::new(move |_| job.with(|job| job.can_import && !job.state.is_over()));
    let is_stopping = move || stop.pending().get() || job.with(|job| job.state == JobState::Stopping);
    let button = move || {
        can_stop.get().then(|| {
            view! {
                <p class="job-stop">
                    <button
                        type="button"
                        class="button"
                        aria-describedby="stop-hint"
                        disabled=is_stopping
                        on:click=move |_| { stop.dispatch(job.with_untracked(|job| job.job_id)); }
                    >
                        {move || if is_stopping() { text!(jobs.stopping) } else { text!(jobs.stop) }}
                    </button>
                    <small id="stop-hint" class="quiet">{text!(jobs.stop_hint)}</small>
                </p>
                {move || stop.value().get().and_then(Result::err).map(|error| view! { <ErrorView error /> })}
            }
        })
    };
    button.into_any()
}
