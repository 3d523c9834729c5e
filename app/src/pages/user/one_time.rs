//! A password for the first sign-in, handed over by whoever looks after the users.

use crate::{
    api::user::give_password,
    components::{confirm::Confirm, dialog::Dialog, error_view::explain, form::Awake, toast::Toasts},
    text,
};
use identity::id::UserId;
use leptos::{prelude::*, task::spawn_local};

/// Asks, gives, and shows the password once.
#[component]
pub(super) fn OneTimePassword(
    /// The user.
    user_id: UserId,
    /// It was given.
    #[prop(into)]
    on_given: Callback<()>,
) -> AnyView {
    let asking = RwSignal::new(false);
    let given = RwSignal::new(None::<String>);
    let toasts = Toasts::here();
    let waiting = Awake::must_wait();
    let give = move |()| {
        spawn_local(async move {
            match give_password(user_id).await {
                Ok(password) => {
                    given.set(Some(password));
                    on_given.run(());
                }
                Err(error) => {
                    let explained = explain(&error);
                    toasts.fail(format!("{}. {}", explained.what, explained.next), None);
                }
            }
        });
    };
    view! {
        <button type="button" class="button" disabled=move || waiting.get() on:click=move |_| asking.set(true)>
            {text!(users.give_password)}
        </button>
        <Confirm
            open=asking
            title=text!(users.give_password)
            message=text!(users.give_password_why)
            action=text!(users.give_password_do)
            on_confirm=give
        />
        <Dialog
            open=Signal::derive(move || given.with(Option::is_some))
            title=text!(users.one_time)
            on_close=move |()| given.set(None)
        >
            <p>{text!(users.one_time_why)}</p>
            <p class="one-time">
                <code>{move || given.get()}</code>
            </p>
        </Dialog>
    }
    .into_any()
}
