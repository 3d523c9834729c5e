//! A set of short texts: each with a button that takes it away, and a field that adds another.

use crate::{
    components::{form::Awake, icon::Icon},
    text,
};
use leptos::prelude::*;

/// A text of the set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Chip {
    /// The text itself.
    pub value: String,
    /// What it means, where the text alone does not say.
    pub says: Option<&'static str>,
}

/// The set and its field.
#[component]
pub fn ChipField(
    /// The id of the field, which is also the name that errors know it by.
    id: &'static str,
    /// What the set is.
    label: &'static str,
    /// What the field takes.
    hint: &'static str,
    /// What stands there when the set is empty.
    empty: &'static str,
    /// The set.
    #[prop(into)]
    chips: Signal<Vec<Chip>>,
    /// What is written in the field.
    typed: RwSignal<String>,
    /// What may be written there.
    #[prop(into)]
    suggestions: Signal<Vec<String>>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Whoever looks at it may not change it.
    readonly: bool,
    /// Adds what is written.
    #[prop(into)]
    on_add: Callback<()>,
    /// Takes a text away.
    #[prop(into)]
    on_remove: Callback<String>,
) -> AnyView {
    let waiting = Awake::must_wait();
    let (list_id, error_id) = (format!("{id}-known"), format!("{id}-error"));
    let field = view! {
        <div class="chip-add">
            <input
                type="text"
                id=id
                class="input"
                list=list_id.clone()
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                dir="auto"
                aria-label=hint
                placeholder=hint
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=error_id.clone()
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                        on_add.run(());
                    }
                }
            />
            <datalist id=list_id>
                {move || {
                    suggestions.get().into_iter().map(|text| view! { <option value=text></option> }).collect_view()
                }}
            </datalist>
            <button type="button" class="button" disabled=move || waiting.get() on:click=move |_| on_add.run(())>
                {Icon::Plus.view()}
                {text!(common.add)}
            </button>
        </div>
        <p id=error_id class="field-error" role="status">
            {move || error.get()}
        </p>
    };
    view! {
        <fieldset class="field chip-field">
            <legend>{label}</legend>
            {move || chips.with(Vec::is_empty).then(|| view! { <p class="hint">{empty}</p> })}
            <ul class="chips" hidden=move || chips.with(Vec::is_empty)>
                <For each=move || chips.get() key=Chip::clone let:chip>
                    <ChipView chip readonly on_remove />
                </For>
            </ul>
            {(!readonly).then_some(field)}
        </fieldset>
    }
    .into_any()
}

#[component]
fn ChipView(chip: Chip, readonly: bool, on_remove: Callback<String>) -> AnyView {
    let Chip { value, says } = chip;
    let shown = value.clone();
    let remove = (!readonly).then(|| {
        let label = text!(common.take_away, what = value.clone());
        view! {
            <button
                type="button"
                class="chip-remove"
                aria-label=label
                on:click=move |_| on_remove.run(value.clone())
            >
                {Icon::Close.view()}
            </button>
        }
    });
    view! {
        <li class="chip">
            <span dir="auto">{shown}</span>
            {says.map(|says| view! { <small class="quiet">{says}</small> })}
            {remove}
        </li>
    }
    .into_any()
}
