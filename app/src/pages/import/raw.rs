//! All that the directory says of an entry, when somebody asks for it.

use crate::api::search::{RawAttribute, RawEntry, RawValue, SearchRow, fetch_entry};
use crate::components::dialog::Dialog;
use crate::components::error_view::ErrorView;
use crate::text;
use identity::external_id::ExternalId;
use identity::id::DirectoryId;
use leptos::prelude::*;
use std::sync::Arc;

/// The attributes of the opened entry.
#[component]
pub fn RawDialog(
    /// Where it was found.
    directory_id: DirectoryId,
    /// The entry, while it is shown.
    opened: RwSignal<Option<Arc<SearchRow>>>,
) -> AnyView {
    let open = Signal::derive(move || opened.with(Option::is_some));
    let title = move || {
        let name = opened.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
        text!(import.raw_title, name = name)
    };
    view! {
        <Dialog title=Signal::derive(title) open on_close=move |()| opened.set(None)>
            {move || {
                let external_id = opened.with(|row| row.as_ref().and_then(|row| row.external_id.clone()));
                external_id.map(|external_id| view! { <Raw directory_id external_id /> })
            }}
        </Dialog>
    }
    .into_any()
}

/// One entry, asked for when the dialog opens.
#[component]
fn Raw(
    /// Where it was found.
    directory_id: DirectoryId,
    /// The entry.
    external_id: ExternalId,
) -> AnyView {
    let entry = LocalResource::new(move || fetch_entry(directory_id, external_id.clone()));
    let attributes = move || match entry.get() {
        None => view! { <p aria-busy="true">{text!(import.raw_loading)}</p> }.into_any(),
        Some(Ok(entry)) => view! { <RawTable entry /> }.into_any(),
        Some(Err(error)) => view! { <ErrorView error on_retry=move |()| entry.refetch() /> }.into_any(),
    };
    attributes.into_any()
}

/// The attributes of an entry, as they came.
#[component]
fn RawTable(
    /// The entry.
    entry: RawEntry,
) -> AnyView {
    let RawEntry { dn, attributes } = entry;
    let attribute = |RawAttribute { name, values, more }: RawAttribute| {
        let values = values.into_iter().map(|value| view! { <li dir="auto">{raw_value(value)}</li> }).collect_view();
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>
                    <ul class="raw-values">
                        {values}
                        {(more > 0).then(|| view! { <li class="quiet">{text!(import.raw_more, count = more, n = text::number(more))}</li> })}
                    </ul>
                </td>
            </tr>
        }
    };
    view! {
        <p class="raw-dn">
            <span class="quiet">{text!(import.raw_dn)}": "</span>
            <code dir="ltr">{dn}</code>
        </p>
        <div class="table-scroll" tabindex="0" role="region" aria-label=text!(import.raw)>
            <table class="table raw-table">
                <thead>
                    <tr>
                        <th scope="col">{text!(import.raw_attribute)}</th>
                        <th scope="col">{text!(import.raw_values)}</th>
                    </tr>
                </thead>
                <tbody>{attributes.into_iter().map(attribute).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn raw_value(value: RawValue) -> AnyView {
    match value {
        RawValue::Text(text) => text.into_any(),
        RawValue::Binary(bytes) => {
            view! { <em>{text!(import.raw_binary, count = bytes, n = text::number(bytes))}</em> }.into_any()
        }
        RawValue::Secret => view! { <em>{text!(import.raw_secret)}</em> }.into_any(),
    }
}
