//! Replacing one's own password.

use crate::{
    api::session::change_password,
    components::{
        field::TextField,
        form::{Awake, ErrorSummary, FormErrors},
    },
    error::AppError,
    text,
};
use leptos::{prelude::*, task::spawn_local};

/// A form that replaces one's own password.
#[component]
pub fn ChangePassword(
    /// The current password, when it was typed a moment ago.
    #[prop(optional_no_strip)]
    current: Option<String>,
    /// It is done.
    #[prop(into)]
    on_changed: Callback<()>,
) -> AnyView {
    let asks = current.is_none();
    let old = RwSignal::new(current.unwrap_or_default());
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
            match change_password(old.get_untracked(), wished).await {
                Ok(()) => {
                    for field in [old, new, again] {
                        field.set(String::new());
                    }
                    errors.set(None);
                    on_changed.run(());
                }
                Err(error) => errors.set(Some(error)),
            }
            busy.set(false);
        });
    };
    view! {
        <form class="form" method="post" on:submit=submit>
            <ErrorSummary errors label=|field: String| label(&field).to_owned() />
            {asks
                .then(|| {
                    view! {
                        <TextField
                            id="current_password"
                            label=label("current_password")
                            value=old
                            error=errors.of("current_password")
                            kind="password"
                            autocomplete="current-password"
                        />
                    }
                })}
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
            <div class="actions">
                <button type="submit" class="button is-primary" disabled=move || waiting.get() || busy.get()>
                    {move || if busy.get() { text!(common.saving) } else { text!(session.change) }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn label(field: &str) -> &'static str {
    match field {
        "current_password" => text!(session.current_password),
        "again" => text!(session.again),
        _ => text!(session.new_password),
    }
}
