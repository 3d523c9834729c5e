//! What is decided beside the columns of groups and roles: labels, blank cells, how permissions stand in the rows.

use crate::pages::file::state::FileImport;
use crate::text;
use leptos::prelude::*;
use plan::sheet::{Blank, ObjectColumn, SheetKind};

/// What is decided beside the columns.
#[component]
pub fn ObjectDecisions(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let choices = file.objects.choices;
    // Another kind makes all of this anew.
    let is_roles = untrack(|| file.objects.kind()) == SheetKind::Roles;
    let blank = move |value: Blank, word: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="blank"
                    prop:checked=move || choices.with(|choices| choices.blank == value)
                    on:change=move |_| choices.update(|choices| choices.blank = value)
                />
                {word}
            </label>
        }
    };
    let lists_permissions =
        Memo::new(move |_| choices.with(|choices| choices.columns.contains(&ObjectColumn::Permissions)));
    let shape = move |value: Option<bool>, word: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="permissions"
                    prop:checked=move || choices.with(|choices| choices.row_per_permission == value)
                    on:change=move |_| choices.update(|choices| choices.row_per_permission = value)
                />
                {word}
            </label>
        }
    };
    let shapes = move || {
        (is_roles && lists_permissions.get()).then(|| {
            view! {
                <fieldset>
                    <legend>{text!(objects.shape)}</legend>
                    {shape(None, text!(objects.shape_found))}
                    {shape(Some(false), text!(objects.shape_cell))}
                    {shape(Some(true), text!(objects.shape_rows))}
                </fieldset>
            }
        })
    };
    let replaces = is_roles.then(|| view! { <p class="quiet">{text!(objects.replaces)}</p> });
    view! {
        <section class="file-decisions" aria-labelledby="decisions-title">
            <h2 id="decisions-title">{text!(files.decisions)}</h2>
            <fieldset>
                <legend>{text!(objects.labels)}</legend>
                <label>
                    <input
                        type="checkbox"
                        prop:checked=move || choices.with(|choices| choices.change_labels)
                        on:change=move |event| {
                            let wanted = event_target_checked(&event);
                            choices.update(|choices| choices.change_labels = wanted);
                        }
                    />
                    {text!(objects.change_labels)}
                </label>
            </fieldset>
            <fieldset>
                <legend>{text!(objects.blank)}</legend>
                {blank(Blank::Keep, text!(files.blank_keep))}
                {blank(Blank::Clear, text!(files.blank_clear))}
            </fieldset>
            {shapes}
            {replaces}
        </section>
    }
    .into_any()
}
