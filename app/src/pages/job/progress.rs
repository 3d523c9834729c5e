//! How far a job is: the bar, n of total, rate and time left; in words how it stands or ended.

use super::pace::{Span, average, rate_text};
use crate::{
    api::job::{JobView, Standstill},
    components::{job_state::JobStateBadge, live::Live, progress::ProgressBar},
    text,
};
use job::JobState;
use leptos::prelude::*;

/// How far a job is.
#[component]
pub fn JobProgress(
    /// The job.
    job: RwSignal<JobView>,
) -> AnyView {
    let live = Live::here();
    let state = Memo::new(move |_| job.with(|job| job.state));
    let says = Memo::new(move |_| job.with(state_text));
    let failure = Memo::new(move |_| job.with(|job| job.failure.clone()));
    let standstill = Memo::new(move |_| job.with(|job| job.standstill));
    let progress = Memo::new(move |_| job.with(|job| job.progress));
    let done = Signal::derive(move || progress.get().done());
    let total = Signal::derive(move || progress.get().total);
    let of = move || {
        text!(jobs.progress_of, done = text::number(progress.get().done()), total = text::number(progress.get().total))
    };
    let pace = move || job.with(|job| pace_text(job, live));
    view! {
        <section class="job-progress" aria-label=text!(jobs.progress)>
            <p class="job-says">
                <JobStateBadge state /> " " <span role="status">{move || says.get()}</span>
            </p>
            {move || failure.get().map(|reason| {
                view! { <p class="notice is-bad" role="alert">{text!(jobs.failure, reason = reason)}</p> }
            })}
            {move || standstill.get().map(|standstill| {
                let reason = match standstill {
                    Standstill::DiskFull => text!(jobs.standstill_disk),
                    Standstill::Refused => text!(jobs.standstill_refused),
                };
                view! { <p class="notice is-bad" role="alert">{reason}</p> }
            })}
            <ProgressBar label=text!(jobs.progress) done=done total=total />
            <p class="job-numbers">
                <strong>{move || progress.get().percent()} " %"</strong> " · " {of}
                {pace}
            </p>
            {move || live.is_cut_off().then(|| view! { <p class="quiet" role="status">{text!(jobs.gone)}</p> })}
        </section>
    }
    .into_any()
}

/// How a job stands, or how it ended.
fn state_text(job: &JobView) -> String {
    let progress = job.progress;
    let (done, total, applied) = (progress.done(), progress.total, progress.applied);
    match job.state {
        JobState::Queued => text!(jobs.says_queued).to_owned(),
        JobState::Running => text!(jobs.says_running).to_owned(),
        JobState::Stopping => text!(jobs.says_stopping).to_owned(),
        JobState::Stopped => text!(jobs.says_stopped, done = text::number(done), total = text::number(total)),
        JobState::Failed => text!(jobs.says_failed, done = text::number(done), total = text::number(total)),
        JobState::Finished if applied == total => text!(jobs.says_finished, count = total, total = text::number(total)),
        JobState::Finished => {
            text!(
                jobs.says_finished_partly,
                applied = text::number(applied),
                total = text::number(total),
                rest = text::number(total.saturating_sub(applied))
            )
        }
    }
}

/// The rate and the time left while it runs; how long it took afterwards. By what was heard lately, or else by how long
/// it has run.
fn pace_text(job: &JobView, live: Live) -> String {
    let seconds = |from: i64, to: i64| ((to - from).max(0) as f64) / 1000.0;
    let parts = match (job.state, job.started_at, job.ended_at) {
        (JobState::Running | JobState::Stopping, Some(started_at), _) => {
            let average = average(job.progress.done(), seconds(started_at, job.now));
            let rate = live.job(job.job_id).and_then(|news| news.rate()).or(average).filter(|rate| *rate > 0.0);
            let left = rate.map(|rate| f64::from(job.progress.total - job.progress.done()) / rate);
            vec![rate.map(rate_text), left.map(|left| Span::of_seconds(left).left())]
        }
        (_, Some(started_at), Some(ended_at)) => {
            let took = seconds(started_at, ended_at);
            let rate = average(job.progress.done(), took).map(rate_text);
            vec![Some(Span::of_seconds(took).took()), rate]
        }
        _ => vec![],
    };
    parts.into_iter().flatten().map(|part| format!(" · {part}")).collect()
}
