//! The bar that takes what to look for.

use crate::{components::icon::Icon, text};
use leptos::prelude::*;

/// A search field with its button. The address holds what was searched, so the field follows it.
#[component]
pub fn SearchBar(
    /// The name of the field.
    #[prop(into)]
    label: String,
    /// What it takes, in a few words.
    #[prop(optional, into)]
    hint: String,
    /// What was searched.
    #[prop(into)]
    value: Signal<String>,
    /// The id of what says more: a hint or an error.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// Whether what was searched cannot be read.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Search for this.
    #[prop(into)]
    on_search: Callback<String>,
) -> AnyView {
    let typed = RwSignal::new(untrack(|| value.get()));
    Effect::new(move |_| typed.set(value.get()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_search.run(typed.get_untracked());
    };
    view! {
        // Works before the scripts do: the field is the address's `q`.
        <form role="search" method="get" class="search-bar" on:submit=submit>
            <input
                type="search"
                name="q"
                id="search"
                aria-label=label
                placeholder=hint
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-invalid=move || invalid.get().then_some("true")
                value=untrack(|| value.get())
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
            />
            <button type="submit" class="button is-primary">
                {Icon::Search.view()}
                <span>{text!(common.search)}</span>
            </button>
        </form>
    }
    .into_any()
}
