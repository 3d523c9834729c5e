//! The bell: notifications, and how many are new.

use crate::text;
use leptos::prelude::*;

/// The bell of the header.
#[component]
pub fn Bell() -> AnyView {
    view! { <a href="/jobs" class="bell">{text!(jobs.notifications)}</a> }.into_any()
}
