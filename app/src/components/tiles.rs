//! Counts that are filters.

use crate::text;
use leptos::prelude::*;

/// A row of [`Tile`]s.
#[component]
pub fn Tiles(
    /// What they count, for screen readers.
    #[prop(into)]
    label: String,
    /// The tiles.
    children: Children,
) -> AnyView {
    view! { <div class="tiles" role="group" aria-label=label>{children()}</div> }.into_any()
}

/// A count that shows only what it counts when pressed.
#[component]
pub fn Tile(
    /// What it counts.
    #[prop(into)]
    label: String,
    /// How many.
    #[prop(into)]
    count: Signal<u32>,
    /// Whether only these are shown.
    #[prop(into)]
    pressed: Signal<bool>,
    /// It was pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// A class for its colour: `is-create`, `is-update`, `is-disable`, `is-blocked`, `is-warning`.
    #[prop(optional, into)]
    tone: String,
    /// A symbol before the label, so that the colour is never alone.
    #[prop(optional, into)]
    symbol: Option<String>,
    /// The key that presses it.
    #[prop(optional, into)]
    key: Option<String>,
) -> AnyView {
    view! {
        <button
            type="button"
            class=format!("tile {tone}")
            aria-pressed=move || if pressed.get() { "true" } else { "false" }
            aria-keyshortcuts=key
            on:click=move |_| on_press.run(())
        >
            <span class="tile-count">{move || text::number(count.get())}</span>
            <span class="tile-label">
                {symbol.map(|symbol| view! { <span class="tile-symbol" aria-hidden="true">{symbol}</span> })} {label}
            </span>
        </button>
    }
    .into_any()
}
