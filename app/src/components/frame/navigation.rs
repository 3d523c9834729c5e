//! The navigation: what the person may see.

use crate::{
    components::{icon::Icon, session::Session},
    text,
};
use identity::role::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The places of the application.
#[component]
pub(super) fn Navigation() -> AnyView {
    let session = Session::here();
    view! {
        <nav class="frame-nav" aria-label=text!(common.nav)>
            <ul>
                {move || {
                    let Some(me) = session.me() else { return ().into_any() };
                    [
                        ("/users", text!(common.nav_users), Icon::Users, Permission::UsersRead),
                        ("/groups", text!(common.nav_groups), Icon::Group, Permission::UsersRead),
                        ("/roles", text!(common.nav_roles), Icon::Role, Permission::UsersRead),
                        ("/import", text!(common.nav_import), Icon::Import, Permission::Import),
                        ("/directories", text!(common.nav_directories), Icon::Directory, Permission::Directories),
                        ("/jobs", text!(common.nav_jobs), Icon::Job, Permission::UsersRead),
                    ]
                        .into_iter()
                        .filter(|(_, _, _, permission)| me.may(*permission))
                        .map(|(href, label, icon, _)| (href, label, icon))
                        .chain([("/settings", text!(common.nav_settings), Icon::Settings)])
                        .map(|(href, label, icon)| view! { <Place href label icon /> })
                        .collect_view()
                        .into_any()
                }}
            </ul>
        </nav>
    }
    .into_any()
}

#[component]
fn Place(href: &'static str, label: &'static str, icon: Icon) -> AnyView {
    let path = use_location().pathname;
    let current = move || {
        path.with(|path| {
            // A plan is reviewed on the way of an import, and profiles say how.
            let path =
                if path.starts_with("/plans") || path.starts_with("/profiles") { "/import" } else { path.as_str() };
            if path == href {
                Some("page")
            } else {
                path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')).then_some("true")
            }
        })
    };
    view! {
        <li>
            <a href=href aria-current=current>
                {icon.view()}
                <span>{label}</span>
            </a>
        </li>
    }
    .into_any()
}
