//! The list of users. Its address holds what is searched, filtered and ordered.

mod export;
mod filters;
mod people;

use crate::{
    api::{
        directory::list_directory_names,
        user::{NoPassword, UserLine, UserListQuery, list_users},
    },
    components::{
        address::Address,
        allowed::Allowed,
        empty_state::EmptyState,
        grid::{Cell, Column, Grid, Rows, Sort},
        icon::Icon,
        page_header::PageHeader,
        search_bar::SearchBar,
        session::Session,
        time::Time,
        when::When,
    },
    text,
};
use export::ExportUsers;
use filters::Filters;
use identity::{assignment::Assignment, role::Permission, user::Origin};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
pub(super) use people::People;
use std::sync::Arc;

/// The list of users.
#[component]
pub fn UsersPage() -> AnyView {
    let session = Session::here();
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(UserListQuery::read));
    let address = Address::of("/users");
    let first = Resource::new(move || query.get(), |query| list_users(query, 0));
    let rows = Rows::fetched(first, move |offset| list_users(query.get_untracked(), offset));
    let sort = Signal::derive(move || {
        query.with(|query| Some(Sort { key: query.order.code().to_owned(), descending: query.descending }))
    });
    // Without a directory there is nothing to import from, and without the permission the list is refused (R1).
    let can_import =
        Resource::new(|| (), |()| async { list_directory_names().await.is_ok_and(|known| !known.is_empty()) });
    let may = move |permission| move || session.may(permission);
    view! {
        <div class="grid-page">
            <PageHeader
                title=text!(users.title)
                about=move || {
                    view! {
                        <Transition>
                            <p class="quiet" role="status">
                                {move || rows.is_known().then(|| text!(users.count, count = rows.total(), n = text::number(rows.total())))}
                            </p>
                        </Transition>
                    }
                }
            >
                <ExportUsers params total=Signal::derive(move || rows.total()) />
                <Suspense>
                    <When is=move || can_import.get() == Some(true)>
                        <a class="button" href="/import">{Icon::Import.view()} {text!(users.import)}</a>
                    </When>
                    <When is=may(Permission::Import)>
                        <a class="button" href="/import/file">{text!(users.import_file)}</a>
                    </When>
                    <When is=may(Permission::UsersWrite)>
                        <a class="button is-primary" href="/users/new">{Icon::Plus.view()} {text!(users.new)}</a>
                    </When>
                </Suspense>
            </PageHeader>
            <div class="toolbar">
                <SearchBar
                    label=text!(users.search)
                    hint=text!(users.search_hint)
                    value=Signal::derive(move || query.with(|query| query.text.clone()))
                    on_search=move |text: String| address.set("q", text.trim())
                />
                <Filters query address />
            </div>
            <Grid
                label=text!(users.title)
                class="grid-users"
                columns=columns()
                rows
                cells=|_, user| cells(user)
                sort
                on_sort=move |sort: Sort| address.sort(&sort)
                on_open=Arc::new(move |_, user: UserLine| address.open(&format!("/users/{}", user.user_id)))
                empty=move || view! { <NoUsers filters=query.with(UserListQuery::filters) /> }
            />
        </div>
    }
    .into_any()
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::sortable("username", text!(users.column_username)),
        Column::sortable("name", text!(users.column_name)),
        Column::sortable("email", text!(users.column_email)),
        Column::sortable("department", text!(users.column_department)),
        Column::new("origin", text!(users.column_origin)),
        Column::new("roles", text!(users.column_roles)),
        Column::sortable("updated", text!(users.column_updated)),
    ]
}

pub(super) fn cells(user: UserLine) -> AnyView {
    let UserLine {
        user_id,
        username,
        name,
        email,
        department,
        enabled,
        origin,
        directory_code,
        no_password,
        roles,
        updated_at,
    } = user;
    let roles = role_names(&roles);
    view! {
        <Cell title=username.clone()>
            <a href=format!("/users/{user_id}") tabindex="-1" dir="auto">{username}</a>
        </Cell>
        <Cell class="cell-name" title=name.clone()>
            <span dir="auto">{name}</span>
            {(!enabled).then(|| view! { <span class="badge is-warning">{text!(users.disabled)}</span> })}
            {no_password.map(|why| view! { <NoPasswordBadge why /> })}
        </Cell>
        <Cell title=email.clone().unwrap_or_default()>{email}</Cell>
        <Cell title=department.clone().unwrap_or_default()>
            <span dir="auto">{department}</span>
        </Cell>
        <Cell>
            <OriginBadge origin code=directory_code />
        </Cell>
        <Cell title=roles.clone()>{roles}</Cell>
        <Cell class="cell-time">
            <Time at=updated_at />
        </Cell>
    }
    .into_any()
}

/// Whether a user is internal or external, in one word: an external one's may be the code of its directory.
#[component]
pub fn OriginBadge(
    /// Which.
    origin: Origin,
    /// The short code of its directory, if that has one.
    #[prop(optional_no_strip)]
    code: Option<String>,
) -> AnyView {
    match (origin, code) {
        (Origin::Internal, _) => view! { <span class="badge">{text!(users.internal)}</span> }.into_any(),
        (Origin::External, None) => view! { <span class="badge is-accent">{text!(users.external)}</span> }.into_any(),
        (Origin::External, Some(code)) => view! {
            <span class="badge is-accent" title=text!(users.external)>
                <span class="visually-hidden">{text!(users.external)} " "</span>
                {code}
            </span>
        }
        .into_any(),
    }
}

/// Says that nobody can sign in as a user, in little room: beside a name there is none for the words.
#[component]
fn NoPasswordBadge(why: NoPassword) -> AnyView {
    let words = no_password_word(why);
    view! { <span class="badge" role="img" aria-label=words title=words>{Icon::Key.view()}</span> }.into_any()
}

/// Why nobody can sign in as a user, in a few words.
pub fn no_password_word(why: NoPassword) -> &'static str {
    match why {
        NoPassword::NotYet => text!(users.lacks_password),
        NoPassword::Ended => text!(users.one_time_ended),
    }
}

/// The codes of roles without the beginning that all have.
fn role_names(roles: &[Assignment]) -> String {
    let texts: Vec<_> = roles.iter().map(Assignment::text).collect();
    texts.iter().map(|text| text.strip_prefix("ROLE_").unwrap_or(text)).collect::<Vec<_>>().join(", ")
}

#[component]
fn NoUsers(filters: bool) -> AnyView {
    if filters {
        view! {
            <EmptyState title=text!(users.no_match) why=text!(users.no_match_why)>
                <a class="button" href="/users">{text!(users.all)}</a>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState title=text!(users.empty) why=text!(users.empty_why)>
                <Allowed permission=Permission::Import>
                    <a class="button is-primary" href="/import">{text!(users.import)}</a>
                    <a class="button" href="/import/file">{text!(users.import_file)}</a>
                </Allowed>
            </EmptyState>
        }
        .into_any()
    }
}
