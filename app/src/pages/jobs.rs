//! The history of jobs.

use crate::text;
use leptos::prelude::*;

/// The history of jobs.
#[component]
pub fn JobsPage() -> AnyView {
    view! { <h1>{text!(jobs.title)}</h1> }.into_any()
}
