//! How many rows of each kind there are; a press shows only those.

use super::{
    shown::{Show, Shown},
    state::Review,
};
use crate::{
    components::{
        row_kind::{kind_symbol, kind_word},
        tiles::{Tile, Tiles},
    },
    text,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use plan::{Counts, Kind};

/// How many rows of each kind there are. The kinds of the keys 1 to 7 always have their place.
#[component]
pub fn PlanTiles(
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    let counts = move || review.plan.with(|plan| plan.summary.counts);
    let navigate = use_navigate();
    let tile = move |(key, show): (usize, Show)| {
        let navigate = navigate.clone();
        let press = move |()| {
            // A second press shows everything again.
            let next = if untrack(|| shown.show()) == show { Show::All } else { show };
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate(&untrack(|| shown.address_of(next)), options);
        };
        view! {
            <Tile
                label=word(show)
                count=Signal::derive(move || match show {
                    Show::Stale => review.stale.get().unwrap_or_default(),
                    show => count(counts(), show),
                })
                pressed=Signal::derive(move || shown.show() == show)
                on_press=press
                tone=tone(show)
                symbol=symbol(show)
                key=if key < 10 { key.to_string() } else { String::new() }
            />
        }
    };
    // Rows that the policy leaves out are rare: their tile comes only with them.
    let skipped = (untrack(counts).skipped > 0).then_some((10, Show::Kind(Kind::Skipped)));
    let all = std::iter::once((0, Show::All));
    let tiles = all.chain((1..).zip(Show::KEYS)).chain(skipped).map(tile.clone()).collect_view();
    // So are rows that changed since, and they are not known before somebody asks.
    let has_stale = Memo::new(move |_| shown.show() == Show::Stale || review.stale.get().is_some_and(|rows| rows > 0));
    let stale = move || has_stale.get().then(|| tile((10, Show::Stale)));
    view! { <Tiles label=text!(review.tiles)>{tiles} {stale}</Tiles> }.into_any()
}

fn count(counts: Counts, show: Show) -> u32 {
    match show {
        Show::All => counts.rows(),
        Show::Kind(kind) => counts.of(kind),
        Show::Warnings => counts.warnings,
        Show::Stale => 0,
    }
}

fn word(show: Show) -> &'static str {
    match show {
        Show::All => text!(review.all),
        Show::Kind(kind) => kind_word(kind),
        Show::Warnings => text!(review.kind_warnings),
        Show::Stale => text!(review.stale),
    }
}

fn symbol(show: Show) -> &'static str {
    match show {
        Show::All => "#",
        Show::Kind(kind) => kind_symbol(kind),
        Show::Warnings => "⚠",
        Show::Stale => "↻",
    }
}

fn tone(show: Show) -> &'static str {
    match show {
        Show::Kind(Kind::Create) => "is-create",
        Show::Kind(Kind::Update) => "is-update",
        Show::Kind(Kind::Rename) => "is-rename",
        Show::Kind(Kind::Disable) => "is-disable",
        Show::Kind(Kind::Blocked) => "is-blocked",
        Show::Warnings | Show::Stale => "is-warning",
        Show::All | Show::Kind(Kind::Unchanged | Kind::Skipped) => "",
    }
}
