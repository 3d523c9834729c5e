//! The signed-in user, and the way out.

use crate::{
    api::session::sign_out,
    browser,
    components::{error_view::explain, icon::Icon, session::Session, toast::Toasts},
    text,
};
use futures::future::select;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::pin::pin;

/// How long signing out waits for kept files to be forgotten, in milliseconds.
const PATIENCE_MS: u32 = 1_000;

/// The signed-in user with a menu.
#[component]
pub(super) fn Account(
    /// Opens the list of keys.
    keys: RwSignal<bool>,
) -> AnyView {
    let session = Session::here();
    let toasts = Toasts::here();
    let leave = move |_| {
        spawn_local(async move {
            match sign_out().await {
                Ok(()) => {
                    // Whoever signs in here next sees nothing of it.
                    browser::forget_drafts();
                    // But nobody waits for a browser that is slow to forget.
                    select(pin!(browser::forget_kept_files()), TimeoutFuture::new(PATIENCE_MS)).await;
                    browser::go_to("/sign-in");
                }
                Err(error) => toasts.fail(explain(&error).what, None),
            }
        });
    };
    let name = move || session.me().map(|me| me.name).unwrap_or_default();
    let profile = move || session.me().map(|me| format!("/users/{}", me.user_id));
    view! {
        <button
            type="button"
            class="tool"
            popovertarget="account-menu"
            aria-label=move || text!(common.account, name = name())
        >
            {Icon::User.view()}
            <span class="tool-label">{name}</span>
        </button>
        <div id="account-menu" class="account-menu" popover="auto">
            <p class="account-who">
                <strong>{name}</strong>
                <br />
                <span class="quiet">{move || session.me().map(|me| me.username)}</span>
            </p>
            <a class="tool" href=profile>{Icon::User.view()} {text!(common.own_user)}</a>
            <a class="tool" href="/settings">{Icon::Settings.view()} {text!(common.nav_settings)}</a>
            <button type="button" class="tool" on:click=move |_| keys.set(true)>
                {Icon::Keys.view()} {text!(common.keys_title)}
            </button>
            <button type="button" class="tool" on:click=leave>{Icon::Leave.view()} {text!(common.sign_out)}</button>
        </div>
    }
    .into_any()
}
