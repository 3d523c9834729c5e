//! The cells that a group or a role comes from, beside the rows of the plan.

use super::line::ObjectLine;
use crate::components::held::Held;
use crate::pages::file::cells::Cells;
use crate::pages::file::state::FileImport;
use crate::{browser, text};
use leptos::{ev, html, prelude::*};
use std::sync::Arc;

/// Rows of the file that are shown at first, and further ones at a time: a role may have one for each permission.
const SHOWN: usize = 10;

/// The panel beside the rows. Empty until a row is chosen.
#[component]
pub fn ObjectDetails(
    /// The file in hand.
    file: FileImport,
    /// All rows of the plan.
    lines: Memo<Arc<Vec<ObjectLine>>>,
    /// The row of the file that is looked at, by its place below the header: those of the plan may change their numbers
    /// with every correction.
    opened: RwSignal<Option<u32>>,
) -> AnyView {
    let heading = NodeRef::<html::H2>::new();
    let line = Memo::new(move |_| {
        let place = opened.get()?;
        lines.with(|lines| lines.iter().find(|line| line.places.contains(&place)).cloned())
    });
    // Not of the whole line: cells that are being looked at are made anew only when other rows belong to it.
    let rows = Memo::new(move |_| {
        let pairs = |line: ObjectLine| line.places.into_iter().zip(line.lines).collect::<Vec<(u32, u32)>>();
        line.get().map(pairs).unwrap_or_default()
    });
    let limit = RwSignal::new(SHOWN);
    Effect::new(move |_| {
        if let (Some(_), Some(heading)) = (opened.get(), heading.get()) {
            limit.set(SHOWN);
            let _ = heading.focus();
        }
    });
    let close = move || {
        if let Some(place) = opened.get_untracked() {
            opened.set(None);
            browser::focus(&button_id(place));
        }
    };
    let name = move || line.get().map(|line| line.name).filter(|name| !name.is_empty());
    let cells = move || {
        let rows = rows.get();
        let is_one = rows.len() == 1;
        let shown = rows.iter().take(limit.get());
        let part = |(row, line): &(u32, u32)| match is_one {
            true => view! { <Cells row=*row file /> },
            false => view! { <Cells row=*row line=*line file /> },
        };
        shown.map(part).collect_view()
    };
    let more = move || {
        let rest = rows.with(Vec::len).saturating_sub(limit.get());
        let next = u32::try_from(rest.min(SHOWN)).unwrap_or(u32::MAX);
        (rest > 0).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += SHOWN)>
                    {text!(objects.show_more, n = text::number(next))}
                </button>
            }
        })
    };
    let body = move || {
        opened.get().map(|_| {
            view! {
                <header class="details-head">
                    <h2 tabindex="-1" dir="auto" node_ref=heading>
                        {move || name().unwrap_or_else(|| text!(files.nothing).to_owned())}
                    </h2>
                    <button type="button" class="button" on:click=move |_| close()>{text!(common.close)}</button>
                </header>
                <Held held=file.committing>{cells} {more}</Held>
            }
        })
    };
    view! {
        <aside
            class="details"
            class:is-open=move || opened.read().is_some()
            aria-label=text!(review.details)
            on:keydown=move |event: ev::KeyboardEvent| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            {body}
        </aside>
    }
    .into_any()
}

/// The id of the button that opens the panel for a row of the file.
pub fn button_id(place: u32) -> String {
    format!("cells-of-{place}")
}
