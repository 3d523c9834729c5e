//! The directories that people are imported from.

use crate::api::directory::{DirectoryList, DirectoryView, list_directories};
use crate::components::allowed::Allowed;
use crate::components::empty_state::EmptyState;
use crate::components::error_view::ErrorView;
use crate::components::page_header::PageHeader;
use crate::text;
use identity::directory::Security;
use identity::role::Permission;
use leptos::prelude::*;

/// The directories that people are imported from.
#[component]
pub fn DirectoriesPage() -> AnyView {
    let list = Resource::new(|| (), |()| list_directories());
    view! {
        <PageHeader title=text!(directories.title)>
            <Allowed permission=Permission::Directories>
                <a class="button is-primary" href="/directories/new">{text!(directories.new)}</a>
            </Allowed>
        </PageHeader>
        <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>
            {move || list.get().map(|answer| match answer {
                Ok(list) => view! { <Directories list /> }.into_any(),
                Err(error) => view! { <ErrorView error on_retry=move |()| list.refetch() /> }.into_any(),
            })}
        </Transition>
    }
    .into_any()
}

/// The list, or what to do as long as it is empty.
#[component]
fn Directories(
    /// The list.
    list: DirectoryList,
) -> AnyView {
    let DirectoryList { directories, can_import, has_demo } = list;
    if directories.is_empty() {
        return view! {
            <EmptyState title=text!(directories.none) why=text!(directories.none_why)>
                <Allowed permission=Permission::Directories>
                    <a class="button is-primary" href="/directories/new">{text!(directories.new)}</a>
                </Allowed>
            </EmptyState>
            <p class="quiet">{text!(directories.none_demo)}</p>
        }
        .into_any();
    }
    let rows = directories.into_iter().map(|directory| view! { <Line directory can_import /> }).collect_view();
    view! {
        <div class="table-scroll">
            <table class="table directories-table">
                <caption class="visually-hidden">{text!(directories.table)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(directories.column_name)}</th>
                        <th scope="col">{text!(directories.column_address)}</th>
                        <th scope="col">{text!(directories.column_protection)}</th>
                        <th scope="col">{text!(directories.column_users)}</th>
                        <th scope="col">{text!(directories.column_actions)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {has_demo.then(|| view! { <p><a href="/demo">{text!(directories.demo_switches)}</a></p> })}
    }
    .into_any()
}

/// One directory.
#[component]
fn Line(
    /// The directory.
    directory: DirectoryView,
    /// Whether people may be imported from it.
    can_import: bool,
) -> AnyView {
    let DirectoryView { directory_id, settings, users, .. } = directory;
    let name = settings.name;
    let code = Some(settings.code).filter(|code| !code.is_empty());
    let code = code.map(|code| view! { " " <code class="quiet">{code}</code> });
    let urls = settings.connection.urls.into_iter().map(|url| view! { <div>{url}</div> }).collect_view();
    let protection = match settings.connection.security {
        Security::None => view! { <span class="warns">"⚠ " {security_word(Security::None)}</span> }.into_any(),
        security => security_word(security).into_any(),
    };
    let search = can_import.then(|| {
        view! {
            <a
                class="button"
                href=format!("/import?directory={directory_id}")
                aria-label=text!(directories.search_label, name = name.clone())
            >
                {text!(directories.search)}
            </a>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a
                    href=format!("/directories/{directory_id}")
                    aria-label=text!(directories.edit_label, name = name.clone())
                >
                    {name.clone()}
                </a>
                {code}
            </th>
            <td class="directory-urls">{urls}</td>
            <td>
                <span class="only-narrow quiet">{text!(directories.column_protection)} ": "</span>
                {protection}
            </td>
            <td>
                <a href=format!("/users?directory={directory_id}")>{text!(directories.users, count = users, n = text::number(users))}</a>
            </td>
            <td>{search}</td>
        </tr>
    }
    .into_any()
}

/// What a protection is called.
pub fn security_word(security: Security) -> &'static str {
    match security {
        Security::StartTls => text!(directories.security_start_tls),
        Security::Ldaps => text!(directories.security_ldaps),
        Security::None => text!(directories.security_none),
    }
}
