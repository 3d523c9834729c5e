//! One group: create, read, edit, remove, and who is in it.

mod form;

use super::users::{OriginBadge, People};
use crate::{
    api::group::{GroupLine, GroupView, fetch_group},
    components::{
        error_view::ErrorView, object_history::ObjectHistory, page_header::PageHeader, session::Session, time::Time,
        when::When,
    },
    error::{AppError, What},
    text,
};
use form::{Fields, GroupForm, Remove};
use identity::{id::GroupId, role::Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The form of a new group.
#[component]
pub fn NewGroupPage() -> AnyView {
    let session = Session::here();
    let refused = || AppError::Forbidden { permission: Permission::UsersWrite };
    view! {
        <PageHeader title=text!(groups.new) about=|| view! { <p class="quiet">{text!(groups.new_about)}</p> } />
        <Suspense>
            {move || match session.may(Permission::UsersWrite) {
                true => {
                    view! { <div class="narrow"><GroupForm existing=None fields=Fields::default() on_saved=|()| () /></div> }
                        .into_any()
                }
                // Fields that cannot be saved would only be filled in for nothing.
                false => view! { <ErrorView error=refused() /> }.into_any(),
            }}
        </Suspense>
    }
    .into_any()
}

/// One group.
#[component]
pub fn GroupPage() -> AnyView {
    let params = use_params_map();
    let group_id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<GroupId>().ok())));
    let page = Resource::new(
        move || group_id.get(),
        |group_id| async move { fetch_group(group_id.ok_or(AppError::not_found(What::Group))?).await },
    );
    let again = Callback::new(move |()| page.refetch());
    view! {
        <Transition fallback=|| view! { <p class="quiet" aria-busy="true">{text!(common.loading)}</p> }>
            {move || {
                page.get()
                    .map(|answer| match answer {
                        Ok(group) => view! { <Shown group on_saved=again /> }.into_any(),
                        Err(error) => {
                            view! {
                                <PageHeader title=text!(groups.group) />
                                <ErrorView error on_retry=again />
                            }
                                .into_any()
                        }
                    })
            }}
        </Transition>
    }
    .into_any()
}

#[component]
fn Shown(group: GroupView, on_saved: Callback<()>) -> AnyView {
    let session = Session::here();
    let GroupView { line, version, directory, dn, history } = group;
    let GroupLine { group_id, fields, origin, members, updated_at } = line;
    let name = fields.shown_name().to_owned();
    let may_write = move || session.may(Permission::UsersWrite);
    let linked = dn.map(|dn| {
        view! {
            <dt>{text!(users.directory)}</dt>
            <dd>{directory}</dd>
            <dt>{text!(users.dn)}</dt>
            <dd>
                <code dir="ltr">{dn}</code>
            </dd>
        }
    });
    view! {
        <PageHeader
            title=name
            about=move || view! { <p class="user-state"><OriginBadge origin /></p> }
        >
            <When is=may_write>
                <Remove group_id version members />
            </When>
        </PageHeader>
        <div class="user-page">
            <GroupForm existing=Some((group_id, version)) fields=Fields::of(fields) on_saved />
            <div class="user-side">
                <section class="section" aria-labelledby="origin">
                    <h2 id="origin">{text!(users.where_from)}</h2>
                    <dl class="facts">
                        {linked} <dt>{text!(users.column_updated)}</dt> <dd>
                            <Time at=updated_at />
                        </dd> <dt>{text!(users.version)}</dt> <dd>{version}</dd>
                    </dl>
                </section>
                <ObjectHistory lines=history />
            </div>
        </div>
        <People
            path=format!("/groups/{group_id}")
            title=text!(groups.members)
            empty=text!(groups.nobody)
            empty_why=text!(groups.nobody_why)
            narrow=move |query| query.group_id = Some(group_id)
        />
    }
    .into_any()
}
