//! The review of a plan: what will change, row by row and field by field.

mod commit;
mod details;
mod draft;
mod guard;
pub mod issue;
mod keeper;
mod keys;
mod line;
mod paged;
pub mod parts;
pub mod replanning;
mod rows;
mod sentence;
pub mod shown;
pub mod source;
mod stale;
pub mod state;
mod tiles;
mod toolbar;
mod why;

use crate::{
    api::plan::{PlanView, fetch_plan},
    browser,
    components::{empty_state::EmptyState, error_view::ErrorView, held::Held, page_header::PageHeader},
    error::{AppError, What},
    text,
};
use commit::CommitBar;
use details::DetailsPanel;
use identity::id::PlanId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use paged::PagedRows;
use rows::PlanRows;
use shown::{Shown, View};
use source::Source;
use stale::StaleNotice;
use state::Review;
use tiles::PlanTiles;
use toolbar::Toolbar;

/// The review of a plan: what will change, row by row and field by field.
#[component]
pub fn ReviewPage() -> AnyView {
    let params = use_params_map();
    let plan_id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<PlanId>().ok()));
    let plan = Resource::new(
        move || plan_id.get(),
        |plan_id| async move {
            match plan_id {
                Some(plan_id) => fetch_plan(plan_id).await,
                None => Err(AppError::not_found(What::Plan)),
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>
            {move || plan.get().map(|plan| match plan {
                Ok(plan) => view! { <PlanReview plan /> }.into_any(),
                Err(error) => {
                    view! {
                        <PageHeader title=text!(review.plan) />
                        <ErrorView error />
                    }
                    .into_any()
                }
            })}
        </Transition>
    }
    .into_any()
}

/// The review of a plan that is there.
#[component]
fn PlanReview(
    /// The plan.
    plan: PlanView,
) -> AnyView {
    let counts = plan.summary.counts;
    let shown = Shown::of_address(format!("/plans/{}", plan.plan_id));
    let title = text!(review.heading, directory = plan.source_name.clone());
    let standing = view! { <Standing plan=&plan /> };
    let about = origin(&plan);
    let search = view! { <SearchLink plan=&plan /> };
    let review = Review::new(plan);
    if review.can_pick {
        keeper::keep(review);
        review.follow(shown);
    }
    // A step of a flow begins with its heading.
    Effect::new(|_| browser::focus("page-title"));
    if counts.rows() == 0 {
        return view! {
            <PageHeader title />
            <EmptyState title=text!(review.empty_plan) why=text!(review.empty_plan_why)>{search}</EmptyState>
        }
        .into_any();
    }
    view! {
        <div class="grid-page review-page">
            <PageHeader title about=move || view! { <p class="quiet" dir="auto">{about.clone()}</p> }>{search}</PageHeader>
            {standing}
            <StaleNotice review shown />
            <ReviewBody review shown />
        </div>
    }
    .into_any()
}

/// Tiles, rows and the bar that commits: the same for every plan, wherever its rows are.
#[component]
pub fn ReviewBody(
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    keys::listen(shown);
    let changes = Memo::new(move |_| review.changes().changes());
    let nothing = move || (changes.get() == 0).then(|| view! { <p class="notice">{review.nothing_text()}</p> });
    let bar = move || (review.can_pick && changes.get() > 0).then(|| view! { <CommitBar review shown /> });
    let rows = move || match shown.view() {
        View::List => view! {
            <div class="review-body">
                <div class="review-rows">
                    <Held held=review.committing><PlanRows review shown /></Held>
                </div>
                <DetailsPanel review />
            </div>
        }
        .into_any(),
        View::Pages => view! { <Held held=review.committing><PagedRows review shown /></Held> }.into_any(),
    };
    view! {
        {nothing}
        <PlanTiles review shown />
        <Held held=review.committing>
            {move || {
                // Which kinds and fields there are to pick changes with the rows.
                review.version.track();
                view! { <Toolbar review shown /> }
            }}
        </Held>
        {rows}
        <p class="quiet keys-hint">
            {text!(review.keys_hint)}
            {matches!(review.source, Source::File(_)).then(|| view! { " " {text!(review.keys_hint_cells)} })}
        </p>
        {bar}
    }
    .into_any()
}

/// Where the plan comes from.
fn origin(plan: &PlanView) -> String {
    let query = plan.query.clone();
    let searched = match plan.author_name.clone() {
        Some(author) if plan.directory_id.is_none() => text!(review.planned_file_by, author = author),
        None if plan.directory_id.is_none() => String::new(),
        Some(author) => text!(review.planned_by, author = author, query = query),
        None => text!(review.planned_by_nobody, query = query),
    };
    match plan.earlier {
        0 => searched,
        earlier => searched + &text!(review.planned_earlier, count = earlier, n = text::number(earlier)),
    }
}

/// How the plan stands: planned again, committed, not for everyone to commit.
#[component]
fn Standing<'a>(
    /// The plan.
    plan: &'a PlanView,
) -> AnyView {
    let query = use_query_map();
    // Told once, however the rows are filtered afterwards.
    let told = |word: &str| query.with_untracked(|query| query.get(word));
    let number = |word: &str| told(word).and_then(|rows| rows.parse::<u32>().ok()).filter(|rows| *rows > 0);
    let again = told("again").map(|from| {
        let says = match from.as_str() {
            "rest" => text!(review.again_rest),
            "file" => text!(review.again_file),
            _ => text!(review.again_changed),
        };
        let new = number("new").map(|rows| text!(review.again_new, count = rows, n = text::number(rows)));
        let missing = number("missing").map(|rows| text!(import.missing, count = rows, n = text::number(rows)));
        let references =
            number("references").map(|count| text!(import.references, count = count, n = text::number(count)));
        view! {
            <div class="notice">
                <p>{says} " " {text!(review.again_kept)}</p>
                {references.map(|text| view! { <p>{text}</p> })}
                {new.map(|text| view! { <p>{text}</p> })}
                {missing.map(|text| view! { <p>{text}</p> })}
            </div>
        }
    });
    let standing = match (plan.job_id, plan.can_commit) {
        (Some(job_id), _) => Some(
            view! {
                <p class="notice">
                    {text!(review.committed)} " " <a href=format!("/jobs/{job_id}")>{text!(review.committed_link)}</a>
                </p>
            }
            .into_any(),
        ),
        (None, true) => None,
        (None, false) => Some(view! { <p class="notice">{text!(review.may_not_commit)}</p> }.into_any()),
    };
    view! {
        {again}
        {standing}
    }
    .into_any()
}

/// Back to the search or the file that the plan was made from.
#[component]
fn SearchLink<'a>(
    /// The plan.
    plan: &'a PlanView,
) -> AnyView {
    let Some(directory_id) = plan.directory_id else {
        return view! { <a class="button" href="/import/file">{text!(review.to_file)}</a> }.into_any();
    };
    let mut query = leptos_router::params::ParamsMap::new();
    query.insert("directory", directory_id.to_string());
    if !plan.query.is_empty() {
        query.insert("q", plan.query.clone());
    }
    // As the page itself says it once something is ticked: what was ticked comes back.
    query.insert("ticked", "1".to_owned());
    view! { <a class="button" href=format!("/import{}", query.to_query_string())>{text!(review.to_search)}</a> }
        .into_any()
}
