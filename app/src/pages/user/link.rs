//! A link to choose a password with, handed over by whoever looks after the users.

use crate::{
    api::user::make_password_link,
    browser,
    components::{dialog::Dialog, error_view::explain, form::Awake, toast::Toasts},
    text,
};
use identity::id::UserId;
use leptos::{prelude::*, task::spawn_local};

/// Makes a link, and shows it once.
#[component]
pub(super) fn OneTimeLink(
    /// The user.
    user_id: UserId,
    /// It was made.
    #[prop(into)]
    on_made: Callback<()>,
) -> AnyView {
    let (made, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let toasts = Toasts::here();
    let waiting = Awake::must_wait();
    let make = move |_| {
        busy.set(true);
        spawn_local(async move {
            match make_password_link(user_id).await {
                Ok(link) => {
                    // Without a public address in the settings, the one that this page was reached by is the best known.
                    let link = if link.starts_with('/') { browser::whole_address(&link) } else { link };
                    made.set(Some(link));
                    on_made.run(());
                }
                Err(error) => {
                    let explained = explain(&error);
                    toasts.fail(format!("{}. {}", explained.what, explained.next), None);
                }
            }
            busy.set(false);
        });
    };
    view! {
        <button type="button" class="button" disabled=move || waiting.get() || busy.get() on:click=make>
            {move || if busy.get() { text!(users.link_making) } else { text!(users.link) }}
        </button>
        <Dialog
            open=Signal::derive(move || made.with(Option::is_some))
            title=text!(users.link)
            on_close=move |()| made.set(None)
        >
            <p>{text!(users.link_why)}</p>
            <p class="one-time is-link">
                <code dir="ltr">{move || made.get()}</code>
            </p>
        </Dialog>
    }
    .into_any()
}
