//! The list of groups. Its address holds what is searched and ordered.

mod export;

use super::users::OriginBadge;
use crate::{
    api::group::{GroupLine, GroupListQuery, list_groups},
    components::{
        address::Address,
        allowed::Allowed,
        empty_state::EmptyState,
        grid::{Cell, Column, Grid, Rows, Sort},
        icon::Icon,
        page_header::PageHeader,
        search_bar::SearchBar,
        time::Time,
    },
    text,
};
use export::ExportGroups;
use identity::{group::GroupFields, role::Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// The list of groups.
#[component]
pub fn GroupsPage() -> AnyView {
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(GroupListQuery::read));
    let address = Address::of("/groups");
    let first = Resource::new(move || query.get(), |query| list_groups(query, 0));
    let rows = Rows::fetched(first, move |offset| list_groups(query.get_untracked(), offset));
    let sort = Signal::derive(move || {
        query.with(|query| Some(Sort { key: query.order.code().to_owned(), descending: query.descending }))
    });
    view! {
        <div class="grid-page">
            <PageHeader
                title=text!(groups.title)
                about=move || {
                    view! {
                        <Transition>
                            <p class="quiet" role="status">
                                {move || rows.is_known().then(|| text!(groups.count, count = rows.total(), n = text::number(rows.total())))}
                            </p>
                        </Transition>
                    }
                }
            >
                <ExportGroups params total=Signal::derive(move || rows.total()) />
                <Allowed permission=Permission::UsersWrite>
                    <a class="button is-primary" href="/groups/new">{Icon::Plus.view()} {text!(groups.new)}</a>
                </Allowed>
            </PageHeader>
            <div class="toolbar">
                <SearchBar
                    label=text!(groups.search)
                    hint=text!(groups.search_hint)
                    value=Signal::derive(move || query.with(|query| query.text.clone()))
                    on_search=move |text: String| address.set("q", text.trim())
                />
            </div>
            <Grid
                label=text!(groups.title)
                class="grid-groups"
                columns=columns()
                rows
                cells=|_, group| cells(group)
                sort
                on_sort=move |sort: Sort| address.sort(&sort)
                on_open=Arc::new(move |_, group: GroupLine| address.open(&format!("/groups/{}", group.group_id)))
                empty=move || view! { <NoGroups filters=query.with(GroupListQuery::filters) /> }
            />
        </div>
    }
    .into_any()
}

fn columns() -> Vec<Column> {
    vec![
        Column::sortable("name", text!(groups.name)),
        Column::sortable("label", text!(groups.label)),
        Column::new("description", text!(groups.description)),
        Column::sortable("members", text!(groups.members)),
        Column::new("origin", text!(users.column_origin)),
        Column::sortable("updated", text!(users.column_updated)),
    ]
}

fn cells(group: GroupLine) -> AnyView {
    let GroupLine { group_id, fields, origin, members, updated_at } = group;
    let GroupFields { name, label, description } = fields;
    let name = name.to_string();
    view! {
        <Cell title=name.clone()>
            <a href=format!("/groups/{group_id}") tabindex="-1" dir="auto">{name}</a>
        </Cell>
        <Cell title=label.clone().unwrap_or_default()>
            <span dir="auto">{label}</span>
        </Cell>
        <Cell title=description.clone().unwrap_or_default()>
            <span dir="auto">{description}</span>
        </Cell>
        <Cell class="number">{text!(groups.in_it, count = members, n = text::number(members))}</Cell>
        <Cell>
            <OriginBadge origin />
        </Cell>
        <Cell class="cell-time">
            <Time at=updated_at />
        </Cell>
    }
    .into_any()
}

#[component]
fn NoGroups(filters: bool) -> AnyView {
    if filters {
        return view! {
            <EmptyState title=text!(groups.no_match) why=text!(groups.no_match_why)>
                <a class="button" href="/groups">{text!(groups.all)}</a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState title=text!(groups.empty) why=text!(groups.empty_why)>
            <Allowed permission=Permission::UsersWrite>
                <a class="button is-primary" href="/groups/new">{text!(groups.new)}</a>
            </Allowed>
        </EmptyState>
    }
    .into_any()
}
