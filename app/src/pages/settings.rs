//! Language, theme, password, about.

use crate::text;
use leptos::prelude::*;

/// Language, theme, password, about.
#[component]
pub fn SettingsPage() -> AnyView {
    view! { <h1>{text!(settings.title)}</h1> }.into_any()
}
