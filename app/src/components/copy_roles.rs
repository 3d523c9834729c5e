//! The user whose roles are copied: found by part of a name.

use crate::api::import::{PersonChoice, find_people};
use crate::components::error_view::ErrorView;
use crate::text;
use identity::assignment::Assignment;
use leptos::prelude::*;

/// Finds users by part of a name, and has one of them chosen.
#[component]
pub fn CopyRoles(
    /// One was chosen.
    #[prop(into)]
    on_choose: Callback<PersonChoice>,
    /// What became of the choice.
    children: Children,
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
        on_choose.run(person);
        find.clear();
        typed.set(String::new());
    };
    view! {
        <fieldset class="copy-from">
            <legend>{text!(import.copy)}</legend>
            {children()}
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

/// Users to choose from.
#[component]
fn PeopleList(
    /// The users.
    people: Vec<PersonChoice>,
    /// One was chosen.
    choose: Callback<PersonChoice>,
) -> AnyView {
    let line = move |person: PersonChoice| {
        let roles = role_list(&person.roles);
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

/// Roles in words.
pub fn role_list(roles: &[Assignment]) -> String {
    if roles.is_empty() {
        return text!(import.copy_no_roles).to_owned();
    }
    roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
