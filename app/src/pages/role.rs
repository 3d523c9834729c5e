//! One role: create, read, edit, remove, and who has it.

mod form;

use super::users::People;
use crate::{
    api::role::{RoleLine, RoleView, fetch_role, list_permissions},
    components::{
        error_view::ErrorView, object_history::ObjectHistory, page_header::PageHeader, role_name::role_name,
        session::Session,
    },
    error::{AppError, What},
    text,
};
use form::{Fields, Remove, RoleForm};
use identity::role::{Permission, RoleCode};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::collections::BTreeSet;

/// The form of a new role.
#[component]
pub fn NewRolePage() -> AnyView {
    let session = Session::here();
    let known = Resource::new(|| (), |()| list_permissions());
    let refused = || AppError::Forbidden { permission: Permission::Roles };
    view! {
        <PageHeader title=text!(roles.new) about=|| view! { <p class="quiet">{text!(roles.new_about)}</p> } />
        <Suspense fallback=waiting>
            {move || {
                known
                    .get()
                    .map(|answer| match answer {
                        // Fields that cannot be saved would only be filled in for nothing.
                        Ok(_) if !session.may(Permission::Roles) => view! { <ErrorView error=refused() /> }.into_any(),
                        Ok(known) => {
                            let fields = Fields::default();
                            view! { <div class="narrow"><RoleForm version=None fields known readonly=false on_saved=|()| () /></div> }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorView error on_retry=move |()| known.refetch() /> }.into_any(),
                    })
            }}
        </Suspense>
    }
    .into_any()
}

/// One role.
#[component]
pub fn RolePage() -> AnyView {
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| RoleCode::parse(&id).ok())));
    let page = Resource::new(
        move || code.get(),
        |code| async move {
            let role = fetch_role(code.ok_or(AppError::not_found(What::Role))?).await?;
            Ok::<_, AppError>((role, list_permissions().await?))
        },
    );
    let again = Callback::new(move |()| page.refetch());
    view! {
        <Transition fallback=waiting>
            {move || {
                page.get()
                    .map(|answer| match answer {
                        Ok((role, known)) => view! { <Shown role known on_saved=again /> }.into_any(),
                        Err(error) => {
                            view! {
                                <PageHeader title=text!(roles.role) />
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
fn Shown(role: RoleView, known: BTreeSet<String>, on_saved: Callback<()>) -> AnyView {
    let session = Session::here();
    let RoleView { line, version, is_built_in, history } = role;
    let RoleLine { role, users: _, may_grant } = line;
    let code = role.code.clone();
    let is_administrator = code.as_str() == RoleCode::ADMINISTRATOR;
    let readonly = is_administrator || !session.may(Permission::Roles);
    let (removed, of) = (code.clone(), code.clone());
    view! {
        <PageHeader
            title=role_name(&code, &role.label)
            about=move || {
                view! {
                    <p class="quiet">
                        {if is_administrator {
                            text!(roles.administrator_about)
                        } else if is_built_in {
                            text!(roles.built_in_about)
                        } else {
                            text!(roles.made_about)
                        }}
                    </p>
                }
            }
        >
            {(may_grant && !is_built_in).then(|| view! { <Remove code=removed version /> })}
        </PageHeader>
        <div class="user-page">
            <RoleForm version=Some(version) fields=Fields::of(role) known readonly on_saved />
            <div class="user-side">
                <ObjectHistory lines=history />
            </div>
        </div>
        <People
            path=format!("/roles/{code}")
            title=text!(roles.who)
            empty=text!(roles.nobody)
            empty_why=text!(roles.nobody_why)
            narrow=move |query| query.role = Some(of.clone())
        />
    }
    .into_any()
}

fn waiting() -> AnyView {
    view! { <p class="quiet" aria-busy="true">{text!(common.loading)}</p> }.into_any()
}
