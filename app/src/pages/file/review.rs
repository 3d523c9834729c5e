//! The review of a file: the same as of any plan, and its cells can be corrected here.

use super::alike::AlikeRows;
use super::busy::Busy;
use super::corrections::CorrectionTools;
use super::failure::{Instead, Unchanged};
use super::objects::review::ObjectReview;
use super::resume::resume;
use super::state::FileImport;
use super::steps::{Step, Steps};
use crate::api::plan::PlanView;
use crate::components::page_header::PageHeader;
use crate::file::messages::PlannedFile;
use crate::pages::part;
use crate::pages::review::{ReviewBody, shown::Shown, state::Review};
use crate::{browser, text};
use identity::id::PlanId;
use leptos::prelude::*;

/// The review of a file.
#[component]
pub fn FileReviewPage() -> AnyView {
    let file = FileImport::here();
    resume(file, Step::Review);
    Effect::new(|_| browser::focus("page-title"));
    // What was committed is watched there. At once: later the server may be away, and a commit waits for it.
    Effect::new(|_| part::prepare("/jobs"));
    let is_objects = Memo::new(move |_| file.objects.planned.read().is_some());
    let is_planned = Memo::new(move |_| file.planned.read().is_some() || is_objects.get());
    let body = move || match is_planned.get() {
        true if is_objects.get() => view! { <ObjectReview file /> }.into_any(),
        true => view! { <FileReview file /> }.into_any(),
        false => view! { <Instead file step=Step::Review /> }.into_any(),
    };
    let name =
        move || file.chosen.with(|chosen| chosen.as_ref().map_or_else(String::new, |chosen| chosen.name.clone()));
    let title = Signal::derive(move || match is_planned.get() {
        true => text!(review.heading, directory = name()),
        false => text!(files.review_title).to_owned(),
    });
    view! {
        <div class="grid-page review-page">
            <PageHeader title />
            <Steps step=Step::Review />
            {body}
        </div>
    }
    .into_any()
}

/// The review of a file that was planned.
#[component]
fn FileReview(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let Some(planned) = file.planned.get_untracked() else { return ().into_any() };
    let shown = Shown::of_file(Step::Review.path().to_owned(), file.words);
    let review = Review::of_file(file, plan_view(file, &planned));
    review.follow(shown);
    Effect::new(move |before: Option<()>| {
        // Made anew by a correction, with the same rows.
        if let Some(planned) = file.planned.get()
            && before.is_some()
        {
            review.replace(plan_view(file, &planned));
        }
    });
    view! {
        <CorrectionTools file />
        <Unchanged file />
        <Busy file />
        <AlikeRows file shown />
        <ReviewBody review shown />
    }
    .into_any()
}

/// A plan of a file, as the review sees plans. It has no number before it is sent up.
fn plan_view(file: FileImport, planned: &PlannedFile) -> PlanView {
    PlanView {
        plan_id: PlanId(0),
        directory_id: None,
        source_name: file
            .chosen
            .with_untracked(|chosen| chosen.as_ref().map_or_else(String::new, |chosen| chosen.name.clone())),
        query: String::new(),
        earlier: 0,
        summary: planned.summary.clone(),
        author_name: None,
        created_at: 0,
        job_id: None,
        can_commit: true,
    }
}
