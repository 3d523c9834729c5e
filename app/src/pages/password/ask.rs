//! Asking for a new password.

use super::Frameless;
use crate::{
    api::password::{ask_password, may_ask_password},
    browser,
    components::{
        error_view::ErrorView,
        field::TextField,
        form::{Awake, ErrorSummary, FormErrors},
    },
    text,
};
use leptos::{prelude::*, task::spawn_local};

/// Takes a username or an e-mail address. What is answered is the same for everybody.
#[component]
pub fn AskPasswordPage() -> AnyView {
    let may_ask = Resource::new(|| (), |()| may_ask_password());
    view! {
        <Frameless title=text!(session.ask_title)>
            <section class="section">
                <h1 id="page-title" tabindex="-1">{text!(session.ask_title)}</h1>
                <Suspense>
                    {move || {
                        may_ask
                            .get()
                            .map(|answer| match answer {
                                Ok(true) => view! { <AskForm /> }.into_any(),
                                Ok(false) => {
                                    view! { <Said what=text!(session.not_sent) next=text!(session.ask_administrator) /> }
                                        .into_any()
                                }
                                Err(error) => {
                                    view! { <ErrorView error on_retry=move |()| may_ask.refetch() /> }.into_any()
                                }
                            })
                    }}
                </Suspense>
            </section>
        </Frameless>
    }
    .into_any()
}

#[component]
fn AskForm() -> AnyView {
    let name = RwSignal::new(String::new());
    let (asked, busy) = (RwSignal::new(false), RwSignal::new(false));
    let errors = FormErrors::new();
    let waiting = Awake::must_wait();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match ask_password(name.get_untracked()).await {
                Ok(()) => {
                    asked.set(true);
                    request_animation_frame(|| browser::focus("page-title"));
                }
                Err(error) => errors.set(Some(error)),
            }
            busy.set(false);
        });
    };
    let form = move || {
        view! {
            <form class="form" method="post" on:submit=submit>
                <p>{text!(session.ask_about)}</p>
                <ErrorSummary errors label=|_| text!(session.ask_name).to_owned() />
                <TextField
                    id="name"
                    label=text!(session.ask_name)
                    value=name
                    error=errors.of("name")
                    autocomplete="username"
                />
                <button type="submit" class="button is-primary" disabled=move || waiting.get() || busy.get()>
                    {move || if busy.get() { text!(session.asking) } else { text!(session.ask_send) }}
                </button>
            </form>
        }
        .into_any()
    };
    let said = || view! { <Said what=text!(session.asked) next=text!(session.asked_next) /> }.into_any();
    (move || if asked.get() { said() } else { form() }).into_any()
}

#[component]
fn Said(what: &'static str, next: &'static str) -> AnyView {
    view! {
        <div class="notice" role="status">
            <p class="notice-title">{what}</p>
            <p>{next}</p>
        </div>
    }
    .into_any()
}
