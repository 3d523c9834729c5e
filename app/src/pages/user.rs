//! One user: create, read, edit.

use crate::text;
use leptos::prelude::*;

/// One user: create, read, edit.
#[component]
pub fn UserPage() -> AnyView {
    view! { <h1>{text!(users.title)}</h1> }.into_any()
}
