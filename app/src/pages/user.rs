//! One user: create, read, edit, and what happened to it.

mod about;
mod form;
mod history;
mod link;
mod one_time;

use crate::{
    api::{
        role::{RoleLine, list_roles},
        user::{UserView, fetch_user},
    },
    components::{error_view::ErrorView, page_header::PageHeader, session::Session, when::When},
    error::{AppError, What},
    pages::users::{OriginBadge, no_password_word},
    text,
};
use about::About;
use form::{Subject, UserForm};
use history::History;
use identity::{id::UserId, role::Permission, user::Origin, user::UserFields};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use link::OneTimeLink;
use one_time::OneTimePassword;
use std::collections::BTreeSet;

/// The form of a new user.
#[component]
pub fn NewUserPage() -> AnyView {
    let session = Session::here();
    let roles = Resource::new(|| (), |()| list_roles());
    view! {
        <PageHeader title=text!(users.new) about=|| view! { <p class="quiet">{text!(users.new_about)}</p> } />
        <Suspense fallback=waiting>
            {move || {
                roles
                    .get()
                    .map(|answer| match answer {
                        // Fields that cannot be saved would only be filled in for nothing.
                        Ok(_) if !session.may(Permission::UsersWrite) => {
                            view! { <ErrorView error=AppError::Forbidden { permission: Permission::UsersWrite } /> }
                                .into_any()
                        }
                        Ok(roles) => {
                            let subject = Subject {
                                existing: None,
                                fields: UserFields { enabled: true, ..UserFields::default() },
                                roles: BTreeSet::new(),
                                groups: BTreeSet::new(),
                                locked: vec![],
                            };
                            view! { <div class="narrow"><UserForm subject roles on_saved=|()| () /></div> }.into_any()
                        }
                        Err(error) => view! { <ErrorView error on_retry=move |()| roles.refetch() /> }.into_any(),
                    })
            }}
        </Suspense>
    }
    .into_any()
}

/// One user.
#[component]
pub fn UserPage() -> AnyView {
    let params = use_params_map();
    let user_id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<UserId>().ok())));
    let page = Resource::new(
        move || user_id.get(),
        |user_id| async move {
            let user_id = user_id.ok_or(AppError::not_found(What::User))?;
            let user = fetch_user(user_id).await?;
            Ok::<_, AppError>((user, list_roles().await?))
        },
    );
    let again = Callback::new(move |()| page.refetch());
    view! {
        <Transition fallback=waiting>
            {move || {
                page.get()
                    .map(|answer| match answer {
                        Ok((user, roles)) => view! { <Shown user roles on_saved=again /> }.into_any(),
                        Err(error) => {
                            view! {
                                <PageHeader title=text!(users.user) />
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
fn Shown(user: UserView, roles: Vec<RoleLine>, on_saved: Callback<()>) -> AnyView {
    let session = Session::here();
    let UserView { user, updated_at, directory, locked, no_password, may_ask_password } = user;
    let (user_id, origin, enabled) = (user.user_id, user.origin(), user.fields.enabled);
    let name = user.fields.shown_name();
    let subject = Subject {
        existing: Some((user_id, user.version)),
        fields: user.fields.clone(),
        roles: user.roles.clone(),
        groups: user.groups.clone(),
        locked,
    };
    let news = RwSignal::new(0_u32);
    let tell = Callback::new(move |()| news.update(|news| *news += 1));
    let may_give = move || origin == Origin::Internal && session.may(Permission::UsersWrite);
    view! {
        <PageHeader
            title=name
            about=move || {
                view! {
                    <p class="user-state">
                        <OriginBadge origin />
                        {(!enabled).then(|| view! { <span class="badge is-warning">{text!(users.disabled)}</span> })}
                        {no_password.map(|why| view! { <span class="badge">{no_password_word(why)}</span> })}
                    </p>
                }
            }
        >
            <When is=may_give>
                <OneTimeLink user_id on_made=tell />
                <OneTimePassword user_id on_given=tell />
            </When>
        </PageHeader>
        <div class="user-page">
            <UserForm subject roles on_saved on_stale=tell />
            <div class="user-side">
                <About user updated_at directory no_password may_ask_password />
                <History user_id news />
            </div>
        </div>
    }
    .into_any()
}

fn waiting() -> AnyView {
    view! { <p class="quiet" aria-busy="true">{text!(common.loading)}</p> }.into_any()
}
