//! The filters of the list.

use crate::{
    api::{
        role::list_roles,
        user::{UserListQuery, list_origins},
    },
    components::{address::Address, role_name::role_name},
    text,
};
use identity::user::Origin;
use leptos::prelude::*;

/// Origin, state, role, directory.
#[component]
pub(super) fn Filters(query: Memo<UserListQuery>, address: Address) -> AnyView {
    let origins = Resource::new(|| (), |()| list_origins());
    let roles = Resource::new(|| (), |()| list_roles());
    let any = || (String::new(), text!(users.any).to_owned());
    let origin = move || {
        query.with(|query| match query.origin {
            Some(Origin::Internal) => "internal",
            Some(Origin::External) => "external",
            None => "",
        })
    };
    let enabled = move || {
        query.with(|query| match query.enabled {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        })
    };
    let role = move || query.with(|query| query.role.as_ref().map(ToString::to_string).unwrap_or_default());
    let directory = move || query.with(|query| query.directory_id.map(|id| id.to_string()).unwrap_or_default());
    view! {
        <div class="filters" role="group" aria-label=text!(users.filters)>
            <Choice
                label=text!(users.column_origin)
                value=Signal::derive(move || origin().to_owned())
                options=vec![
                    any(),
                    ("internal".to_owned(), text!(users.internal).to_owned()),
                    ("external".to_owned(), text!(users.external).to_owned()),
                ]
                on_choose=move |value: String| address.set("origin", &value)
            />
            <Choice
                label=text!(users.state)
                value=Signal::derive(move || enabled().to_owned())
                options=vec![
                    any(),
                    ("yes".to_owned(), text!(users.enabled).to_owned()),
                    ("no".to_owned(), text!(users.disabled).to_owned()),
                ]
                on_choose=move |value: String| address.set("enabled", &value)
            />
            <Transition>
                {move || {
                    let roles = roles.get().and_then(Result::ok)?;
                    let named = roles
                        .into_iter()
                        .map(|line| (line.role.code.to_string(), role_name(&line.role.code, &line.role.label)));
                    let options = std::iter::once(any()).chain(named).collect();
                    Some(
                        view! {
                            <Choice
                                label=text!(users.role)
                                value=Signal::derive(role)
                                options
                                on_choose=move |value: String| address.set("role", &value)
                            />
                        },
                    )
                }}
                {move || {
                    let origins = origins.get().and_then(Result::ok).filter(|origins| !origins.is_empty())?;
                    let named = origins.into_iter().map(|origin| (origin.directory_id.to_string(), origin.name));
                    let options = std::iter::once(any()).chain(named).collect();
                    Some(
                        view! {
                            <Choice
                                label=text!(users.directory)
                                value=Signal::derive(directory)
                                options
                                on_choose=move |value: String| address.set("directory", &value)
                            />
                        },
                    )
                }}
            </Transition>
        </div>
    }
    .into_any()
}

#[component]
fn Choice(
    label: &'static str,
    #[prop(into)] value: Signal<String>,
    options: Vec<(String, String)>,
    #[prop(into)] on_choose: Callback<String>,
) -> AnyView {
    let options = options.into_iter().map(|(code, name)| {
        let this = code.clone();
        view! {
            <option value=code selected=move || value.with(|value| *value == this)>
                {name}
            </option>
        }
    });
    view! {
        <label>
            <span>{label}</span>
            <select on:change:target=move |event| on_choose.run(event.target().value())>{options.collect_view()}</select>
        </label>
    }
    .into_any()
}
