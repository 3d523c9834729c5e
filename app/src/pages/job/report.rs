//! The report: every row that was picked, and what became of it.

use super::{again::AgainButton, outcome::OutcomeView, rest::RestLinks, tiles::OutcomeTiles};
use crate::{
    api::job::{JobView, NO_OUTCOME, OUTCOMES, ReportLine, ReportLineQuery, list_report},
    components::{
        field_change::BeforeAfter,
        field_name::field_name,
        grid::{BLOCK, Cell, Column, Grid, Rows},
        row_kind::RowKind,
    },
    pages::{file::queue::NotSent, review::parts::assignments},
    text,
};
use identity::id::UserId;
use leptos::{leptos_dom::helpers::debounce, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{query_signal_with_options, use_query_map},
};
use plan::{Action as RowAction, Row};
use std::time::Duration;

/// How many changes a row shows; the plan has all.
const SHOWN: usize = 4;
/// How long typing must rest before it is looked for.
const REST: Duration = Duration::from_millis(200);

/// The report of a job.
#[component]
pub fn Report(
    /// The job.
    job: RwSignal<JobView>,
) -> AnyView {
    let job_id = job.with_untracked(|job| job.job_id);
    let is_over = Memo::new(move |_| job.with(|job| job.state.is_over()));
    let query = use_query_map();
    let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    let (_, set_text) = query_signal_with_options::<String>("q", options);
    let wanted = move |offset: u32| {
        query.with(|query| ReportLineQuery {
            outcome: query.get("outcome").filter(|code| OUTCOMES.contains(&code.as_str())),
            text: query.get("q").unwrap_or_default(),
            offset,
            limit: BLOCK,
        })
    };
    let first = Resource::new(move || wanted(0), move |query| list_report(job_id, query));
    let done = Memo::new(move |_| job.with(|job| (job.progress.done(), job.state.is_over())));
    let rows = Rows::fetched(first, move |offset| list_report(job_id, untrack(|| wanted(offset))))
        .again_on(move || done.get());
    let columns = vec![
        Column::new("outcome", text!(jobs.column_outcome)),
        Column::new("kind", text!(jobs.column_what)),
        Column::new("who", text!(jobs.column_who)),
        Column::new("changes", text!(jobs.column_changes)),
    ];
    let cells = move |_index, ReportLine { row, outcome, user_id, is_final }: ReportLine| {
        let code = outcome.map_or(NO_OUTCOME, |outcome| outcome.code());
        let kind = view! { <RowKind row=&row /> };
        let who = view! { <LinkedWho row=&row user_id /> };
        let applied = view! { <Applied row=&row /> };
        view! {
            <Cell class="cell-outcome"><OutcomeView code is_over=is_final /></Cell>
            <Cell class="cell-kind">{kind}</Cell>
            <Cell class="cell-who">{who}</Cell>
            <Cell class="cell-changes">{applied}</Cell>
        }
        .into_any()
    };
    let mut find = debounce(REST, move |text: String| set_text.set((!text.is_empty()).then_some(text)));
    view! {
        <section class="report" aria-labelledby="report">
            <h2 id="report">{text!(jobs.report)}</h2>
            {move || (!is_over.get()).then(|| view! { <p class="quiet">{text!(jobs.report_later)}</p> })}
            <OutcomeTiles job />
            <AgainButton job />
            <RestLinks job />
            <NotSent job_id />
            <form role="search" class="review-search" on:submit=move |event| event.prevent_default()>
                <label class="visually-hidden" for="report-search">{text!(jobs.search)}</label>
                <input
                    id="report-search"
                    type="search"
                    name="q"
                    placeholder=text!(jobs.search_hint)
                    value=untrack(|| wanted(0).text)
                    on:input=move |event| find(event_target_value(&event))
                />
            </form>
            <div class="report-rows">
                <Grid
                    label=text!(jobs.report_grid)
                    class="grid-report"
                    columns
                    rows
                    cells
                    empty=|| view! { <p class="empty">{text!(jobs.no_rows)}</p> }
                />
            </div>
        </section>
    }
    .into_any()
}

/// Who a row is about, with a link to the user: the one that was made, or was one before.
#[component]
fn LinkedWho<'a>(
    /// The row.
    row: &'a Row,
    /// The user that was made or changed.
    user_id: Option<UserId>,
) -> AnyView {
    let name = row.name.clone();
    let known = match row.action {
        RowAction::Update { user_id, .. } | RowAction::Link { user_id, .. } => Some(user_id),
        _ => None,
    };
    let name = match user_id.or(known) {
        Some(user_id) => view! { <a tabindex="-1" href=format!("/users/{user_id}")>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let username =
        (row.username != row.name).then(|| view! { <small class="who-username">{row.username.clone()}</small> });
    view! {
        <span class="who" dir="auto">
            <strong class="who-name">{name}</strong>
            {username}
        </span>
    }
    .into_any()
}

/// What was picked of a row.
#[component]
fn Applied<'a>(
    /// The row, cut down to what was picked.
    row: &'a Row,
) -> AnyView {
    let fields = row.fields.iter().cloned().map(|change| {
        let name = field_name(&change.field);
        view! {
            <span class="part">
                <span class="part-name">{name}</span>
                <BeforeAfter change />
            </span>
        }
        .into_any()
    });
    // Roles and groups first: they are what somebody may do afterwards.
    let parts: Vec<AnyView> = assignments(row).into_iter().chain(fields).collect();
    let more = parts.len().saturating_sub(SHOWN);
    let parts = parts.into_iter().take(SHOWN).collect_view();
    let more = (more > 0).then(|| view! { <small class="quiet">{text!(jobs.more, n = more)}</small> });
    view! { <div class="changes">{parts} {more}</div> }.into_any()
}
