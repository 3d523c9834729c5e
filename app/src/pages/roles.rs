//! The roles and what they give.

mod export;

use crate::{
    api::role::{RoleLine, list_roles},
    components::{error_view::ErrorView, page_header::PageHeader, role_name::role_name},
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
        <PageHeader
            title=text!(roles.title)
            about=|| view! { <p class="quiet">{text!(roles.about)}</p> }
        >
            <ExportRoles />
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
                    {role_name(&role.code, &role.label)}
                    <br />
                    <code>{role.code.to_string()}</code>
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
    let says = Permission::parse(&code).map(|permission| match permission {
        Permission::UsersRead => text!(roles.users_read),
        Permission::UsersWrite => text!(roles.users_write),
        Permission::Import => text!(roles.import),
        Permission::Export => text!(roles.export),
        Permission::Directories => text!(roles.directories),
        Permission::Roles => text!(roles.roles),
        Permission::Approve => text!(roles.approve),
        Permission::Admin => text!(roles.admin),
    });
    view! { <li>{says} " " <code class="quiet">{code}</code></li> }.into_any()
}
