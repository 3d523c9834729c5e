//! One job: live, and its report.

use crate::text;
use leptos::prelude::*;

/// One job: live, and its report.
#[component]
pub fn JobPage() -> AnyView {
    view! { <h1>{text!(jobs.title)}</h1> }.into_any()
}
