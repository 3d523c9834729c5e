//! Choosing a source, and searching it.

use crate::text;
use leptos::prelude::*;

/// Choosing a source, and searching it.
#[component]
pub fn ImportPage() -> AnyView {
    view! { <h1>{text!(import.title)}</h1> }.into_any()
}
