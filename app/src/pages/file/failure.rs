//! Why a file cannot be used, in words, and what a step shows instead of it.

use super::busy::Busy;
use super::facts::Facts;
use super::leaving::Leaving;
use super::state::{FileImport, Stage};
use super::steps::Step;
use crate::components::empty_state::EmptyState;
use crate::components::error_view::ErrorView;
use crate::file::messages::{FileError, ReadAs};
use crate::text;
use leptos::prelude::*;
use std::sync::Arc;

/// Why a file cannot be used.
#[component]
pub fn Failure(
    /// Why.
    error: FileError,
    /// Tries again what failed; without it there is no button for that.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> AnyView {
    if let FileError::App(error) = error {
        return match on_retry {
            Some(on_retry) => view! { <ErrorView error on_retry /> }.into_any(),
            None => view! { <ErrorView error /> }.into_any(),
        };
    }
    let (title, why) = words(&error);
    let retry = on_retry.filter(|_| may_pass(&error)).map(|retry| {
        view! { <button type="button" class="button" on:click=move |_| retry.run(())>{text!(common.retry)}</button> }
    });
    let (class, role) = match error {
        // No news to whoever did it.
        FileError::Cancelled => ("notice", "status"),
        _ => ("notice is-bad", "alert"),
    };
    view! {
        <div class=class role=role>
            <p class="notice-title">{title}</p>
            <p>{why}</p>
            {retry}
        </div>
    }
    .into_any()
}

/// Why the file could not be read, and the way to read it otherwise: what a person chose before may be what is wrong.
#[component]
pub fn Unread(
    /// Why.
    error: FileError,
    /// The file in hand.
    file: FileImport,
    /// Where in the import a person is.
    step: Step,
) -> AnyView {
    let otherwise = match &error {
        FileError::NoRows { read } => Some(view! { <Facts opened=Arc::new((**read).clone()) file /> }.into_any()),
        _ if file.read_as() != ReadAs::default() => {
            let again = move |_| {
                file.may_leave(Leaving::Read(ReadAs::default()));
            };
            let button = view! { <button type="button" class="button" on:click=again>{text!(files.as_found)}</button> };
            Some(view! { <p class="actions">{button}</p> }.into_any())
        }
        _ => None,
    };
    view! {
        <Failure error on_retry=move |()| file.try_again(step) />
        {otherwise}
    }
    .into_any()
}

/// Why a plan that is shown could not be changed. When the worker died with it, it can be made again.
#[component]
pub fn Unchanged(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let shown = move || match file.stage.get() {
        Stage::Failed(error @ (FileError::Died | FileError::NotOpen)) => {
            Some(view! { <Failure error on_retry=move |()| file.try_again(Step::Review) /> })
        }
        Stage::Failed(error) => Some(view! { <Failure error /> }),
        Stage::Idle | Stage::Busy => None,
    };
    shown.into_any()
}

/// What a step shows as long as it has nothing of the file to show.
#[component]
pub fn Instead(
    /// The file in hand.
    file: FileImport,
    /// Where in the import a person is.
    step: Step,
) -> AnyView {
    let shown = move || match (file.stage.get(), file.opened.read().is_some()) {
        (Stage::Busy, _) => view! { <Busy file /> }.into_any(),
        (Stage::Failed(error), false) => view! { <Unread error file step /> }.into_any(),
        (Stage::Failed(error), true) => view! { <Failure error on_retry=move |()| file.try_again(step) /> }.into_any(),
        (Stage::Idle, true) => view! {
            <p class="actions">
                <button type="button" class="button is-primary" on:click=move |_| file.try_again(step)>
                    {text!(files.to_review)}
                </button>
            </p>
        }
        .into_any(),
        (Stage::Idle, false) => view! {
            <EmptyState title=text!(files.not_open) why=text!(files.not_open_why)>
                <a class="button is-primary" href=Step::File.path()>{text!(files.choose)}</a>
            </EmptyState>
        }
        .into_any(),
    };
    shown.into_any()
}

/// Whether the same may succeed without anything else having been done.
fn may_pass(error: &FileError) -> bool {
    matches!(error, FileError::Cancelled | FileError::Died | FileError::NotOpen | FileError::App(_))
}

fn words(error: &FileError) -> (String, String) {
    let both = |title: &str, why: &str| (title.to_owned(), why.to_owned());
    match error {
        FileError::Unreadable { what, todo } => both(what, todo),
        FileError::Broken { text } => both(text!(files.broken), text),
        FileError::NoRows { .. } => both(text!(files.no_rows), text!(files.no_rows_why)),
        FileError::Gone => both(text!(files.gone), text!(files.gone_why)),
        FileError::Mapping => both(text!(files.bad_mapping), text!(files.bad_mapping_why)),
        FileError::TooManyRows { limit } => {
            (text!(objects.too_many).to_owned(), text!(objects.too_many_why, n = text::number(*limit)))
        }
        FileError::TooLong { limit_bytes } => {
            (text!(objects.too_long).to_owned(), text!(objects.too_long_why, n = limit_bytes >> 20))
        }
        FileError::Cancelled => both(text!(files.cancelled), text!(files.cancelled_why)),
        FileError::Died => both(text!(files.died), text!(files.died_why)),
        FileError::NotOpen | FileError::App(_) => both(text!(files.not_open), text!(files.not_open_why)),
    }
}
