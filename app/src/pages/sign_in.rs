//! Signing in.

use crate::text;
use leptos::prelude::*;

/// Signing in.
#[component]
pub fn SignInPage() -> AnyView {
    view! { <h1>{text!(session.title)}</h1> }.into_any()
}
