//! An error in the reader's words: what happened, why, and what to do next.

mod cause;
mod explain;
mod problem;

pub use explain::{Explained, explain};
pub use problem::{filter_reason, problem_text};

use crate::{
    components::place::sign_in_from_here,
    error::{AppError, What},
    text,
};
use leptos::prelude::*;

/// An error in place of what could not be shown, or above a form that was not accepted.
#[component]
pub fn ErrorView(
    /// What went wrong.
    error: AppError,
    /// Tries again what failed; without it there is no button for that.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// It stands above a form: what is typed there must not be left to sign in.
    #[prop(optional)]
    above_form: bool,
) -> AnyView {
    let Explained { what, next } = explain(&error);
    let action = match &error {
        AppError::NotSignedIn => Some(link(text!(errors.sign_in), above_form)),
        AppError::MustChangePassword => Some(link(text!(errors.change_password), above_form)),
        AppError::NotFound { what } => {
            list_of(*what).map(|(path, label)| view! { <a class="button" href=path>{label}</a> }.into_any())
        }
        _ => None,
    };
    let reference = match &error {
        AppError::Internal { reference } => Some(text!(errors.reference, reference = reference.clone())),
        _ => None,
    };
    let on_retry = on_retry.filter(|_| may_pass(&error));
    view! {
        <div class="notice is-bad" role="alert">
            <p class="notice-title">{what}</p>
            <p>{next}</p>
            {(above_form && is_about_session(&error)).then(|| view! { <p>{text!(errors.sign_in_beside)}</p> })}
            {reference.map(|reference| view! { <p class="quiet">{reference}</p> })}
            {action}
            {on_retry
                .map(|retry| {
                    view! {
                        <button type="button" class="button" on:click=move |_| retry.run(())>
                            {text!(common.retry)}
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}

/// Whether the same request may succeed without anything else having been done.
fn may_pass(error: &AppError) -> bool {
    !matches!(
        error,
        AppError::NotSignedIn
            | AppError::Forbidden { .. }
            | AppError::MayNotGrant { .. }
            | AppError::MustChangePassword
            | AppError::NotFound { .. }
            | AppError::PasswordLinkEnded
            | AppError::RequestTooLarge { .. }
    )
}

/// Whether signing in, or a new password, is what helps.
fn is_about_session(error: &AppError) -> bool {
    matches!(error, AppError::NotSignedIn | AppError::MustChangePassword)
}

/// Where others of the kind are, and the way there in words.
fn list_of(what: What) -> Option<(&'static str, &'static str)> {
    match what {
        What::Directory => Some(("/directories", text!(errors.to_directories))),
        What::Group => Some(("/groups", text!(errors.to_groups))),
        // A plan that was committed is found through its job.
        What::Job | What::Plan => Some(("/jobs", text!(errors.to_jobs))),
        What::Profile => Some(("/profiles", text!(errors.to_profiles))),
        What::Role => Some(("/roles", text!(errors.to_roles))),
        What::User => Some(("/users", text!(errors.to_users))),
        What::Entry | What::Page | What::Upload => None,
    }
}

/// To the sign-in page, and back; or to another tab, whose session this one then has.
fn link(label: &'static str, beside: bool) -> AnyView {
    let href = sign_in_from_here();
    // A plain load of the page: the session may have changed in another tab.
    view! { <a class="button" rel="external" target=beside.then_some("_blank") href=href>{label}</a> }.into_any()
}
