//! The roles of a user.

use crate::{
    api::role::RoleLine,
    components::{role_name::role_name, session::Session},
    text,
};
use identity::role::{Permission, RoleCode};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// A box per role. Only those that the person may give can be changed.
#[component]
pub(super) fn RoleChoices(roles: Vec<RoleLine>, chosen: RwSignal<BTreeSet<RoleCode>>, may_write: bool) -> AnyView {
    let may_change = may_write && Session::here().may(Permission::Roles);
    let boxes = roles.into_iter().map(|line| {
        let RoleLine { role, users: _, may_grant } = line;
        let code = StoredValue::new(role.code.clone());
        let ticked = move || code.with_value(|code| chosen.with(|chosen| chosen.contains(code)));
        let tick = move |on: bool| {
            let code = code.get_value();
            chosen.update(|chosen| {
                if on {
                    chosen.insert(code)
                } else {
                    chosen.remove(&code)
                };
            });
        };
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    name="role"
                    value=role.code.to_string()
                    disabled=!may_change || !may_grant
                    checked=untrack(ticked)
                    prop:checked=ticked
                    on:change:target=move |event| tick(event.target().checked())
                />
                <span>
                    {role_name(&role.code, &role.label)} " "
                    <code class="quiet">{role.code.to_string()}</code>
                </span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend>{text!(users.column_roles)}</legend>
            {(!may_change).then(|| view! { <p class="hint">{text!(users.roles_locked)}</p> })}
            <div class="checks">{boxes.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
