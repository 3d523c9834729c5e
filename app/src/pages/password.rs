//! Passwords of people who cannot sign in: asking for one, and choosing one with a link.

mod ask;
mod choose;

pub use ask::AskPasswordPage;
pub use choose::ChoosePasswordPage;

use crate::{components::icon::Icon, text};
use leptos::prelude::*;
use leptos_meta::Title;

/// What stands around both: the page has no frame. The window's title never holds an address, which may be a link.
#[component]
fn Frameless(
    /// The window's title.
    title: &'static str,
    /// What is asked or said.
    children: Children,
) -> AnyView {
    view! {
        <Title text=format!("{title} · {}", text!(common.app_name)) />
        <div class="sign-in">
            <p class="brand">{Icon::Users.view()} {text!(common.app_name)}</p>
            <noscript>
                <p class="notice is-warning">{text!(common.needs_script)}</p>
            </noscript>
            {children()}
            // A plain load of the page: the session may have ended.
            <p class="sign-in-more">
                <a rel="external" href="/sign-in">{text!(session.to_sign_in)}</a>
            </p>
        </div>
    }
    .into_any()
}
