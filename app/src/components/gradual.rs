//! Long lists are drawn a few lines at a time, so that no task of the page takes long.

use leptos::prelude::*;
use std::time::Duration;

/// Lines that are drawn in one task.
const FEW: usize = 6;

/// Counts up to what is wanted, a few at a time. Only in a page that is awake.
pub fn gradual(wanted: impl Fn() -> usize + Copy + Send + Sync + 'static) -> Signal<usize> {
    let drawn = RwSignal::new(FEW);
    Effect::new(move |_| {
        if drawn.get() < wanted() {
            let further = move || {
                // The page may be left meanwhile.
                let _ = drawn.try_update(|drawn| *drawn += FEW);
            };
            set_timeout(further, Duration::ZERO);
        }
    });
    Signal::derive(move || drawn.get().min(wanted()))
}
