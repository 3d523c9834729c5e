//! Pages of a list, each with an address.

use crate::text;
use leptos::prelude::*;

/// Links to the page before and the page after.
#[component]
pub fn Pagination(
    /// The page that is shown, from 1.
    #[prop(into)]
    page: Signal<u32>,
    /// How many there are.
    #[prop(into)]
    pages: Signal<u32>,
    /// The address of a page.
    #[prop(into)]
    href: Callback<u32, String>,
) -> AnyView {
    view! {
        <nav class="pagination" aria-label=text!(common.pages)>
            {move || {
                (page.get() > 1)
                    .then(|| view! { <a class="button" rel="prev" href=href.run(page.get() - 1)>{text!(common.page_previous)}</a> })
            }}
            <span>{move || text!(common.page_of, page = page.get(), pages = pages.get())}</span>
            {move || {
                (page.get() < pages.get())
                    .then(|| view! { <a class="button" rel="next" href=href.run(page.get() + 1)>{text!(common.page_next)}</a> })
            }}
        </nav>
    }
    .into_any()
}
