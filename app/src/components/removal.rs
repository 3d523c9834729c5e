//! Removing what a page is about.

use crate::components::{confirm::Confirm, error_view::explain, form::Awake, toast::Toasts};
use crate::error::AppError;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use std::{future::Future, pin::Pin};

/// What removing comes to.
pub type Removing = Pin<Box<dyn Future<Output = Result<(), AppError>>>>;

/// A button that removes after a question, and then leaves the page.
#[component]
pub fn Removal(
    /// What the button says.
    label: &'static str,
    /// What removing means.
    #[prop(into)]
    why: String,
    /// What is said afterwards.
    done: &'static str,
    /// Where to go afterwards.
    to: &'static str,
    /// Removes it.
    #[prop(into)]
    remove: Callback<(), Removing>,
) -> AnyView {
    let (toasts, navigate, asking) = (Toasts::here(), use_navigate(), RwSignal::new(false));
    let waiting = Awake::must_wait();
    let confirmed = move |()| {
        let navigate = navigate.clone();
        let removing = remove.run(());
        spawn_local(async move {
            match removing.await {
                Ok(()) => {
                    toasts.say(done);
                    navigate(to, Default::default());
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
            {label}
        </button>
        <Confirm open=asking title=label message=why action=label on_confirm=confirmed />
    }
    .into_any()
}
