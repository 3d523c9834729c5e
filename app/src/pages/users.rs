//! The list of users.

use crate::text;
use leptos::prelude::*;

/// The list of users.
#[component]
pub fn UsersPage() -> AnyView {
    view! { <h1>{text!(users.title)}</h1> }.into_any()
}
