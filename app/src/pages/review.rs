//! The review of a plan: what will change, row by row and field by field.

use crate::text;
use leptos::prelude::*;

/// The review of a plan: what will change, row by row and field by field.
#[component]
pub fn ReviewPage() -> AnyView {
    view! { <h1>{text!(review.title)}</h1> }.into_any()
}
