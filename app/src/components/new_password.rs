//! Choosing a new password, twice.

use crate::components::{field::TextField, form::FormErrors};
use crate::error::AppError;
use crate::text;
use leptos::prelude::*;

/// A new password, typed twice.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewPassword {
    new: RwSignal<String>,
    again: RwSignal<String>,
}

impl NewPassword {
    /// What was typed, if it is the same both times.
    pub fn typed(self) -> Result<String, AppError> {
        let new = self.new.get_untracked();
        if new == self.again.get_untracked() {
            Ok(new)
        } else {
            Err(AppError::invalid("again", "differs", "the two passwords differ"))
        }
    }

    /// Forgets it.
    pub fn clear(self) {
        self.new.set(String::new());
        self.again.set(String::new());
    }

    /// What its fields are called, by their ids.
    pub fn label(id: &str) -> &'static str {
        if id == "again" { text!(session.again) } else { text!(session.new_password) }
    }
}

/// The two fields of a new password.
#[component]
pub fn NewPasswordFields(
    /// What is typed.
    password: NewPassword,
    /// What is wrong with the form.
    errors: FormErrors,
) -> AnyView {
    view! {
        <TextField
            id="new_password"
            label=NewPassword::label("new_password")
            value=password.new
            hint=text!(session.password_hint)
            error=errors.of("new_password")
            kind="password"
            autocomplete="new-password"
        />
        <TextField
            id="again"
            label=NewPassword::label("again")
            value=password.again
            error=errors.of("again")
            kind="password"
            autocomplete="new-password"
        />
    }
    .into_any()
}
