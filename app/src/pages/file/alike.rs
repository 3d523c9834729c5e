//! What is wrong with many rows of a file alike: each a filter of the rows below.

use super::state::FileImport;
use crate::file::messages::Alike;
use crate::pages::review::shown::Shown;
use crate::text;
use leptos::prelude::*;

/// What several rows have wrong, the most frequent first. A press shows those rows, another one all again.
#[component]
pub fn AlikeRows(
    /// The file in hand.
    file: FileImport,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    let alike = Memo::new(move |_| file.planned.with(|planned| planned.as_ref().map(|planned| planned.alike.clone())));
    let line = move |Alike { says, blocks, rows }: Alike| {
        let symbol = if blocks { "!" } else { "⚠" };
        let class = if blocks { "alike is-blocked" } else { "alike is-warning" };
        let words = says.clone();
        let is_shown = {
            let says = says.clone();
            move || shown.text() == says
        };
        let pressed = is_shown.clone();
        let press = move |_| shown.find(if untrack(&is_shown) { String::new() } else { says.clone() });
        view! {
            <li>
                <button type="button" class=class aria-pressed=move || pressed().to_string() on:click=press>
                    <span aria-hidden="true">{symbol}</span>
                    <strong>{text::number(rows)} " ×"</strong>
                    <span>{words}</span>
                </button>
            </li>
        }
    };
    let shown = move || {
        let alike = alike.get().filter(|alike| !alike.is_empty())?;
        let lines = alike.into_iter().map(line).collect_view();
        Some(view! {
            <section class="alike-rows" aria-labelledby="alike-title">
                <h2 id="alike-title">{text!(files.alike)}</h2>
                <ul>{lines}</ul>
            </section>
        })
    };
    shown.into_any()
}
