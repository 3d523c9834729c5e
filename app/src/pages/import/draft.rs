//! What is ticked and decided, kept in this tab as it changes, so that a reload loses nothing.

use super::address::Address;
use super::decisions::Decisions;
use super::search::Search;
use super::ticks::Ticks;
use crate::api::import::PersonChoice;
use crate::browser;
use crate::components::keeping;
use identity::id::DirectoryId;
use identity::import::ImportRequest;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is ticked and decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What would be asked for.
    pub request: ImportRequest,
    /// The user whose roles are copied.
    pub copy_from: Option<PersonChoice>,
}

/// What was ticked and decided before the page was loaded.
pub fn find(directory_id: DirectoryId) -> Option<Draft> {
    serde_json::from_str(&browser::find_draft(&key(directory_id))?).ok()
}

/// Keeps what is ticked and decided for as long as the page is there, and says in the address that there is something.
/// Answers whether the browser has no room for it.
pub fn keep(address: Address, search: Search, decisions: Decisions) -> ReadSignal<bool> {
    let unkept = RwSignal::new(false);
    let ticks = search.found.ticks();
    let length = move || {
        decisions.track();
        ticks.with(Ticks::count) as usize
    };
    let any = Memo::new(move |_| ticks.with(Ticks::count) > 0 || decisions.count() > 0);
    Effect::new(move |_| {
        if any.get() && !address.is_ticked() {
            address.keep_ticks();
        }
    });
    keeping::keep(length, move || {
        let Some(query) = search.query() else { return };
        let any = untrack(|| any.get());
        // A page on which nothing was ticked leaves alone what was ticked on another.
        if any || untrack(|| address.is_ticked()) {
            let is_kept = write(&draft(address.directory_id, query, search, decisions));
            unkept.set(any && !is_kept);
        }
    });
    unkept.read_only()
}

fn draft(directory_id: DirectoryId, query: String, search: Search, decisions: Decisions) -> Draft {
    let request = decisions.request(directory_id, query, search.found.to_keep());
    Draft { request, copy_from: decisions.copy_from.get_untracked() }
}

fn write(draft: &Draft) -> bool {
    let text = serde_json::to_string(draft).unwrap_or_default();
    browser::keep_draft(&key(draft.request.directory_id), &text)
}

fn key(directory_id: DirectoryId) -> String {
    format!("muster.import.{directory_id}")
}
