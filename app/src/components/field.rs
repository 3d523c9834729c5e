//! Fields of forms: label, control, hint and error, tied together for screen readers.

use crate::{components::icon::Icon, text};
use leptos::prelude::*;

/// The frame of a field: label above, hint and error below.
#[component]
pub fn Labelled(
    /// The id of the control. The hint has `ID-hint`, the error `ID-error`.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(optional_no_strip)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It must be filled in.
    #[prop(optional)]
    required: bool,
    /// The directory owns it.
    #[prop(optional)]
    locked: bool,
    /// The control.
    children: Children,
) -> AnyView {
    let (error_id, hint_id) = (format!("{id}-error"), format!("{id}-hint"));
    view! {
        <div class="field" class:is-invalid=move || error.with(Option::is_some)>
            <label for=id>
                {label}
                {required.then(|| view! { <span class="quiet">" " {text!(common.required)}</span> })}
                {locked
                    .then(|| {
                        view! { <span class="lock" title=text!(common.locked)>{Icon::Lock.view()}</span> }
                    })}
            </label>
            {children()}
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {move || error.get().map(|error| view! { <p class="field-error" id=error_id.clone()>{error}</p> })}
        </div>
    }
    .into_any()
}

/// A line of text.
#[component]
pub fn TextField(
    /// The id, which is also the name that errors know the field by.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is written in it.
    value: RwSignal<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// `text`, `email`, `password`, `tel`, `url`, `number`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// It must be filled in.
    #[prop(optional)]
    required: bool,
    /// The directory owns it: shown with a lock, not editable.
    #[prop(optional)]
    locked: bool,
    /// Whoever looks at it may not change it.
    #[prop(optional)]
    readonly: bool,
) -> AnyView {
    let described_by = described_by(&id, hint.is_some(), error);
    view! {
        <Labelled id=id.clone() label hint error required locked>
            <input
                type=kind
                id=id.clone()
                name=id
                class="input"
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                aria-required=required.then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by
                readonly=locked || readonly
                dir="auto"
                prop:value=value
                value=value.get_untracked()
                on:input:target=move |event| value.set(event.target().value())
            />
        </Labelled>
    }
    .into_any()
}

/// A choice among a few.
#[component]
pub fn SelectField(
    /// The id, which is also the name that errors know the field by.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// Values and what they are called.
    options: Vec<(String, String)>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> AnyView {
    let described_by = described_by(&id, hint.is_some(), error);
    view! {
        <Labelled id=id.clone() label hint error>
            <select
                id=id.clone()
                name=id
                class="input"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by
                prop:value=value
                on:change:target=move |event| value.set(event.target().value())
            >
                {options
                    .into_iter()
                    .map(|(code, name)| {
                        let selected = value.get_untracked() == code;
                        view! { <option value=code selected=selected>{name}</option> }
                    })
                    .collect_view()}
            </select>
        </Labelled>
    }
    .into_any()
}

/// A yes or no.
#[component]
pub fn CheckField(
    /// The id, which is also the name that errors know the field by.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// What helps to decide.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The directory owns it: shown with a lock, not changeable.
    #[prop(optional)]
    locked: bool,
    /// Whoever looks at it may not change it.
    #[prop(optional)]
    readonly: bool,
) -> AnyView {
    let hint_id = format!("{id}-hint");
    let described_by = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="field is-check">
            <label>
                <input
                    type="checkbox"
                    id=id.clone()
                    name=id
                    disabled=locked || readonly
                    aria-describedby=described_by
                    prop:checked=value
                    checked=value.get_untracked()
                    on:change:target=move |event| value.set(event.target().checked())
                />
                <span>{label}</span>
                {locked
                    .then(|| {
                        view! { <span class="lock" title=text!(common.locked)>{Icon::Lock.view()}</span> }
                    })}
            </label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}

/// The ids of what says more about a control.
fn described_by(
    id: &str,
    has_hint: bool,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Send + Sync + Clone + 'static {
    let hint = has_hint.then(|| format!("{id}-hint"));
    let error_id = format!("{id}-error");
    move || {
        let error = error.with(Option::is_some).then_some(error_id.as_str());
        match (error, hint.as_deref()) {
            (Some(error), Some(hint)) => Some(format!("{error} {hint}")),
            (one, other) => one.or(other).map(str::to_owned),
        }
    }
}
