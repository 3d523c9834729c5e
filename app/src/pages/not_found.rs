//! No page has this address.

use crate::{
    components::{empty_state::EmptyState, page_header::PageHeader},
    text,
};
use leptos::prelude::*;

/// No page has this address.
#[component]
pub fn NotFoundPage() -> AnyView {
    view! {
        <PageHeader title=text!(common.not_found) />
        <EmptyState title=text!(common.not_found) why=text!(common.not_found_why)>
            <a class="button" href="/users">{text!(common.not_found_next)}</a>
        </EmptyState>
    }
    .into_any()
}
