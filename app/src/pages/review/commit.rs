//! The bar that says what will happen, and makes it happen.

use super::{
    draft,
    guard::{GuardDialog, Guarded},
    replanning::{Ask, ReplanButton},
    sentence::sentence,
    shown::{Show, Shown},
    source::Source,
    state::Review,
};
use crate::{
    api::plan::{CommitAnswer, commit_plan, replan},
    components::{error_view::ErrorView, form::Awake, toast::Toasts},
    error::{AppError, Conflict},
    file::messages::Uploaded,
    pages::file::{
        busy::Sending,
        kept::is_sent,
        state::{FileImport, Stage},
    },
    text,
};
use identity::id::{JobId, PlanId};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use plan::{Digest, Selection};
use std::sync::Arc;

/// What the page does with the answer to a commit.
enum Next {
    /// Look at another plan, which does what users are by now.
    Review(String),
    /// Look at the job.
    Watch {
        /// The job.
        job_id: JobId,
        /// Whether the plan was committed before: the job applies what was picked then.
        is_known: bool,
    },
    /// Ask for the number.
    Ask(Guarded),
    /// Nothing that is picked changes anything.
    Nothing,
    /// Nothing: the way up was ended.
    Stay,
    /// So many picked rows changed since they were planned, and nothing was written.
    Stale(u32),
}

