//! Roles for those who are imported: chosen one by one, or copied from another user.

use super::decisions::Decisions;
use crate::api::import::{PersonChoice, RoleChoice, list_role_choices};
use crate::components::copy_roles::{CopyRoles, role_list};
use crate::components::dialog::Dialog;
use crate::components::error_view::ErrorView;
use crate::components::role_boxes::{RoleBox, RoleBoxes};
use crate::text;
use leptos::prelude::*;

/// The dialog that decides about roles.
#[component]
pub fn RolesDialog(
    /// What is decided.
    decisions: Decisions,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    view! {
        <Dialog title=Signal::stored(text!(import.roles_title).to_owned()) open on_close=move |()| open.set(false)>
            <p>{text!(import.roles_why)}</p>
            <RolesToGive decisions />
            <CopyRoles on_choose=move |person| decisions.copy_from.set(Some(person))>
                {move || decisions.copy_from.get().map(|person| view! { <Copied person decisions /> })}
            </CopyRoles>
            <p class="existing">
                <label>
                    <input
                        type="checkbox"
                        aria-describedby="existing-why"
                        prop:checked=move || decisions.to_existing.get()
                        on:change=move |event| decisions.to_existing.set(event_target_checked(&event))
                    />
                    {text!(import.existing)}
                </label>
                <small id="existing-why" class="quiet">{text!(import.existing_why)}</small>
            </p>
            <p class="actions">
                <button type="button" class="button is-primary" on:click=move |_| open.set(false)>
                    {text!(import.done)}
                </button>
            </p>
        </Dialog>
    }
    .into_any()
}

/// The roles that can be given, asked for when the dialog opens.
#[component]
fn RolesToGive(
    /// What is decided.
    decisions: Decisions,
) -> AnyView {
    let choices = LocalResource::new(list_role_choices);
    let boxes = move || match choices.get() {
        None => view! { <p aria-busy="true">{text!(common.loading)}</p> }.into_any(),
        Some(Ok(choices)) => view! { <Boxes choices decisions /> }.into_any(),
        Some(Err(error)) => view! { <ErrorView error on_retry=move |()| choices.refetch() /> }.into_any(),
    };
    boxes.into_any()
}

/// A box for each role that the person may give.
#[component]
fn Boxes(
    /// Those roles.
    choices: Vec<RoleChoice>,
    /// What is decided.
    decisions: Decisions,
) -> AnyView {
    if choices.is_empty() {
        return view! { <p class="quiet">{text!(import.roles_none)}</p> }.into_any();
    }
    let roles = choices.into_iter().map(RoleBox::from).collect();
    let chosen = decisions.roles;
    view! { <RoleBoxes legend=text!(import.roles) roles chosen on_change=move |given| chosen.set(given) /> }.into_any()
}

/// The user whose roles are copied.
#[component]
fn Copied(
    /// The user.
    person: PersonChoice,
    /// What is decided.
    decisions: Decisions,
) -> AnyView {
    view! {
        <p>
            {text!(import.copy_from, name = person.name.clone(), roles = role_list(&person.roles))}
            " "
            <button type="button" class="link" on:click=move |_| decisions.copy_from.set(None)>
                {text!(import.copy_remove)}
            </button>
        </p>
    }
    .into_any()
}
