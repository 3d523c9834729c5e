//! What a form needs around its fields: the summary of errors, buttons that wait for the scripts, and the question before
//! changes are lost.

mod submission;
mod unsaved;

pub use submission::{Submission, SubmitButton};
pub use unsaved::{CancelLink, UnsavedQuestion, changed};

use crate::{
    browser,
    components::error_view::{ErrorView, problem_text},
    error::{AppError, Problem},
    text,
};
use leptos::prelude::*;

/// What is wrong with a form.
#[derive(Debug, Clone, Copy)]
pub struct FormErrors(RwSignal<Option<AppError>>);

impl FormErrors {
    /// Nothing is wrong.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// What the server answered.
    pub fn set(self, error: Option<AppError>) {
        let failed = error.is_some();
        self.0.set(error);
        if failed {
            request_animation_frame(|| browser::focus_in_view("form-errors"));
        }
    }

    /// What is wrong with the field of this id.
    pub fn of(self, id: impl Into<String>) -> Signal<Option<String>> {
        let id = id.into();
        Signal::derive(move || self.problems().iter().find(|problem| problem.field == id).map(problem_text))
    }

    /// Whether somebody else was quicker.
    pub fn is_stale(self) -> bool {
        self.0.with(|error| matches!(error, Some(AppError::Stale)))
    }

    fn problems(self) -> Vec<Problem> {
        self.0.with(|error| match error {
            Some(AppError::Invalid { problems }) => problems.clone(),
            _ => vec![],
        })
    }
}

impl Default for FormErrors {
    fn default() -> Self {
        Self::new()
    }
}

/// The errors of a form above it: each a link to its field. Takes the focus when it appears.
#[component]
pub fn ErrorSummary(
    /// What is wrong.
    errors: FormErrors,
    /// The label of a field, by its id.
    #[prop(into)]
    label: Callback<String, String>,
) -> AnyView {
    view! {
        <div id="form-errors" tabindex="-1">
            {move || {
                let problems = errors.problems();
                if problems.is_empty() {
                    return errors.0.get().map(|error| view! { <ErrorView error above_form=true /> }.into_any());
                }
                let count = u32::try_from(problems.len()).unwrap_or(u32::MAX);
                Some(
                    view! {
                        <div class="notice is-bad" role="alert">
                            <p class="notice-title">{text!(common.problems, count = count, n = text::number(count))}</p>
                            <ul>{problems.into_iter().map(|problem| line(problem, label)).collect_view()}</ul>
                        </div>
                    }
                        .into_any(),
                )
            }}
        </div>
    }
    .into_any()
}

fn line(problem: Problem, label: Callback<String, String>) -> AnyView {
    let text = problem_text(&problem);
    if problem.field.is_empty() {
        return view! { <li>{text}</li> }.into_any();
    }
    let name = label.run(problem.field.clone());
    let field = problem.field.clone();
    // A plain fragment would scroll; the focus is what helps.
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        browser::focus_in_view(&field);
    };
    view! { <li><a href=format!("#{}", problem.field) on:click=go>{name}": "{text}</a></li> }.into_any()
}

/// Whether the scripts run by now: before that a form's button would do nothing.
#[derive(Debug, Clone, Copy)]
pub struct Awake(ReadSignal<bool>);

impl Awake {
    /// Makes it known to everything below.
    pub fn provide() {
        let (awake, set_awake) = signal(false);
        Effect::new(move |_| set_awake.set(true));
        provide_context(Self(awake));
    }

    /// Whether a button must wait.
    pub fn must_wait() -> Signal<bool> {
        match use_context::<Self>() {
            Some(Self(awake)) => Signal::derive(move || !awake.get()),
            None => Signal::stored(false),
        }
    }
}
