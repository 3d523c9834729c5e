//! The users of a group, or of a role, on its own page.

use super::{cells, columns};
use crate::{
    api::user::{UserLine, UserListQuery, list_users},
    components::{
        address::Address,
        empty_state::EmptyState,
        grid::{Grid, Rows, Sort},
        search_bar::SearchBar,
    },
    text,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// The list of users with a heading and a search of its own; the address of the page holds what is searched.
#[component]
pub(in crate::pages) fn People(
    /// The path of the page.
    path: String,
    /// The heading.
    title: &'static str,
    /// What stands there when there is nobody.
    empty: &'static str,
    /// Why, and what to do.
    empty_why: &'static str,
    /// Whose users: what the address says beside.
    narrow: impl Fn(&mut UserListQuery) + Send + Sync + 'static,
) -> AnyView {
    let params = use_query_map();
    let query = Memo::new(move |_| {
        let mut query = params.with(UserListQuery::read);
        narrow(&mut query);
        query
    });
    let address = Address::of(path);
    let first = Resource::new(move || query.get(), |query| list_users(query, 0));
    let rows = Rows::fetched(first, move |offset| list_users(query.get_untracked(), offset));
    let sort = Signal::derive(move || {
        query.with(|query| Some(Sort { key: query.order.code().to_owned(), descending: query.descending }))
    });
    let nobody = move || {
        let (title, why) = match query.with(|query| query.text.trim().is_empty()) {
            true => (empty, empty_why),
            false => (text!(users.no_match), text!(users.no_match_why)),
        };
        view! { <EmptyState title why /> }
    };
    view! {
        <section class="people" aria-labelledby="people">
            <h2 id="people">
                {title}
                <Transition>
                    <span class="quiet" role="status">
                        {move || {
                            rows.is_known()
                                .then(|| {
                                    format!(" · {}", text!(users.count, count = rows.total(), n = text::number(rows.total())))
                                })
                        }}
                    </span>
                </Transition>
            </h2>
            <SearchBar
                label=text!(users.search)
                hint=text!(users.search_hint)
                value=Signal::derive(move || query.with(|query| query.text.clone()))
                on_search=move |text: String| address.set("q", text.trim())
            />
            <Grid
                label=title
                class="grid-users"
                columns=columns()
                rows
                cells=|_, user| cells(user)
                sort
                on_sort=move |sort: Sort| address.sort(&sort)
                on_open=Arc::new(move |_, user: UserLine| address.open(&format!("/users/{}", user.user_id)))
                empty=nobody
            />
        </section>
    }
    .into_any()
}
