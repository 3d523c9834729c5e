//! Points in time, in the reader's zone.

mod utc;

pub use utc::utc;

use crate::{browser, text};
use leptos::prelude::*;
use leptos_i18n::Locale as _;

/// A point in time: in the reader's zone and way of writing, with UTC on hover. The server knows no zone, so it writes
/// UTC, and the browser replaces it.
#[component]
pub fn Time(
    /// Milliseconds since 1970 UTC.
    at: i64,
) -> AnyView {
    let utc = utc(at);
    let shown = RwSignal::new(format!("{} UTC", utc.minutes()));
    Effect::new(move |_| {
        if let Some(local) = browser::local_time(at, text::language().as_str()) {
            shown.set(local);
        }
    });
    view! {
        <time datetime=utc.iso() title=format!("{} UTC", utc.seconds())>
            {move || shown.get()}
        </time>
    }
    .into_any()
}
