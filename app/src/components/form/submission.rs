//! Sending a form: once at a time, and only when the scripts run.

use super::{Awake, FormErrors};
use crate::{error::AppError, text};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// A form that can be sent, and what the server said of it.
#[derive(Debug, Clone, Copy)]
pub struct Submission {
    /// What is wrong with the form.
    pub errors: FormErrors,
    is_busy: RwSignal<bool>,
    must_wait: Signal<bool>,
}

impl Submission {
    /// One that was not sent yet. Called while a component is made.
    pub fn new() -> Self {
        Self { errors: FormErrors::new(), is_busy: RwSignal::new(false), must_wait: Awake::must_wait() }
    }

    /// Sends the form, unless it is being sent. What speaks against it stands above it afterwards.
    pub fn send<Sent>(self, event: &SubmitEvent, send: impl FnOnce() -> Sent)
    where
        Sent: Future<Output = Result<(), AppError>> + 'static,
    {
        event.prevent_default();
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        let sent = send();
        spawn_local(async move {
            // The form may be gone by then: a new page is what success looks like.
            let wrong = sent.await.err();
            if self.is_busy.try_set(false).is_none() {
                self.errors.set(wrong);
            }
        });
    }
}

impl Default for Submission {
    fn default() -> Self {
        Self::new()
    }
}

/// The button that sends a form.
#[component]
pub fn SubmitButton(
    /// The form.
    submission: Submission,
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// What it says while the form is being sent.
    #[prop(default = text!(common.saving))]
    busy_label: &'static str,
) -> AnyView {
    let Submission { errors: _, is_busy, must_wait } = submission;
    view! {
        <button type="submit" class="button is-primary" disabled=move || must_wait.get() || is_busy.get()>
            {move || if is_busy.get() { busy_label.to_owned() } else { label.get() }}
        </button>
    }
    .into_any()
}
