//! How far a search is, and what is missing of a result that is not complete.

use super::found::{Found, Progress};
use crate::components::error_view::{Explained, explain};
use crate::error::AppError;
use crate::text;
use leptos::prelude::*;

/// How far a search is.
#[component]
pub fn SearchStatus(
    /// What it found.
    found: Found,
) -> AnyView {
    // Said aloud only at the end: a number for each page would never stop talking.
    let said = move || match found.progress() {
        Progress::Complete => text!(import.complete, count = found.total(), n = text::number(found.total())),
        Progress::Stopped => text!(import.stopped).to_owned(),
        Progress::Idle | Progress::Searching | Progress::Failed(_) => String::new(),
    };
    let is_searching = move || found.progress() == Progress::Searching;
    let failure = move || match found.progress() {
        Progress::Failed(error) => Some(error),
        _ => None,
    };
    view! {
        <div class="search-status">
            <p role="status" hidden=move || said().is_empty()>{said}</p>
            <p class="search-running" hidden=move || !is_searching()>
                <progress aria-label=text!(import.search)></progress>
                {move || text!(import.searching, count = found.total(), n = text::number(found.total()))}
            </p>
            {move || failure().map(|error| view! { <Incomplete error received=found.total() /> })}
            {move || {
                let references = found.references();
                (references > 0)
                    .then(|| {
                        let words = text!(import.references, count = references, n = text::number(references));
                        view! { <p class="notice is-warning">{words}</p> }
                    })
            }}
        </div>
    }
    .into_any()
}

/// A result that ended early: why, and what can be done.
#[component]
fn Incomplete(
    /// Why.
    error: AppError,
    /// Rows that came before.
    received: u32,
) -> AnyView {
    let Explained { what, next } = explain(&error);
    let reference = match &error {
        AppError::Internal { reference } => Some(text!(errors.reference, reference = reference.clone())),
        _ => None,
    };
    view! {
        <div class="notice is-bad" role="alert">
            <p class="notice-title">{text!(import.incomplete)} ": " {what}</p>
            <p>{next}</p>
            {(received > 0).then(|| view! { <p>{text!(import.incomplete_some, count = received, n = text::number(received))}</p> })}
            {reference.map(|reference| view! { <p class="quiet">{reference}</p> })}
        </div>
    }
    .into_any()
}
