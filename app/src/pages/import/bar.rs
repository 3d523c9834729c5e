//! The bar at the bottom: what is ticked, and what becomes of it.

use super::address::Address;
use super::decisions::Decisions;
use super::found::{Found, Progress};
use super::planning::{Planning, Stage};
use super::roles::RolesDialog;
use super::ticks::Ticks;
use crate::components::error_view::ErrorView;
use crate::text;
use identity::id::PlanId;
use leptos::prelude::*;

/// The bar at the bottom.
#[component]
pub fn ImportBar(
    /// What the address says.
    address: Address,
    /// What was found.
    found: Found,
    /// What is decided.
    decisions: Decisions,
    /// From ticks to a plan.
    planning: Planning,
    /// Whether the browser has no room to keep what is ticked.
    unkept: ReadSignal<bool>,
) -> AnyView {
    let ticks = found.ticks();
    let count = Memo::new(move |_| ticks.with(Ticks::count));
    // While a search runs, those who were ticked may yet be found by it.
    let earlier = Memo::new(move |_| match found.progress() {
        Progress::Searching => 0,
        _ => ticks.with(Ticks::earlier),
    });
    let has_ended = Memo::new(move |_| ticks.with(Ticks::has_ended));
    let is_empty = move || found.total() == 0 && count.get() == 0 && !has_ended.get();
    let ticked = move || match (count.get(), earlier.get()) {
        (0, _) => text!(import.ticked_none).to_owned(),
        (count, 0) => text!(import.ticked, count = count, n = text::number(count)),
        (count, earlier) => {
            text!(import.ticked_earlier, count = count, n = text::number(count), earlier = text::number(earlier))
        }
    };
    let roles_open = RwSignal::new(false);
    let roles_label = move || match decisions.count() {
        0 => text!(import.roles).to_owned(),
        count => text!(import.roles_chosen, count = count, n = text::number(count)),
    };
    let is_planning = move || matches!(planning.stage(), Stage::Reading(_));
    view! {
        <section class="import-bar" aria-label=text!(import.bar) hidden=is_empty>
            <PlanningNotice planning />
            <p class="notice is-warning" role="status" hidden=move || !unkept.get()>{text!(import.unkept)}</p>
            <p class="quiet" role="status" hidden=move || !has_ended.get()>{text!(import.selection_ended)}</p>
            <div class="import-bar-line">
                <p class="import-bar-count" role="status">{ticked}</p>
                <button
                    type="button"
                    class="link"
                    hidden=move || earlier.get() == 0
                    on:click=move |_| ticks.update(Ticks::drop_earlier)
                >
                    {move || text!(import.drop_earlier, count = earlier.get(), n = text::number(earlier.get()))}
                </button>
                <SelectAll address found />
                <button
                    type="button"
                    class="link"
                    hidden=move || count.get() == 0
                    on:click=move |_| ticks.update(Ticks::clear)
                >
                    {text!(import.clear)}
                </button>
                <span class="import-bar-space"></span>
                <button
                    type="button"
                    class="button"
                    aria-haspopup="dialog"
                    disabled=move || count.get() == 0
                    on:click=move |_| roles_open.set(true)
                >
                    {roles_label}
                </button>
                <button
                    type="button"
                    class="button is-primary"
                    disabled=move || count.get() == 0 || is_planning()
                    on:click=move |_| planning.begin()
                >
                    {text!(import.review)}
                </button>
            </div>
            <RolesDialog decisions open=roles_open />
        </section>
    }
    .into_any()
}

/// Ticks everyone who matches; a result that is not complete has no such button.
#[component]
fn SelectAll(
    /// What the address says.
    address: Address,
    /// What was found.
    found: Found,
) -> AnyView {
    let possible = Memo::new(move |_| {
        found.ticks().with(|ticks: &Ticks| {
            found.shown().with(|shown| {
                let possible = shown.iter().filter(|hit| ticks.can_tick(&hit.row)).count();
                let left = shown.iter().any(|hit| ticks.can_tick(&hit.row) && !ticks.is_ticked(hit.number));
                (u32::try_from(possible).unwrap_or(u32::MAX), left)
            })
        })
    });
    let label = move || match (possible.get(), address.state()) {
        ((count, _), None) => text!(import.select_all, count = count, n = text::number(count)),
        ((count, _), Some(_)) => text!(import.select_state, count = count, n = text::number(count)),
    };
    view! {
        <button
            type="button"
            class="link"
            hidden=move || !found.is_complete() || !possible.get().1
            on:click=move |_| found.tick_shown(true)
        >
            {label}
        </button>
    }
    .into_any()
}

/// How far the planning is, or why there is no plan.
#[component]
fn PlanningNotice(
    /// From ticks to a plan.
    planning: Planning,
) -> AnyView {
    let notice = move || match planning.stage() {
        Stage::Idle | Stage::Missing(_, 0) => ().into_any(),
        Stage::Reading(rows) => view! { <Reading rows planning /> }.into_any(),
        Stage::Missing(plan_id, missing) => view! { <Missing plan_id missing planning /> }.into_any(),
        Stage::Failed(error) => view! { <ErrorView error on_retry=move |()| planning.begin() /> }.into_any(),
    };
    notice.into_any()
}

/// Entries are read again and planned.
#[component]
fn Reading(
    /// So many up to now.
    rows: u32,
    /// From ticks to a plan.
    planning: Planning,
) -> AnyView {
    let words = if rows == 0 {
        text!(import.planning).to_owned()
    } else {
        text!(import.planning_count, count = rows, n = text::number(rows))
    };
    view! {
        <p class="import-planning">
            <progress aria-label=text!(import.planning)></progress>
            {words}
            <button type="button" class="link" on:click=move |_| planning.stop()>{text!(import.planning_stop)}</button>
        </p>
    }
    .into_any()
}

/// Some of the ticked entries are gone.
#[component]
fn Missing(
    /// The plan of the others.
    plan_id: PlanId,
    /// How many are gone.
    missing: u32,
    /// From ticks to a plan.
    planning: Planning,
) -> AnyView {
    view! {
        <div class="notice is-warning" role="alert">
            <p>{text!(import.missing, count = missing, n = text::number(missing))}</p>
            <button type="button" class="button" on:click=move |_| planning.open(plan_id)>
                {text!(import.missing_next)}
            </button>
        </div>
    }
    .into_any()
}
