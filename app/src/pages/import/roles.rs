//! Roles for those who are imported: chosen one by one, or copied from another user.

use super::decisions::Decisions;
use crate::api::import::{PersonChoice, RoleChoice, find_people, list_role_choices};
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
            <CopyFrom decisions />
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

/// The user whose roles are copied, and the search for one.
#[component]
fn CopyFrom(
    /// What is decided.
    decisions: Decisions,
) -> AnyView {
    let typed = RwSignal::new(String::new());
    let find = Action::new(|text: &String| find_people(text.clone()));
    let search = move || {
        let text = typed.with_untracked(|text| text.trim().to_owned());
        if !text.is_empty() {
            find.dispatch(text);
        }
    };
    let choose = move |person: PersonChoice| {
        decisions.copy_from.set(Some(person));
        find.clear();
        typed.set(String::new());
    };
    view! {
        <fieldset class="copy-from">
            <legend>{text!(import.copy)}</legend>
            {move || decisions.copy_from.get().map(|person| view! { <Copied person decisions /> })}
            <div class="copy-from-line">
                <input
                    type="search"
                    aria-label=text!(import.copy_hint)
                    placeholder=text!(import.copy_hint)
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                            search();
                        }
                    }
                />
                <button type="button" class="button" on:click=move |_| search()>{text!(import.copy_find)}</button>
            </div>
            <div role="status">
                {move || find.value().get().map(|answer| match answer {
                    Ok(people) if people.is_empty() => {
                        view! { <p class="quiet">{text!(import.copy_nobody)}</p> }.into_any()
                    }
                    Ok(people) => view! { <PeopleList people choose=Callback::new(choose) /> }.into_any(),
                    Err(error) => view! { <ErrorView error /> }.into_any(),
                })}
            </div>
        </fieldset>
    }
    .into_any()
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
            {text!(import.copy_from, name = person.name.clone(), roles = role_list(&person))}
            " "
            <button type="button" class="link" on:click=move |_| decisions.copy_from.set(None)>
                {text!(import.copy_remove)}
            </button>
        </p>
    }
    .into_any()
}

/// Users to choose from.
#[component]
fn PeopleList(
    /// The users.
    people: Vec<PersonChoice>,
    /// One was chosen.
    choose: Callback<PersonChoice>,
) -> AnyView {
    let line = move |person: PersonChoice| {
        let roles = role_list(&person);
        let username = person.username.clone();
        view! {
            <li>
                <button
                    type="button"
                    class="link"
                    aria-label=text!(import.copy_choose, name = person.name.clone())
                    on:click={
                        let person = person.clone();
                        move |_| choose.run(person.clone())
                    }
                >
                    {person.name.clone()}
                </button>
                " " <small class="quiet">{username} " · " {roles}</small>
            </li>
        }
    };
    view! { <ul class="people-list">{people.into_iter().map(line).collect_view()}</ul> }.into_any()
}

fn role_list(person: &PersonChoice) -> String {
    if person.roles.is_empty() {
        return text!(import.copy_no_roles).to_owned();
    }
    person.roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
