//! What stands around every page but those of signing in: navigation, bell, account.

mod account;
pub mod gate;
mod keys;
mod navigation;

use crate::{
    components::{
        bell::Bell, error_view::ErrorView, icon::Icon, place::sign_in_from, session::Session, toast::ToastRegion,
        when::When,
    },
    text,
};
use account::Account;
use keys::KeysHelp;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use navigation::Navigation;

/// The frame around the pages. On those for people who are not signed in there is none.
#[component]
pub fn Frame(
    /// The pages.
    children: Children,
) -> AnyView {
    let location = use_location();
    let session = Session::here();
    let path = location.pathname;
    let framed = Memo::new(move |_| path.with(|path| !is_for_strangers(path)));
    // Nobody signed in: to the sign-in page, and back here afterwards.
    let gate_or_error = move || match session.answer() {
        Some(Ok(Some(me))) if !me.must_change_password => None,
        Some(Ok(_)) if framed.get() => {
            gate::send_to(&sign_in_from(&location));
            None
        }
        Some(Err(error)) if framed.get() => Some(view! { <ErrorView error /> }),
        _ => None,
    };
    let keys = RwSignal::new(false);
    view! {
        // The router would only scroll there; the browser also gives it the focus.
        <a class="skip" rel="external" href="#main">{text!(common.skip)}</a>
        <div class=move || if framed.get() { "frame" } else { "frameless" }>
            <Show when=move || framed.get()>
                <header class="frame-side">
                    <a class="brand" href="/users">{Icon::Users.view()} {text!(common.app_name)}</a>
                    <Suspense>
                        <Navigation />
                        <div class="frame-tools">
                            <When is=move || session.me().is_some()>
                                <Bell />
                                <Account keys />
                            </When>
                        </div>
                    </Suspense>
                </header>
            </Show>
            <main id="main" class="frame-main" tabindex="-1">
                <Suspense>{gate_or_error}</Suspense>
                {children()}
            </main>
        </div>
        <KeysHelp open=keys />
        <ToastRegion />
    }
    .into_any()
}

/// Whether a page is there for whoever has not signed in: nobody is sent from it to the sign-in page, whose address
/// would hold the link to choose a password with.
fn is_for_strangers(path: &str) -> bool {
    path == "/sign-in" || path == "/password" || path.starts_with("/password/")
}
