//! Controls that must not be used while something is being done.

use leptos::prelude::*;

/// What can be looked at, and not changed as long as this says so. It is no box of its own.
#[component]
pub fn Held(
    /// Whether it is held.
    held: RwSignal<bool>,
    /// What.
    children: Children,
) -> AnyView {
    view! {
        <fieldset class="held" role="presentation" disabled=move || held.get()>
            {children()}
        </fieldset>
    }
    .into_any()
}
