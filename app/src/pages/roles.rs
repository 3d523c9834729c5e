//! The roles and what they give.

mod export;

use crate::{
    api::role::{RoleLine, list_roles},
    components::{
        allowed::Allowed, error_view::ErrorView, icon::Icon, page_header::PageHeader, permission_name::permission_says,
        role_name::role_name,
    },
    text,
};
use export::ExportRoles;
use identity::role::Permission;
use leptos::prelude::*;

/// The roles and what they give.
#[component]
pub fn RolesPage() -> AnyView {
    let roles = Resource::new(|| (), |()| list_roles());
    view! {
        <PageHeader title=text!(roles.title) about=|| view! { <p class="quiet">{text!(roles.about)}</p> }>
            <ExportRoles />
            <Allowed permission=Permission::Roles>
                <a class="button is-primary" href="/roles/new">{Icon::Plus.view()} {text!(roles.new)}</a>
            </Allowed>
        </PageHeader>
        <Suspense fallback=|| view! { <p class="quiet" aria-busy="true">{text!(common.loading)}</p> }>
            {move || {
                roles
                    .get()
                    .map(|answer| match answer {
                        Ok(roles) => view! { <RoleTable roles /> }.into_any(),
                        Err(error) => view! { <ErrorView error on_retry=move |()| roles.refetch() /> }.into_any(),
                    })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn RoleTable(roles: Vec<RoleLine>) -> AnyView {
    let lines = roles.into_iter().map(|RoleLine { role, users, may_grant: _ }| {
        let href = format!("/users?role={}", role.code);
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("/roles/{}", role.code) dir="auto">{role_name(&role.code, &role.label)}</a>
                    <br />
                    <code>{role.code.to_string()}</code>
                    {role.description.map(|description| view! { <p class="quiet" dir="auto">{description}</p> })}
                </th>
                <td>
                    <ul class="permissions">
                        {role.permissions.into_iter().map(|code| view! { <PermissionLine code /> }).collect_view()}
                    </ul>
                </td>
                <td class="number">
                    <a href=href>{text!(roles.users, count = users, n = text::number(users))}</a>
                </td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" role="region" aria-label=text!(roles.title) tabindex="0">
            <table class="table role-table">
                <thead>
                    <tr>
                        <th scope="col">{text!(roles.role)}</th>
                        <th scope="col">{text!(roles.gives)}</th>
                        <th scope="col">{text!(roles.who)}</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn PermissionLine(code: String) -> AnyView {
    let says = permission_says(&code);
    view! { <li>{says} " " <code class="quiet">{code}</code></li> }.into_any()
}
