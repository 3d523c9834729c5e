//! Choosing a password with a one-time link.

use super::Frameless;
use crate::{
    api::password::{choose_password, fetch_password_link, may_ask_password},
    browser,
    components::{
        error_view::ErrorView,
        form::{ErrorSummary, Submission, SubmitButton},
        new_password::{NewPassword, NewPasswordFields},
    },
    error::AppError,
    text,
};
use leptos::prelude::*;
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
                Err(error) => {
                    let has_ended = error == AppError::PasswordLinkEnded;
                    view! {
                        <ErrorView error on_retry=move |()| owner.refetch() />
                        {has_ended.then(|| view! { <AskInstead /> })}
                    }
                    .into_any()
                }
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

/// Leads to where a new password is asked for, where that brings one.
#[component]
fn AskInstead() -> AnyView {
    let may_ask = Resource::new(|| (), |()| may_ask_password());
    let link = || view! { <p><a href="/password">{text!(session.ask)}</a></p> };
    view! { <Suspense>{move || matches!(may_ask.get(), Some(Ok(true))).then(link)}</Suspense> }.into_any()
}

#[component]
fn ChooseForm(token: Memo<String>, username: String, on_chosen: Callback<()>) -> AnyView {
    let (password, submission) = (NewPassword::default(), Submission::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        submission.send(&event, || async move {
            choose_password(token.get_untracked(), password.typed()?).await?;
            on_chosen.run(());
            Ok(())
        });
    };
    view! {
        <form class="form" method="post" on:submit=submit>
            <ErrorSummary errors=submission.errors label=|field: String| NewPassword::label(&field).to_owned() />
            <p>
                {text!(session.choose_for)} " "
                <strong dir="auto">{username.clone()}</strong>
            </p>
            // For programs that keep passwords: they look for whose it is.
            <input type="text" name="username" autocomplete="username" value=username readonly hidden />
            <NewPasswordFields password errors=submission.errors />
            <SubmitButton submission label=text!(session.choose_do) />
        </form>
    }
    .into_any()
}
