//! The list of directories.

use crate::text;
use leptos::prelude::*;

/// The list of directories.
#[component]
pub fn DirectoriesPage() -> AnyView {
    view! { <h1>{text!(directories.title)}</h1> }.into_any()
}
