//! Counts by state, which are filters.

use super::address::Address;
use super::found::Found;
use super::state::{state_symbol, state_word};
use crate::components::tiles::{Tile, Tiles};
use crate::text;
use leptos::prelude::*;
use plan::state::RowState;

/// Counts by state. A state that nobody is in has no tile, unless it is shown.
#[component]
pub fn StateTiles(
    /// What was found.
    found: Found,
    /// What the address says.
    address: Address,
) -> AnyView {
    let tile = move |state: Option<&'static str>| {
        let count = Signal::derive(move || state.map_or_else(|| found.total(), |state| found.count(state)));
        let pressed = Signal::derive(move || address.state() == state);
        let is_there = Memo::new(move |_| state.is_none() || count.get() > 0 || pressed.get());
        view! {
            <Show when=move || is_there.get()>
                <Tile
                    label=state.map_or(text!(import.all), state_word)
                    count
                    pressed
                    tone=tone(state)
                    symbol=state.map(state_symbol).unwrap_or_default()
                    on_press=move |()| address.show(state)
                />
            </Show>
        }
    };
    let any = Memo::new(move |_| found.total() > 0);
    view! {
        <Show when=move || any.get()>
            <Tiles label=text!(import.tiles)>
                {tile(None)}
                {RowState::CODES.into_iter().map(|state| tile(Some(state))).collect_view()}
            </Tiles>
        </Show>
    }
    .into_any()
}

/// The colour of a state's tile; the symbol says the same.
fn tone(state: Option<&str>) -> &'static str {
    match state {
        Some("new") => "is-create",
        Some("will_sync" | "will_link") => "is-update",
        Some("blocked") => "is-blocked",
        _ => "",
    }
}
