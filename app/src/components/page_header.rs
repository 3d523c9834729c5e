//! The heading of a page, and the window's title.

use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;

/// The heading of a page with what can be done there on its right. Also the window's title.
#[component]
pub fn PageHeader(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What stands below it: where this is, or how much there is.
    #[prop(optional, into)]
    about: ViewFn,
    /// Buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    // The window's title is made anew when a page comes or goes, and then the signals of one that went are gone already.
    let window_title = move || match title.try_get() {
        Some(title) => text::window_title(&format!("{title} · {}", text!(common.app_name))),
        None => text!(common.app_name).to_owned(),
    };
    view! {
        <Title text=window_title />
        <header class="page-header">
            <div class="page-heading">
                // Takes the focus when a step of a flow begins.
                <h1 id="page-title" tabindex="-1">{move || title.get()}</h1>
                {about.run()}
            </div>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </header>
    }
    .into_any()
}
