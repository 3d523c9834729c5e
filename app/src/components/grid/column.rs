//! Columns and their headers.

use crate::text;
use leptos::prelude::*;

/// A column of a grid.
#[derive(Clone)]
pub struct Column {
    key: &'static str,
    title: String,
    sortable: bool,
    head: Option<ViewFn>,
}

/// An order: a column's key, and whether it runs backwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The column's key.
    pub key: String,
    /// From the end.
    pub descending: bool,
}

impl Column {
    /// A column that rows cannot be ordered by.
    pub fn new(key: &'static str, title: impl Into<String>) -> Self {
        Self { key, title: title.into(), sortable: false, head: None }
    }

    /// A column whose header is a button that orders the rows.
    pub fn sortable(key: &'static str, title: impl Into<String>) -> Self {
        Self { key, title: title.into(), sortable: true, head: None }
    }

    /// A column whose header is something else, such as a checkbox for all rows.
    pub fn with_head(key: &'static str, head: impl Into<ViewFn>) -> Self {
        Self { key, title: String::new(), sortable: false, head: Some(head.into()) }
    }
}

/// The header of a column.
#[component]
pub(super) fn ColumnHeader(column: Column, sort: Signal<Option<Sort>>, on_sort: Option<Callback<Sort>>) -> AnyView {
    let Column { key, title, sortable, head } = column;
    if let Some(head) = head {
        return view! { <div role="columnheader">{head.run()}</div> }.into_any();
    }
    if !sortable {
        return view! { <div role="columnheader">{title}</div> }.into_any();
    }
    let direction = move || sort.with(|sort| sort.as_ref().filter(|sort| sort.key == key).map(|sort| sort.descending));
    let press = move |_| {
        if let Some(on_sort) = on_sort {
            let descending = untrack(direction) == Some(false);
            on_sort.run(Sort { key: key.to_owned(), descending });
        }
    };
    let tip = text!(common.sort_by, column = title.clone());
    view! {
        <div
            role="columnheader"
            aria-sort=move || match direction() {
                Some(false) => "ascending",
                Some(true) => "descending",
                None => "none",
            }
        >
            <button type="button" class="grid-sort" title=tip on:click=press>
                {title}
                <span aria-hidden="true" class="grid-arrow">
                    {move || match direction() {
                        Some(false) => "↑",
                        Some(true) => "↓",
                        None => "",
                    }}
                </span>
            </button>
        </div>
    }
    .into_any()
}
