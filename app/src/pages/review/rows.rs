//! The rows of the plan as a list that scrolls at any length.

use super::{
    line::{Changes, RowBox, Who},
    shown::{Show, Shown},
    state::Review,
};
use crate::{
    api::plan::{PlanLine, list_plan_rows},
    components::{
        empty_state::EmptyState,
        grid::{BLOCK, Cell, Column, Grid, Rows},
        row_kind::RowKind,
    },
    text,
};
use leptos::prelude::*;
use plan::Kind;
use std::sync::Arc;

/// The rows of the plan.
#[component]
pub fn PlanRows(
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    let plan_id = review.plan.with_value(|plan| plan.plan_id);
    let first = Resource::new(move || shown.rows(0, BLOCK), move |query| list_plan_rows(plan_id, query));
    let rows = Rows::fetched(first, move |offset| list_plan_rows(plan_id, untrack(|| shown.rows(offset, BLOCK))));
    let columns = vec![
        Column::with_head("pick", move || view! { <ShownBox review shown /> }),
        Column::new("kind", text!(review.column_kind)),
        Column::new("who", text!(review.column_who)),
        Column::new("changes", text!(review.column_changes)),
    ];
    let cells = move |_index, line: PlanLine| {
        let row = Arc::new(line.row.clone());
        let kind = view! { <RowKind row=&row /> };
        let who = view! { <Who row=&row /> };
        view! {
            <Cell class="cell-pick"><RowBox row review in_grid=true /></Cell>
            <Cell class="cell-kind">{kind}</Cell>
            <Cell class="cell-who">{who}</Cell>
            <Cell class="cell-changes"><Changes line review /></Cell>
        }
        .into_any()
    };
    let is_picked = move |line: &PlanLine| {
        let row = &line.row;
        review.selection.with(|selection| selection.picks_row(row.row, row.kind()))
    };
    let toggle = move |line: &PlanLine| {
        if review.can_pick && line.row.kind().is_change() {
            pick(review, line.row.row, !untrack(|| is_picked(line)));
        }
    };
    let toggle_range = move |(first, last): (u32, u32)| {
        let number = numbers(review, shown, rows);
        let Some(wanted) = rows.get_untracked(last).map(|line| !untrack(|| is_picked(&line))) else { return };
        if review.can_pick {
            (first..=last).filter_map(number).for_each(|row| pick(review, row, wanted));
        }
    };
    view! {
        <Grid
            label=text!(review.grid)
            class="grid-review"
            columns
            rows
            cells
            empty=move || view! { <NoRows shown /> }
            picked=Arc::new(move |_, line: &PlanLine| is_picked(line))
            on_toggle=Arc::new(move |_, line: PlanLine| toggle(&line))
            on_toggle_range=Callback::new(toggle_range)
            on_open=Arc::new(move |_, line: PlanLine| review.opened.set(Some(line)))
        />
    }
    .into_any()
}

fn pick(review: Review, row: u32, picked: bool) {
    review.selection.update(|selection| if picked { selection.pick_row(row) } else { selection.unpick_row(row) });
}

/// The row number at an index of what is shown. Rows that were not fetched are known by the outline, unless a text or
/// the warnings are looked for.
fn numbers(review: Review, shown: Shown, rows: Rows<PlanLine>) -> impl Fn(u32) -> Option<u32> {
    let numbers: Vec<u32> = untrack(|| {
        if !shown.text().is_empty() || shown.show() == Show::Warnings {
            return vec![];
        }
        let is_shown = |kind: Kind| shown.show() == Show::All || shown.show() == Show::Kind(kind);
        review.with_outline(|outline| {
            (0_u32..).zip(outline).filter(|(_, kind)| is_shown(**kind)).map(|(row, _)| row).collect()
        })
    });
    move |index| numbers.get(index as usize).copied().or_else(|| rows.get_untracked(index).map(|line| line.row.row))
}

/// The box in the header: all rows of the kind that is shown, or all changes.
#[component]
fn ShownBox(
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    if !review.can_pick {
        return ().into_any();
    }
    let kind = move || match shown.show() {
        Show::Kind(kind) => Some(kind),
        Show::All | Show::Warnings => None,
    };
    let count = move |counts: plan::Counts| match kind() {
        Some(kind) if kind.is_change() => counts.of(kind),
        Some(_) => 0,
        None => counts.changes(),
    };
    let all = move || count(review.changes());
    let picked = Memo::new(move |_| count(review.picked()));
    view! {
        <input
            type="checkbox"
            aria-label=move || kind().map_or(text!(review.pick_all), crate::components::row_kind::kind_word)
            disabled=move || all() == 0
            prop:checked=move || picked.get() != 0 && picked.get() == all()
            prop:indeterminate=move || (1..all()).contains(&picked.get())
            on:change=move |event| {
                let wanted = event_target_checked(&event);
                match untrack(kind) {
                    Some(kind) => review.pick_kind(kind, wanted),
                    None => {
                        review.selection.update(|selection| {
                            if wanted { selection.pick_all() } else { selection.unpick_all() }
                        });
                    }
                }
            }
        />
    }
    .into_any()
}

/// What is shown instead of no rows.
#[component]
pub fn NoRows(
    /// What is shown.
    shown: Shown,
) -> AnyView {
    view! {
        <EmptyState title=text!(review.no_rows) why=text!(review.no_rows_why)>
            <a class="button" href=move || shown.address_of(Show::All)>{text!(review.show_all)}</a>
        </EmptyState>
    }
    .into_any()
}
