//! The failure switches of the demo directory.

use crate::text;
use leptos::prelude::*;

/// The failure switches of the demo directory.
#[component]
pub fn DemoPage() -> AnyView {
    view! { <h1>{text!(import.demo)}</h1> }.into_any()
}
