//! The roles and what they give.

use crate::text;
use leptos::prelude::*;

/// The roles and what they give.
#[component]
pub fn RolesPage() -> AnyView {
    view! { <h1>{text!(roles.title)}</h1> }.into_any()
}
