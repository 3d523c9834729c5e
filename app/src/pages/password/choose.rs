//! Choosing a password with a one-time link.

use super::Frameless;
use crate::{
    api::password::{choose_password, fetch_password_link},
    browser,
    components::{
        error_view::ErrorView,
        field::TextField,
        form::{Awake, ErrorSummary, FormErrors},
    },
    error::AppError,
    text,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;

/// The page that a link leads to. Nothing but the form spends the link.
#[component]
pub fn ChoosePasswordPage() -> AnyView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token").unwrap_or_default()));
    let owner = Resource::new(move || token.get(), fetch_password_link);
    let chosen = RwSignal::new(false);
    let done = Callback::new(move |()| {
        chosen.set(true);
        request_animation_frame(|| browser::focus("page-title"));
    });
    let form = move || {
        owner
            .get()
            .map(|answer| match answer {
                Ok(username) => view! { <ChooseForm token username on_chosen=done /> }.into_any(),
                Err(error) => view! { <ErrorView error on_retry=move |()| owner.refetch() /> }.into_any(),
            })
            .into_any()
    };
    view! {
        <Frameless title=text!(session.choose_title)>
            <section class="section">
                <h1 id="page-title" tabindex="-1">
                    {move || if chosen.get() { text!(session.chosen_title) } else { text!(session.choose_title) }}
                </h1>
                <Suspense>
                    {move || if chosen.get() { view! { <p>{text!(session.chosen)}</p> }.into_any() } else { form() }}
                </Suspense>
            </section>
        </Frameless>
    }
    .into_any()
}

#[component]
fn ChooseForm(token: Memo<String>, username: String, on_chosen: Callback<()>) -> AnyView {
    let (new, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let waiting = Awake::must_wait();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let wished = new.get_untracked();
        if wished != again.get_untracked() {
            errors.set(Some(AppError::invalid("again", "differs", "the two passwords differ")));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match choose_password(token.get_untracked(), wished).await {
                Ok(()) => on_chosen.run(()),
                Err(error) => errors.set(Some(error)),
            }
            busy.set(false);
        });
    };
    let label = |field: &str| if field == "again" { text!(session.again) } else { text!(session.new_password) };
    view! {
        <form class="form" method="post" on:submit=submit>
            <ErrorSummary errors label=move |field: String| label(&field).to_owned() />
            <p>
                {text!(session.choose_for)} " "
                <strong dir="auto">{username.clone()}</strong>
            </p>
            // For programs that keep passwords: they look for whose it is.
            <input type="text" name="username" autocomplete="username" value=username readonly hidden />
            <TextField
                id="new_password"
                label=label("new_password")
                value=new
                hint=text!(session.password_hint)
                error=errors.of("new_password")
                kind="password"
                autocomplete="new-password"
            />
            <TextField
                id="again"
                label=label("again")
                value=again
                error=errors.of("again")
                kind="password"
                autocomplete="new-password"
            />
            <button type="submit" class="button is-primary" disabled=move || waiting.get() || busy.get()>
                {move || if busy.get() { text!(common.saving) } else { text!(session.choose_do) }}
            </button>
        </form>
    }
    .into_any()
}
