//! A row of the plan in the grid: what, who, and the first of its changes.

use super::{
    issue::issue_text,
    parts::{FieldPart, list_parts},
    state::Review,
};
use crate::{api::plan::PlanLine, text};
use identity::field::Field;
use leptos::prelude::*;
use plan::{Action, FieldChange, Kind, Row};
use std::sync::Arc;

/// How many changes a row of the grid shows, two a line where there is room; its details have all.
const SHOWN: usize = 4;

/// The box that picks a row.
#[component]
pub fn RowBox(
    /// The row.
    row: Arc<Row>,
    /// The review that it belongs to.
    review: Review,
    /// Whether the arrows of a grid reach it instead of Tab.
    in_grid: bool,
) -> AnyView {
    let (number, kind) = (row.row, row.kind());
    if !review.can_pick {
        return ().into_any();
    }
    let picked = move || review.selection.with(|selection| selection.picks_row(number, kind));
    view! {
        <input
            type="checkbox"
            tabindex=in_grid.then_some("-1")
            aria-label=text!(review.pick_row, name = row.name.clone())
            disabled=!kind.is_change()
            prop:checked=picked
            on:change=move |event| {
                let picked = event_target_checked(&event);
                review.selection.update(|selection| {
                    if picked { selection.pick_row(number) } else { selection.unpick_row(number) }
                });
            }
        />
    }
    .into_any()
}

/// Who a row is about.
#[component]
pub fn Who<'a>(
    /// The row.
    row: &'a Row,
) -> AnyView {
    let username =
        (row.username != row.name).then(|| view! { <small class="who-username">{row.username.clone()}</small> });
    let line =
        row.line.map(|line| view! { <small class="quiet">{text!(review.line, line = text::number(line))}</small> });
    view! {
        <span class="who" dir="auto">
            <strong class="who-name">{row.name.clone()}</strong>
            {username}
            {line}
        </span>
    }
    .into_any()
}

/// Marks that a row has: changed since, worth a look.
#[component]
pub fn Marks<'a>(
    /// The row, and whether it is stale.
    line: &'a PlanLine,
) -> AnyView {
    let stale = line.stale.then(|| {
        view! { <span class="badge is-warning" title=text!(review.stale_why)>{text!(review.stale)}</span> }
    });
    let issue = line.row.issues.first().map(|issue| {
        let (class, symbol) =
            if issue.blocks() { ("row-issue is-blocked", "! ") } else { ("row-issue is-warning", "⚠ ") };
        let says = issue_text(issue, line.row.line.is_some());
        view! {
            <span class=class title=says.clone()>
                <span aria-hidden="true">{symbol}</span>
                {says.clone()}
            </span>
        }
    });
    view! {
        {stale}
        {issue}
    }
    .into_any()
}

/// What is said of a row without fields.
pub fn without_fields(row: &Row) -> Option<&'static str> {
    match (row.kind(), &row.action) {
        (Kind::Blocked | Kind::Skipped, _) => None,
        (Kind::Unchanged, _) => Some(text!(review.no_change)),
        (_, Action::Link { .. }) => Some(text!(review.links_only)),
        _ if row.moved_from.is_some() => Some(text!(review.moves_only)),
        _ => None,
    }
}

/// The first changes of a row, and a button for the rest.
#[component]
pub fn Changes(
    /// The row.
    line: PlanLine,
    /// The review that it belongs to.
    review: Review,
) -> AnyView {
    let row = Arc::new(line.row.clone());
    // The name of a new user stands in the column before.
    let told = |change: &&FieldChange| row.action != Action::Create || change.field != Field::Username;
    let lists = list_parts(&row, review, true);
    let room = SHOWN.saturating_sub(lists.len());
    let parts = row.fields.iter().filter(told);
    let number = u32::try_from(parts.clone().count() + lists.len()).unwrap_or(u32::MAX);
    let first = parts
        .take(room)
        .cloned()
        .map(|change| view! { <FieldPart row=row.clone() change review in_grid=true /> })
        .collect_view();
    let bare = row.fields.is_empty().then(|| without_fields(&row)).flatten();
    let all =
        if number > 1 { text!(review.all_changes, n = text::number(number)) } else { text!(review.details).to_owned() };
    let unchanged = (row.unchanged_fields > 0)
        .then(|| text!(review.unchanged_fields, count = row.unchanged_fields, n = text::number(row.unchanged_fields)));
    let opened = line.clone();
    view! {
        <div class="changes">
            {bare.map(|text| view! { <span class="without-parts quiet">{text}</span> })}
            {first}
            {lists}
            <Marks line=&line />
        </div>
        <div class="changes-foot">
            <button
                type="button"
                class="link"
                tabindex="-1"
                on:click=move |_| review.opened.set(Some(opened.clone()))
            >
                {all}
                <span class="visually-hidden">": " {row.name.clone()}</span>
            </button>
            <small class="quiet">{unchanged}</small>
        </div>
    }
    .into_any()
}
