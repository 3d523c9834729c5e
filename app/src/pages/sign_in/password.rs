//! Replacing one's own password.

use crate::{
    api::session::change_password,
    components::{
        field::TextField,
        form::{ErrorSummary, Submission, SubmitButton},
        new_password::{NewPassword, NewPasswordFields},
    },
    text,
};
use leptos::prelude::*;

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
    let (password, submission) = (NewPassword::default(), Submission::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        submission.send(&event, || async move {
            change_password(old.get_untracked(), password.typed()?).await?;
            old.set(String::new());
            password.clear();
            on_changed.run(());
            Ok(())
        });
    };
    view! {
        <form class="form" method="post" on:submit=submit>
            <ErrorSummary errors=submission.errors label=|field: String| label(&field).to_owned() />
            {asks
                .then(|| {
                    view! {
                        <TextField
                            id="current_password"
                            label=label("current_password")
                            value=old
                            error=submission.errors.of("current_password")
                            kind="password"
                            autocomplete="current-password"
                        />
                    }
                })}
            <NewPasswordFields password errors=submission.errors />
            <div class="actions">
                <SubmitButton submission label=text!(session.change) />
            </div>
        </form>
    }
    .into_any()
}

fn label(field: &str) -> &'static str {
    match field {
        "current_password" => text!(session.current_password),
        other => NewPassword::label(other),
    }
}
