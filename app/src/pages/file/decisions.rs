//! What is decided beside the columns: blank cells, many values in a cell, roles for new users.

use super::state::FileImport;
use crate::api::import::{RoleChoice, list_role_choices};
use crate::components::error_view::ErrorView;
use crate::components::role_boxes::{RoleBox, RoleBoxes};
use crate::text;
use leptos::prelude::*;
use plan::sheet::Blank;

/// What is decided beside the columns.
#[component]
pub fn Decisions(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let blank = move |value: Blank, word: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="blank"
                    prop:checked=move || file.mapping.with(|mapping| mapping.blank == value)
                    on:change=move |_| file.mapping.update(|mapping| mapping.blank = value)
                />
                {word}
            </label>
        }
    };
    let choices = LocalResource::new(list_role_choices);
    let roles = move || match choices.get() {
        None => view! { <p aria-busy="true">{text!(common.loading)}</p> }.into_any(),
        Some(Ok(choices)) => view! { <Boxes choices file /> }.into_any(),
        Some(Err(error)) => view! { <ErrorView error on_retry=move |()| choices.refetch() /> }.into_any(),
    };
    view! {
        <section class="file-decisions" aria-labelledby="decisions-title">
            <h2 id="decisions-title">{text!(files.decisions)}</h2>
            <fieldset>
                <legend>{text!(files.blank)}</legend>
                {blank(Blank::Keep, text!(files.blank_keep))}
                {blank(Blank::Clear, text!(files.blank_clear))}
            </fieldset>
            <div class="field">
                <label for="separator">{text!(files.separator)}</label>
                <input
                    class="input is-short"
                    id="separator"
                    type="text"
                    maxlength="5"
                    prop:value=move || file.mapping.with(|mapping| mapping.separator.clone())
                    on:change:target=move |event| {
                        let separator = event.target().value();
                        file.mapping.update(|mapping| mapping.separator = separator);
                    }
                />
                <p class="hint">{text!(files.separator_hint)}</p>
            </div>
            // Roles that a profile brought are not hidden.
            <details open=file.options.with_untracked(|options| !options.roles.is_empty())>
                <summary>{text!(files.roles)}</summary>
                {roles}
            </details>
        </section>
    }
    .into_any()
}

/// The roles that new users can be given.
#[component]
fn Boxes(
    /// All of them.
    choices: Vec<RoleChoice>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let roles = choices.into_iter().map(RoleBox::from).collect();
    let chosen = Signal::derive(move || file.options.with(|options| options.roles.clone()));
    view! {
        <RoleBoxes
            legend=text!(files.roles_new)
            roles
            chosen
            on_change=move |given| file.options.update(|options| options.roles = given)
        />
        <label>
            <input
                type="checkbox"
                prop:checked=move || file.options.with(|options| options.roles_to_existing)
                on:change=move |event| {
                    let wanted = event_target_checked(&event);
                    file.options.update(|options| options.roles_to_existing = wanted);
                }
            />
            {text!(files.roles_existing)}
        </label>
    }
    .into_any()
}
