//! One directory: add, edit, test, remove.

use crate::text;
use leptos::prelude::*;

/// One directory: add, edit, test, remove.
#[component]
pub fn DirectoryPage() -> AnyView {
    view! { <h1>{text!(directories.title)}</h1> }.into_any()
}
