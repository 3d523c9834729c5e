//! Everything about one row: each field with its box, the roles, the entry, and why it is here.

use super::{
    line::{RowBox, without_fields},
    parts::{FieldPart, list_parts},
    source::Source,
    state::Review,
    why::Why,
};
use crate::{
    api::plan::PlanLine,
    browser,
    components::{held::Held, row_kind::RowKind},
    pages::file::cells::Cells,
    text,
};
use leptos::{ev, html, prelude::*};
use plan::{Action, Row};
use std::sync::Arc;

/// The panel beside the rows. Empty until a row is chosen.
#[component]
pub fn DetailsPanel(
    /// The review that it belongs to.
    review: Review,
) -> AnyView {
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let (Some(_), Some(heading)) = (review.opened.get(), heading.get()) {
            let _ = heading.focus();
        }
    });
    let close = move || {
        review.opened.set(None);
        browser::focus_active_row();
    };
    view! {
        <aside
            class="details"
            class:is-open=move || review.opened.read().is_some()
            aria-label=text!(review.details)
            on:keydown=move |event: ev::KeyboardEvent| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            {move || match review.opened.get() {
                None => ().into_any(),
                Some(line) => {
                    let shown = line.clone();
                    view! {
                        <header class="details-head">
                            <h2 tabindex="-1" node_ref=heading>{move || review.current(&shown).row.name}</h2>
                            <button type="button" class="button" on:click=move |_| close()>{text!(common.close)}</button>
                        </header>
                        <Held held=review.committing><RowDetails line review /></Held>
                    }
                        .into_any()
                }
            }}
        </aside>
    }
    .into_any()
}

/// Everything about one row.
#[component]
pub fn RowDetails(
    /// The row.
    line: PlanLine,
    /// The review that it belongs to.
    review: Review,
) -> AnyView {
    // Not made anew with the rest: whoever corrects a cell goes on in it.
    let cells = match review.source {
        Source::File(file) => Some(view! { <Cells row=line.row.row file /> }),
        Source::Stored(_) => None,
    };
    let line = Memo::new(move |_| review.current(&line));
    let row = move || Arc::new(line.get().row);
    let stale = move || {
        line.with(|line| line.stale).then(|| view! { <p class="notice notice-warns">{text!(review.stale_why)}</p> })
    };
    let head = move || {
        let row = row();
        view! {
            <p class="details-who">
                <RowBox row=row.clone() review in_grid=false />
                <RowKind row=&row />
                <span class="who-username" dir="auto">{row.username.clone()}</span>
            </p>
        }
    };
    let about = move || {
        let row = row();
        view! {
            <Place row=&row />
            <Why row=(*row).clone() review />
        }
    };
    view! {
        {head}
        {stale}
        {move || view! { <RowParts row=row() review /> }}
        {cells}
        {about}
    }
    .into_any()
}

/// The fields and roles of a row, each with its box.
#[component]
pub fn RowParts(
    /// The row.
    row: Arc<Row>,
    /// The review that it belongs to.
    review: Review,
) -> AnyView {
    let fields = row
        .fields
        .iter()
        .cloned()
        .map(|change| view! { <li><FieldPart row=row.clone() change review in_grid=false /></li> })
        .collect_view();
    let lists = list_parts(&row, review, false);
    let lists = lists.into_iter().map(|part| view! { <li>{part}</li> }).collect_view();
    let bare = row.fields.is_empty().then(|| without_fields(&row)).flatten();
    let unchanged = (row.unchanged_fields > 0).then(|| {
        let text = text!(review.unchanged_fields, count = row.unchanged_fields, n = text::number(row.unchanged_fields));
        view! { <p class="quiet">{text}</p> }
    });
    view! {
        {bare.map(|text| view! { <p class="quiet">{text}</p> })}
        <ul class="parts">{fields} {lists}</ul>
        {unchanged}
    }
    .into_any()
}

/// Where the entry is, and the user that it belongs to.
#[component]
fn Place<'a>(
    /// The row.
    row: &'a Row,
) -> AnyView {
    let user_id = match row.action {
        Action::Update { user_id, .. }
        | Action::Link { user_id, .. }
        | Action::Unchanged { user_id, .. }
        | Action::Skip { user_id } => Some(user_id),
        Action::Create | Action::Block => None,
    };
    let user =
        user_id.map(|user_id| view! { <p><a href=format!("/users/{user_id}")>{text!(review.open_user)}</a></p> });
    let place = row.entry.as_ref().map(|entry| {
        let before = row.moved_from.clone().map(|dn| {
            view! {
                <dt>{text!(review.dn_before)}</dt>
                <dd><code dir="ltr"><del>{dn}</del></code></dd>
            }
        });
        view! {
            <dl class="place">
                {before}
                <dt>{text!(review.dn)}</dt>
                <dd><code dir="ltr">{entry.dn.clone()}</code></dd>
            </dl>
        }
    });
    view! {
        {place}
        {user}
    }
    .into_any()
}
