//! Why a file cannot be used, in words.

use super::facts::Facts;
use super::leaving::Leaving;
use super::state::FileImport;
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
) -> AnyView {
    if let FileError::App(error) = error {
        return view! { <ErrorView error /> }.into_any();
    }
    let (title, why) = words(&error);
    view! {
        <div class="notice is-bad" role="alert">
            <p class="notice-title">{title}</p>
            <p>{why}</p>
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
        <Failure error />
        {otherwise}
    }
    .into_any()
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
        FileError::Died => both(text!(files.died), text!(files.died_why)),
        FileError::NotOpen | FileError::App(_) => both(text!(files.not_open), text!(files.not_open_why)),
    }
}
