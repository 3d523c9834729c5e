//! The rows of the plan as a list that scrolls at any length.

use super::{
    line::{Changes, RowBox, Who},
    shown::{Show, Shown},
    source::Source,
    state::Review,
};
use crate::{
    api::plan::PlanLine,
    components::{
        empty_state::EmptyState,
        grid::{BLOCK, Cell, Column, Grid, Rows},
        row_kind::{RowKind, kind_word},
    },
    text,
};
use leptos::{prelude::*, task::spawn_local};
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
    let source = review.source;
    let first = Resource::new(
        move || (shown.rows(0, BLOCK), review.refusals.get(), review.version.get()),
        move |(query, ..)| source.rows(query),
    );
    // A correction makes other rows of the same list.
    let rows = Rows::fetched(first, move |offset| source.rows(untrack(|| shown.rows(offset, BLOCK))))
        .of_list(move || format!("{:?}", shown.rows(0, BLOCK)));
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
    // Keys are not held back with the boxes.
    let may_pick = move || review.can_pick && !review.committing.get_untracked();
    let toggle = move |line: &PlanLine| {
        if may_pick() && line.row.kind().is_change() {
            pick(review, line.row.row, !untrack(|| is_picked(line)));
        }
    };
    let toggle_range = move |(first, last): (u32, u32)| {
        if may_pick() {
            spawn_local(pick_range(review, shown, first, last));
        }
    };
    let edit = move |line: PlanLine| {
        if let Source::File(file) = review.source {
            file.edits.set(true);
        }
        review.opened.set(Some(line));
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
            on_edit=Arc::new(move |_, line: PlanLine| edit(line))
        />
    }
    .into_any()
}

fn pick(review: Review, row: u32, picked: bool) {
    review.selection.update(|selection| if picked { selection.pick_row(row) } else { selection.unpick_row(row) });
}

/// Picks from one shown place to another, both included, or leaves them out: the other way round than the last of them
/// is. Rows in between need not be in sight, nor fetched.
async fn pick_range(review: Review, shown: Shown, first: u32, last: u32) {
    let Some((numbers, outline)) = review.fetch_numbers(shown).await else { return };
    let Some(range) = numbers.get(first as usize..=last as usize) else { return };
    // The page may be gone by now.
    review.selection.try_update(|selection| {
        let is_picked = |row: u32| outline.get(row as usize).is_some_and(|kind| selection.picks_row(row, *kind));
        let wanted = !range.last().is_some_and(|row| is_picked(*row));
        selection.mark_rows(range.iter().copied(), wanted, &outline);
    });
}

/// What the box in the header picks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Every change of the plan.
    Changes,
    /// Every row of a kind.
    Kind(Kind),
    /// The rows that are shown, which are a part of them.
    Shown,
}

/// The box in the header: all that is shown, whether it is in sight or not.
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
    let scope = move || match shown.show() {
        _ if !shown.text().trim().is_empty() => Scope::Shown,
        Show::All => Scope::Changes,
        Show::Kind(kind) => Scope::Kind(kind),
        Show::Warnings | Show::Stale => Scope::Shown,
    };
    // How many of how many; the last answer stands until the next is known.
    let state = Memo::new(move |before: Option<&Option<(Scope, u32, u32)>>| {
        let now = count(review, shown, scope());
        now.or_else(|| before.copied().flatten().filter(|(of, ..)| *of == scope() && *of != Scope::Shown))
    });
    let picked = move || state.get().map_or(0, |(_, picked, _)| picked);
    let all = move || state.get().map_or(0, |(_, _, all)| all);
    view! {
        <input
            type="checkbox"
            aria-label=move || match scope() {
                Scope::Changes => text!(review.pick_all),
                Scope::Kind(kind) => kind_word(kind),
                Scope::Shown => text!(review.pick_shown),
            }
            disabled=move || all() == 0
            prop:checked=move || picked() != 0 && picked() == all()
            prop:indeterminate=move || (1..all()).contains(&picked())
            on:change=move |event| {
                let wanted = event_target_checked(&event);
                match untrack(scope) {
                    Scope::Changes => {
                        review.selection.update(|selection| {
                            if wanted { selection.pick_all() } else { selection.unpick_all() }
                        });
                    }
                    Scope::Kind(kind) => review.pick_kind(kind, wanted),
                    Scope::Shown => spawn_local(pick_shown(review, shown, wanted)),
                }
            }
        />
    }
    .into_any()
}

/// How many rows of the scope are picked, and how many could be; `None` until that is known.
fn count(review: Review, shown: Shown, scope: Scope) -> Option<(Scope, u32, u32)> {
    let (picked, all) = match scope {
        Scope::Changes => (review.picked()?.changes(), review.changes().changes()),
        Scope::Kind(kind) => {
            review.outline()?;
            (review.picked()?.of(kind), review.changes().of(kind))
        }
        Scope::Shown => {
            let (numbers, outline) = (review.numbers(shown)?, review.outline()?);
            let kind = |row: &u32| outline.get(*row as usize).copied().filter(|kind| kind.is_change());
            let possible = || numbers.iter().filter_map(|row| Some((*row, kind(row)?)));
            let picked = review
                .selection
                .with(|selection| possible().filter(|(row, kind)| selection.picks_row(*row, *kind)).count());
            let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            (number(picked), number(possible().count()))
        }
    };
    Some((scope, picked, all))
}

/// Picks all rows that are shown, or leaves them out.
async fn pick_shown(review: Review, shown: Shown, picked: bool) {
    if let Some((numbers, outline)) = review.fetch_numbers(shown).await {
        review.selection.try_update(|selection| selection.mark_rows(numbers.iter().copied(), picked, &outline));
    }
}

/// What is shown instead of no rows.
#[component]
pub fn NoRows(
    /// What is shown.
    shown: Shown,
) -> AnyView {
    view! {
        <EmptyState title=text!(review.no_rows) why=text!(review.no_rows_why)>
            <a class="button" href=move || shown.address_of_any_name(Show::All) on:click=move |_| shown.find_any_name()>
                {text!(review.show_all)}
            </a>
        </EmptyState>
    }
    .into_any()
}
