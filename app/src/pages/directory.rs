//! A directory: its settings, and the tests of them.

mod connection;
mod fact;
mod form;
mod mapping;
mod people;
mod schema;
mod step;
mod test;
mod trust;
mod users;

use crate::api::directory::{DirectoryView, fetch_directory, remove_directory, save_directory};
use crate::components::confirm::Confirm;
use crate::components::error_view::ErrorView;
use crate::components::form::{Awake, CancelLink, ErrorSummary, UnsavedQuestion};
use crate::components::page_header::PageHeader;
use crate::components::session::Session;
use crate::components::toast::Toasts;
use crate::error::{AppError, What};
use crate::text;
use connection::ConnectionSection;
use form::{Form, label_of};
use identity::id::DirectoryId;
use identity::role::Permission;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use schema::SchemaSection;
use test::TestPanel;
use trust::TrustSection;
use users::{ConflictSection, UsersSection};

/// A directory: its settings, and the tests of them.
#[component]
pub fn DirectoryPage() -> AnyView {
    let (params, session) = (use_params_map(), Session::here());
    // `/directories/new` has no number.
    let wanted = Memo::new(move |_| params.read().get("id"));
    let directory = Resource::new(
        move || wanted.get(),
        |wanted| async move {
            match wanted.map(|id| id.parse::<DirectoryId>()) {
                None => Ok(None),
                Some(Ok(directory_id)) => fetch_directory(directory_id).await.map(Some),
                Some(Err(_)) => Err(AppError::not_found(What::Directory)),
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>
            {move || directory.get().map(|answer| match answer {
                // Fields that cannot be saved would only be filled in for nothing.
                Ok(None) if !session.may(Permission::Directories) => {
                    view! { <ErrorView error=AppError::Forbidden { permission: Permission::Directories } /> }.into_any()
                }
                Ok(directory) => view! { <Editor directory /> }.into_any(),
                Err(error) => {
                    view! {
                        <PageHeader title=text!(directories.title) />
                        <ErrorView error />
                    }
                    .into_any()
                }
            })}
        </Transition>
    }
    .into_any()
}

/// The form of a directory, and its tests.
#[component]
fn Editor(
    /// The stored one; none for a new one.
    directory: Option<DirectoryView>,
) -> AnyView {
    let form = Form::new(directory.as_ref());
    let saved = StoredValue::new(form.draft());
    let changed = move |()| saved.with_value(|saved| *saved != form.draft());
    let is_new = directory.is_none();
    let stored = RwSignal::new(directory);
    let title = Signal::derive(move || {
        stored.with(|stored| match stored {
            Some(stored) => text!(directories.edit, name = stored.settings.name.clone()),
            None => text!(directories.new).to_owned(),
        })
    });
    let can_import = Session::here().may(Permission::Import);
    let toasts = Toasts::here();
    let navigate = use_navigate();
    let save = Action::new(move |(): &()| {
        let draft = form.draft();
        let navigate = navigate.clone();
        async move {
            match save_directory(draft).await {
                Ok(directory_id) => {
                    form.errors.set(None);
                    say_saved(toasts, directory_id, can_import);
                    if is_new {
                        navigate(&format!("/directories/{directory_id}"), Default::default());
                        return;
                    }
                    // The page stays as it is: what a test found a moment ago is still true.
                    match fetch_directory(directory_id).await {
                        Ok(now) => {
                            form.show(&now);
                            saved.set_value(form.draft());
                            stored.set(Some(now));
                        }
                        Err(error) => form.refuse(error),
                    }
                }
                Err(error) => form.refuse(error),
            }
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if form.check() {
            save.dispatch(());
        }
    };
    let must_wait = Awake::must_wait();
    view! {
        <PageHeader title>
            {move || stored.get().map(|stored| {
                let href = import_from(stored.directory_id);
                view! {
                    {can_import.then(|| view! { <a class="button" href=href>{text!(directories.search_it)}</a> })}
                    <Remove stored />
                }
            })}
        </PageHeader>
        <div class="directory-columns">
            <form method="post" class="directory-form" novalidate=true on:submit=submit>
                <ErrorSummary errors=form.errors label=label_of />
                <ConnectionSection form />
                <TrustSection form />
                <SchemaSection form />
                <UsersSection form />
                <ConflictSection form />
                <div class="actions">
                    <CancelLink to="/directories" />
                    <button
                        type="submit"
                        class="button is-primary"
                        disabled=move || must_wait.get() || save.pending().get()
                    >
                        {move || if save.pending().get() { text!(directories.saving) } else { text!(directories.save) }}
                    </button>
                </div>
            </form>
            <TestPanel form />
        </div>
        <UnsavedQuestion changed />
    }
    .into_any()
}

/// Says that it is saved, and where to go from there.
fn say_saved(toasts: Toasts, directory_id: DirectoryId, can_import: bool) {
    if can_import {
        toasts.say_with_link(text!(directories.saved), import_from(directory_id), text!(directories.search_it));
    } else {
        toasts.say(text!(directories.saved));
    }
}

fn import_from(directory_id: DirectoryId) -> String {
    format!("/import?directory={directory_id}")
}

/// The button that removes a directory, and the question before.
#[component]
fn Remove(
    /// The directory.
    stored: DirectoryView,
) -> AnyView {
    let DirectoryView { directory_id, settings, users, .. } = stored;
    let open = RwSignal::new(false);
    let toasts = Toasts::here();
    let navigate = use_navigate();
    let remove = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            match remove_directory(directory_id).await {
                Ok(()) => {
                    toasts.say(text!(directories.removed));
                    navigate("/directories", Default::default());
                }
                Err(error) => toasts.fail(crate::components::error_view::explain(&error).what, None),
            }
        }
    });
    let mut message =
        text!(directories.remove_message, count = users, n = text::number(users), name = settings.name.clone());
    if users > 0 {
        message = format!("{message} {}", text!(directories.remove_again));
    }
    view! {
        <button type="button" class="button is-danger" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            {text!(directories.remove)}
        </button>
        <Confirm
            open
            title=text!(directories.remove_title)
            message
            action=text!(directories.remove)
            word=settings.name
            on_confirm=move |()| { remove.dispatch(()); }
        />
    }
    .into_any()
}
