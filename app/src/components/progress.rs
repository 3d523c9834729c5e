//! A determinate bar.

use leptos::prelude::*;

/// How far something is, as a bar and in words.
#[component]
pub fn ProgressBar(
    /// What it is about, for screen readers.
    #[prop(into)]
    label: String,
    /// What is done.
    #[prop(into)]
    done: Signal<u32>,
    /// All there is.
    #[prop(into)]
    total: Signal<u32>,
) -> AnyView {
    view! { <progress class="progress" aria-label=label value=move || done.get() max=move || total.get().max(1)></progress> }
        .into_any()
}
