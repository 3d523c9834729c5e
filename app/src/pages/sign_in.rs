//! Signing in, and replacing a password that somebody else knows.

mod password;

pub use password::ChangePassword;

use crate::{
    api::{password::may_ask_password, session::sign_in},
    browser,
    components::{
        field::TextField,
        form::{Awake, ErrorSummary, FormErrors},
        frame::gate,
        icon::Icon,
        session::Session,
    },
    text,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Signs in; after a one-time password, asks for a new one.
#[component]
pub fn SignInPage() -> AnyView {
    let session = Session::here();
    // The one-time password that was just typed need not be typed again.
    let one_time = RwSignal::new(None::<String>);
    let query = use_query_map();
    let next = Signal::derive(move || query.with(|query| safe(query.get("then"))));
    let must_change = move || one_time.with(Option::is_some) || session.me().is_some_and(|me| me.must_change_password);
    let leave = Callback::new(move |()| browser::go_to(&next.get_untracked()));
    view! {
        <Title text=format!("{} · {}", text!(session.title), text!(common.app_name)) />
        <div class="sign-in">
            <p class="brand">{Icon::Users.view()} {text!(common.app_name)}</p>
            <noscript>
                <p class="notice is-warning">{text!(common.needs_script)}</p>
            </noscript>
            <Suspense>
                {move || {
                    // Somebody is signed in, perhaps in another tab: there is nothing to do here.
                    if session.me().is_some_and(|me| !me.must_change_password) {
                        gate::send_to(&next.get_untracked());
                    }
                    if must_change() {
                        let current = one_time.get();
                        view! {
                            <section class="section">
                                <h1 id="page-title" tabindex="-1">{text!(session.change_title)}</h1>
                                <p>{text!(session.change_why)}</p>
                                <ChangePassword current on_changed=leave />
                            </section>
                        }
                            .into_any()
                    } else {
                        view! {
                            <SignInForm one_time on_signed_in=leave />
                            <Forgotten />
                        }
                            .into_any()
                    }
                }}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn SignInForm(one_time: RwSignal<Option<String>>, on_signed_in: Callback<()>) -> AnyView {
    let (username, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let waiting = Awake::must_wait();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let typed = password.get_untracked();
            match sign_in(username.get_untracked(), typed.clone()).await {
                Ok(me) if me.must_change_password => one_time.set(Some(typed)),
                Ok(_) => return on_signed_in.run(()),
                Err(error) => {
                    errors.set(Some(error));
                    password.set(String::new());
                }
            }
            busy.set(false);
        });
    };
    view! {
        // `post`, so that a form that is sent before the scripts run leaves no password in the address.
        <form class="section" method="post" on:submit=submit>
            <h1 id="page-title" tabindex="-1">{text!(session.title)}</h1>
            <ErrorSummary errors label=|_| text!(session.title).to_owned() />
            <TextField
                id="username"
                label=text!(session.username)
                value=username
                autocomplete="username"
            />
            <TextField
                id="password"
                label=text!(session.password)
                value=password
                kind="password"
                autocomplete="current-password"
            />
            <button type="submit" class="button is-primary" disabled=move || waiting.get() || busy.get()>
                {move || if busy.get() { text!(session.signing_in) } else { text!(session.sign_in) }}
            </button>
        </form>
    }
    .into_any()
}

/// What whoever has no password does: asks for one, or asks a person.
#[component]
fn Forgotten() -> AnyView {
    let may_ask = Resource::new(|| (), |()| may_ask_password());
    view! {
        <p class="quiet sign-in-more">
            {text!(session.forgotten)} " "
            <Suspense>
                {move || match may_ask.get() {
                    Some(Ok(true)) => view! { <a href="/password">{text!(session.ask)}</a> }.into_any(),
                    Some(_) => text!(session.ask_administrator).into_any(),
                    None => ().into_any(),
                }}
            </Suspense>
        </p>
    }
    .into_any()
}

/// Where to go after signing in: only to a page of our own.
fn safe(then: Option<String>) -> String {
    then.filter(|path| {
        let mut letters = path.chars();
        // `//host` and `/\host` are other hosts to a browser, which also drops tabs and line breaks.
        letters.next() == Some('/')
            && !matches!(letters.next(), Some('/' | '\\'))
            && !path.contains(char::is_control)
            && !path.starts_with("/sign-in")
    })
    .unwrap_or_else(|| "/users".to_owned())
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn signing_in_leads_to_our_own_pages_only() {
        let after = |then: &str| safe(Some(then.to_owned()));
        assert_eq!(after("/jobs?state=failed"), "/jobs?state=failed");
        for elsewhere in ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "", "jobs"] {
            assert_eq!(after(elsewhere), "/users", "{elsewhere:?}");
        }
        assert_eq!(after("/sign-in?then=/jobs"), "/users");
        assert_eq!(safe(None), "/users");
    }
}
