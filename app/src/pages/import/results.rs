//! The found entries as a grid.

use super::found::{Found, Hit};
use super::state::StateLabel;
use super::ticks::{Ticks, can_link};
use crate::api::search::SearchRow;
use crate::components::grid::{Cell, Column, Grid, Rows};
use crate::text;
use leptos::prelude::*;
use std::sync::Arc;

/// The found entries.
#[component]
pub fn Results(
    /// What was found.
    found: Found,
    /// The entry whose attributes are shown.
    opened: RwSignal<Option<Arc<SearchRow>>>,
) -> AnyView {
    let columns = vec![
        Column::with_head("tick", move || view! { <TickShown found /> }),
        Column::new("name", text!(import.column_name)),
        Column::new("state", text!(import.column_state)),
        Column::new("username", text!(import.column_username)),
        Column::new("email", text!(import.column_email)),
        Column::new("department", text!(import.column_department)),
        Column::new("job_title", text!(import.column_job_title)),
        Column::new("more", text!(import.column_more)),
    ];
    let ticks = found.ticks();
    let cells = move |_: u32, hit: Hit| {
        let row = hit.row.clone();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (name, username, state) = (row.name.clone(), row.username.clone(), row.state.clone());
        // Two people of one name are told apart by where they stand in the directory.
        let dn = row.dn.clone();
        let (email, department, job_title) = (text(&row.email), text(&row.department), text(&row.job_title));
        let is_link = Signal::derive(move || ticks.with(|ticks| ticks.is_link(&row)));
        let more = hit.clone();
        view! {
            <Cell class="cell-tick"><TickBox hit found /></Cell>
            <Cell class="cell-name"><strong dir="auto" title=dn>{name}</strong></Cell>
            <Cell class="cell-state"><StateLabel state link=is_link /></Cell>
            <Cell class="cell-username" title=username.clone()>{username}</Cell>
            <Cell class="cell-email" title=email.clone()>{email}</Cell>
            <Cell class="cell-department" title=department.clone()><span dir="auto">{department}</span></Cell>
            <Cell class="cell-job-title" title=job_title.clone()><span dir="auto">{job_title}</span></Cell>
            <Cell class="cell-more"><More hit=more found opened /></Cell>
        }
        .into_any()
    };
    view! {
        <Grid
            label=text!(import.grid)
            class="grid-import"
            columns
            rows=Rows::in_memory(found.shown())
            cells
            picked=Arc::new(move |_, hit: &Hit| ticks.with(|ticks| ticks.is_ticked(hit.number)))
            on_toggle=Arc::new(move |_, hit: Hit| {
                ticks.update(|ticks| ticks.set(hit.number, &hit.row, !ticks.is_ticked(hit.number)));
            })
            on_toggle_range=move |(first, last)| found.tick_range(first, last)
            on_open=Arc::new(move |_, hit: Hit| opened.set(Some(hit.row)))
        />
    }
    .into_any()
}

/// The box that ticks a row.
#[component]
fn TickBox(
    /// The row.
    hit: Hit,
    /// What was found.
    found: Found,
) -> AnyView {
    let ticks = found.ticks();
    let number = hit.number;
    let can_tick = {
        let row = hit.row.clone();
        move || ticks.with(|ticks| ticks.can_tick(&row))
    };
    view! {
        <input
            type="checkbox"
            tabindex="-1"
            aria-label=text!(import.tick, name = hit.row.name.clone())
            disabled=move || !can_tick()
            prop:checked=move || ticks.with(|ticks| ticks.is_ticked(number))
            on:change=move |event| {
                let ticked = event_target_checked(&event);
                ticks.update(|ticks| ticks.set(number, &hit.row, ticked));
            }
        />
    }
    .into_any()
}

/// The box that ticks everyone who is shown; only a complete result has one that works.
#[component]
fn TickShown(
    /// What was found.
    found: Found,
) -> AnyView {
    let ticks = found.ticks();
    let shown = found.shown();
    // Counted anew for each change: a pass over a hundred thousand flags takes less than a millisecond.
    let state = Memo::new(move |_| {
        ticks.with(|ticks: &Ticks| {
            shown.with(|shown| {
                let possible = shown.iter().filter(|hit| ticks.can_tick(&hit.row)).count();
                let ticked = shown.iter().filter(|hit| ticks.is_ticked(hit.number)).count();
                (possible, ticked)
            })
        })
    });
    let all = move || matches!(state.get(), (possible, ticked) if possible > 0 && possible == ticked);
    let some = move || matches!(state.get(), (possible, ticked) if ticked > 0 && possible != ticked);
    view! {
        <input
            type="checkbox"
            aria-label=text!(import.tick_shown)
            disabled=move || !found.is_complete() || state.get().0 == 0
            prop:checked=all
            prop:indeterminate=some
            on:change=move |event| found.tick_shown(event_target_checked(&event))
        />
    }
    .into_any()
}

/// What else can be done about a row.
#[component]
fn More(
    /// The row.
    hit: Hit,
    /// What was found.
    found: Found,
    /// The entry whose attributes are shown.
    opened: RwSignal<Option<Arc<SearchRow>>>,
) -> AnyView {
    let ticks = found.ticks();
    let row = hit.row.clone();
    let link = can_link(&row).then(|| {
        let (number, row, linked) = (hit.number, row.clone(), row.clone());
        let label = text!(import.link_label, name = row.name.clone());
        view! {
            <label class="cell-link" title=label.clone()>
                <input
                    type="checkbox"
                    tabindex="-1"
                    aria-label=label.clone()
                    prop:checked=move || ticks.with(|ticks| ticks.is_link(&linked))
                    on:change=move |event| {
                        let link = event_target_checked(&event);
                        ticks.update(|ticks| ticks.set_link(number, &row, link));
                    }
                />
                {text!(import.link)}
            </label>
        }
    });
    let raw = row.external_id.is_some().then(|| {
        let row = row.clone();
        view! {
            <button
                type="button"
                class="link"
                tabindex="-1"
                aria-label=text!(import.raw_label, name = row.name.clone())
                on:click=move |_| opened.set(Some(row.clone()))
            >
                {text!(import.raw)}
            </button>
        }
    });
    view! {
        {link}
        {raw}
    }
    .into_any()
}
