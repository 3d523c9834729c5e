//! Drafts: written for as long as a component lives, so that a reload loses nothing.

use leptos::{
    leptos_dom::helpers::{debounce, window_event_listener_untyped},
    prelude::*,
};
use std::time::Duration;

/// How long changes must rest before a long draft is written.
const REST: Duration = Duration::from_millis(300);
/// A draft with more parts than this is long.
const SHORT: usize = 1_000;

/// Writes a draft whenever what `length` reads has changed: at once when it has few parts, otherwise when changes rest,
/// and at the latest when the page is left.
pub fn keep(length: impl Fn() -> usize + 'static, write: impl Fn() + Copy + Send + Sync + 'static) {
    let unkept = StoredValue::new(false);
    let write = move || {
        unkept.set_value(false);
        write();
    };
    let write_rest = move || {
        if unkept.try_get_value() == Some(true) {
            write();
        }
    };
    let mut write_later = debounce(REST, move |()| write_rest());
    // In effects, because the server has no drafts.
    Effect::new(move |_| {
        if length() <= SHORT {
            write();
        } else {
            unkept.set_value(true);
            write_later(());
        }
    });
    Effect::new(move |_| {
        let listener = window_event_listener_untyped("pagehide", move |_| write_rest());
        on_cleanup(move || listener.remove());
    });
    on_cleanup(write_rest);
}
