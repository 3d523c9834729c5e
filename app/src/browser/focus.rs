//! The focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// What can have the focus inside a row.
const PARTS: &str = "a[href], button:not([disabled]), input:not([disabled]), select, summary";

/// Gives the focus to the element with this id, and lets the page stand where it is.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        give(&element);
    }
}

/// The same, and shows it where it was out of sight.
pub fn focus_in_view(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Gives the focus to a row of a grid.
pub fn focus_row(grid: &Element, row_index: u32) {
    if let Some(row) = row(grid, row_index) {
        give(&row);
    }
}

/// Gives the focus back to the row of the page's grid that had it last.
pub fn focus_active_row() {
    if let Ok(Some(row)) = document().query_selector("[role='grid'] [role='row'][tabindex='0']") {
        give(&row);
    }
}

/// Gives the focus to the next focusable part of a row, or to the one before; before the first part comes the row.
pub fn move_in_row(grid: &Element, row_index: u32, forward: bool) {
    let Some(row) = row(grid, row_index) else { return };
    let Ok(parts) = row.query_selector_all(PARTS) else { return };
    let parts: Vec<Element> = (0..parts.length()).filter_map(|i| parts.get(i)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let at = parts.iter().position(|part| Some(part) == focused.as_ref());
    let next = match (at, forward) {
        (None, true) => Some(0),
        (Some(at), true) => Some((at + 1).min(parts.len() - 1)),
        (Some(at), false) => at.checked_sub(1),
        (None, false) => None,
    };
    give(next.and_then(|next| parts.get(next)).unwrap_or(&row));
}

/// The row that has the focus is about to leave the document: its grid takes the focus over.
pub fn keep_focus(grid: &Element) {
    let focused = document().active_element();
    if focused.is_some_and(|focused| {
        grid.contains(Some(&focused)) && focused.closest(".grid-canvas").ok().flatten().is_some()
    }) {
        give(grid);
    }
}

/// Whether an event began on a row, or on the grid itself for a row out of sight.
pub fn is_on_row(event: &Event, grid: &Element) -> bool {
    target(event).is_some_and(|target| &target == grid || target.get_attribute("role").as_deref() == Some("row"))
}

/// Whether an event began in the head of a grid.
pub fn is_in_head(event: &Event) -> bool {
    target(event).is_some_and(|target| target.closest(".grid-head").ok().flatten().is_some())
}

/// Whether an event began where keys write text.
pub fn is_typing(event: &Event) -> bool {
    let selector = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
    target(event).is_some_and(|target| target.matches(selector).unwrap_or(false))
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn row(grid: &Element, row_index: u32) -> Option<Element> {
    grid.query_selector(&format!("[aria-rowindex='{row_index}']")).ok().flatten()
}

fn give(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}
