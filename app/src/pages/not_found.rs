//! No page has this address.

use crate::text;
use leptos::prelude::*;

/// No page has this address.
#[component]
pub fn NotFoundPage() -> AnyView {
    view! { <h1>{text!(common.not_found)}</h1> }.into_any()
}
