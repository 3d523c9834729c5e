//! Asking for a new password.

use super::Frameless;
use crate::{
    api::password::{ask_password, may_ask_password},
    browser,
    components::{
        error_view::ErrorView,
        field::TextField,
        form::{ErrorSummary, Submission, SubmitButton},
    },
    text,
};
use leptos::prelude::*;

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
    let (asked, submission) = (RwSignal::new(false), Submission::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        submission.send(&event, || async move {
            ask_password(name.get_untracked()).await?;
            asked.set(true);
            request_animation_frame(|| browser::focus("page-title"));
            Ok(())
        });
    };
    let form = move || {
        view! {
            <form class="form" method="post" on:submit=submit>
                <p>{text!(session.ask_about)}</p>
                <ErrorSummary errors=submission.errors label=|_| text!(session.ask_name).to_owned() />
                <TextField
                    id="name"
                    label=text!(session.ask_name)
                    value=name
                    error=submission.errors.of("name")
                    autocomplete="username"
                />
                <SubmitButton submission label=text!(session.ask_send) busy_label=text!(session.asking) />
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