/// The bar at the foot of the review.
#[component]
pub fn CommitBar(
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    let guarded = RwSignal::new(None::<Guarded>);
    let says_nothing = RwSignal::new(false);
    let (navigate, toasts) = (use_navigate(), Toasts::here());
    let commit = Action::new(move |confirmed: &Option<u32>| {
        let selection = review.selection.get_untracked();
        let confirmed = *confirmed;
        review.committing.set(true);
        async move {
            let next = commit_picked(review, selection, confirmed).await;
            // The page may have been left meanwhile.
            review.committing.try_set(false);
            next
        }
    });
    Effect::new(move |_| {
        let Some(Ok(next)) = &*commit.value().read() else { return };
        match next {
            Next::Review(address) => navigate(address, NavigateOptions::default()),
            Next::Watch { job_id, is_known } => {
                if *is_known {
                    toasts.say(text!(review.committed_before));
                }
                let file = match review.source {
                    Source::File(file) => Some(file),
                    Source::Stored(plan_id) => is_sent(plan_id).then(FileImport::here),
                };
                navigate(&format!("/jobs/{job_id}"), NavigateOptions::default());
                // Not before: the page goes with its file, and with the page this effect.
                if let Some(file) = file {
                    file.done(*job_id);
                }
            }
            Next::Ask(question) => guarded.set(Some(question.clone())),
            Next::Nothing => says_nothing.set(true),
            Next::Stay => {}
            Next::Stale(rows) => {
                review.refusals.update(|refusals| *refusals += 1);
                review.stale.set(Some(*rows));
                // Also those that are not picked, as the list below has them.
                review.look_for_stale();
                let address = untrack(|| shown.address_of_any_name(Show::Stale));
                navigate(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
            }
        }
    });
    let counts = Memo::new(move |_| review.picked());
    Effect::new(move |_| {
        counts.track();
        says_nothing.set(false);
    });
    let is_empty = move || counts.get().is_none_or(|counts| counts.changes() == 0);
    let (busy, waiting) = (commit.pending(), Awake::must_wait());
    // What is shown is not what a correction under way leads to.
    let is_correcting = move || match review.source {
        Source::File(file) => file.stage.get() == Stage::Busy,
        Source::Stored(_) => false,
    };
    let directory = review.plan.with_untracked(|plan| plan.source_name.clone());
    let directory = StoredValue::new(directory);
    let is_file = review.plan.with_untracked(|plan| plan.directory_id.is_none());
    view! {
        <section class="commit-bar" aria-label=text!(review.commit_bar)>
            <p class="commit-says" aria-live="polite">
                {move || {
                    if let (Source::File(file), true) = (review.source, busy.get()) {
                        view! { <Sending file /> }.into_any()
                    } else if says_nothing.get() {
                        text!(review.empty_answer).into_any()
                    } else {
                        match counts.get() {
                            None if review.failure().is_some() => text!(review.counting_failed).into_any(),
                            None => text!(review.counting).into_any(),
                            Some(counts) if counts.changes() == 0 => text!(review.commit_nothing).into_any(),
                            Some(counts) => {
                                view! { {sentence(counts, is_file)} " " <em>{directory.get_value()}</em> "." }.into_any()
                            }
                        }
                    }
                }}
            </p>
            {move || {
                commit.value().read().as_ref().and_then(|answer| answer.as_ref().err().cloned())
                    .map(|error| {
                        let again = plan_again(review, &error);
                        view! { <ErrorView error /> {again} }
                    })
            }}
            {move || review.failure().map(|error| view! { <ErrorView error on_retry=move |()| review.retry() /> })}
            <button
                type="button"
                class="button is-primary"
                disabled=move || waiting.get() || busy.get() || is_empty() || is_correcting()
                on:click=move |_| { commit.dispatch(None); }
            >
                {move || if busy.get() { text!(review.committing) } else { text!(review.commit) }}
            </button>
        </section>
        {move || guarded.get().map(|guarded| {
            view! { <GuardDialog guarded on_confirm=move |number| { commit.dispatch(Some(number)); } /> }
        })}
    }
    .into_any()
}

/// The button that plans again, where that is what helps. A file that is not sent up yet is planned at every commit.
fn plan_again(review: Review, error: &AppError) -> Option<AnyView> {
    let Source::Stored(plan_id) = review.source else { return None };
    let helps = matches!(error, AppError::Conflict { conflict: Conflict::BeyondRights });
    helps.then(|| {
        let ask: Ask = Arc::new(move || Box::pin(replan(plan_id, review.selection.get_untracked())));
        view! { <ReplanButton label=text!(review.stale_replan) ask from="changed" /> }.into_any()
    })
}

/// Commits what is picked. Of a file, it is sent up and planned again first: when that plan does something else, because
/// users changed meanwhile, it is a plan to review.
async fn commit_picked(review: Review, selection: Selection, confirmed: Option<u32>) -> Result<Next, AppError> {
    if let Source::File(file) = review.source {
        let Some(uploaded) = file.upload(selection).await? else { return Ok(Next::Stay) };
        let Uploaded { plan_id, digest, same, selection } = uploaded;
        if !same {
            return Ok(stored_review(file, plan_id, &selection, ""));
        }
        return match commit_stored(plan_id, digest, selection.clone(), confirmed).await? {
            // Somebody changed users since they were planned, while a guard asked for a number.
            Next::Stale(_) => Ok(stored_review(file, plan_id, &selection, "&show=stale")),
            next => Ok(next),
        };
    }
    let (plan_id, digest) = review.plan.with_untracked(|plan| (plan.plan_id, plan.summary.digest.clone()));
    commit_stored(plan_id, digest, selection, confirmed).await
}

/// The review of the plan that a file was sent up as, with what is picked of it.
fn stored_review(file: FileImport, plan_id: PlanId, selection: &Selection, also: &str) -> Next {
    file.review_sent(plan_id);
    draft::keep(plan_id, selection);
    Next::Review(format!("/plans/{plan_id}?again=file{also}"))
}

async fn commit_stored(
    plan_id: PlanId,
    digest: Digest,
    selection: Selection,
    confirmed: Option<u32>,
) -> Result<Next, AppError> {
    Ok(match commit_plan(plan_id, digest, selection.clone(), confirmed).await? {
        CommitAnswer::Queued(job_id) => {
            draft::forget(plan_id);
            Next::Watch { job_id, is_known: false }
        }
        CommitAnswer::Already(job_id) => {
            draft::forget(plan_id);
            Next::Watch { job_id, is_known: true }
        }
        CommitAnswer::Stale(rows) => Next::Stale(rows),
        CommitAnswer::Guarded { guards, users } => Next::Ask(Guarded { guards, users }),
        CommitAnswer::Empty => Next::Nothing,
    })
}
