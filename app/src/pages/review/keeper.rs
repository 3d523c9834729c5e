//! Keeps what is picked in this tab, so that a reload loses nothing.

use super::{draft, state::Review};
use leptos::{
    leptos_dom::helpers::{debounce, window_event_listener_untyped},
    prelude::*,
};
use std::time::Duration;

/// A selection of more exceptions than this is long enough to be written only when picking rests.
const SHORT: usize = 1_000;
/// How long picking must rest.
const REST: Duration = Duration::from_millis(300);

/// Takes back what was kept, and keeps what is picked for as long as the page is open.
pub fn keep(review: Review) {
    let plan_id = review.plan.with_untracked(|plan| plan.plan_id);
    let unkept = StoredValue::new(false);
    let write = move || {
        unkept.set_value(false);
        review.selection.with_untracked(|selection| draft::keep(plan_id, selection));
    };
    let mut write_later = debounce(REST, move |()| write());
    // In effects, because the server has no drafts.
    Effect::new(move |before: Option<()>| {
        if before.is_none()
            && let Some(kept) = draft::find(plan_id)
        {
            review.selection.set(kept);
        }
        let exceptions = review.selection.with(|selection| selection.rows.len() + selection.parts.len());
        if exceptions <= SHORT {
            write();
        } else {
            unkept.set_value(true);
            write_later(());
        }
    });
    let write_rest = move || {
        if unkept.try_get_value() == Some(true) {
            write();
        }
    };
    Effect::new(move |_| {
        let listener = window_event_listener_untyped("pagehide", move |_| write_rest());
        on_cleanup(move || listener.remove());
    });
    on_cleanup(write_rest);
}
