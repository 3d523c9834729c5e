//! From the errors of the server's crates to what a browser may be told: the detail goes to the log.

use crate::error::{AppError, Conflict, What};
use directory::DirectoryError;
use identity::cause::Cause;
use std::error::Error;
use store::{StoreError, Trouble};
use worker::planning::PlanningError;
use worker::reading::ReadingError;

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Secret) {
            tracing::error!(error = chain(&error), "a directory could not be used");
            return AppError::Directory { cause: Cause::PasswordSealed };
        }
        match error.trouble() {
            Trouble::Passing => {
                tracing::error!(error = chain(&error), "the database is not available");
                AppError::Unavailable
            }
            Trouble::DiskFull => {
                tracing::error!(error = chain(&error), "the disk of the database is full");
                AppError::DiskFull
            }
            Trouble::Lasting => internal(&error),
        }
    }
}

impl From<DirectoryError> for AppError {
    fn from(error: DirectoryError) -> Self {
        // The operation may name a host, and the source may quote what a server said: neither is for every log.
        tracing::warn!(cause = error.cause.code(), "a directory could not be used");
        tracing::debug!(error = chain(&error), "a directory could not be used");
        AppError::Directory { cause: error.cause }
    }
}

impl From<ReadingError> for AppError {
    fn from(error: ReadingError) -> Self {
        match error {
            ReadingError::Directory(error) => error.into(),
            ReadingError::Store(error) => error.into(),
            ReadingError::Filter(error) => error.into(),
            ReadingError::Interrupted => internal(&error),
        }
    }
}

impl From<PlanningError> for AppError {
    fn from(error: PlanningError) -> Self {
        match error {
            PlanningError::Reading(error) => error.into(),
            PlanningError::Query(error) => error.into(),
            PlanningError::Store(error) => error.into(),
            PlanningError::Records(error) => internal(&error),
            PlanningError::NoSuchUser(_) => AppError::not_found(What::User),
            PlanningError::UnknownRoles(_) => AppError::Conflict { conflict: Conflict::UnknownRole },
        }
    }
}

impl From<tower_sessions::session::Error> for AppError {
    fn from(error: tower_sessions::session::Error) -> Self {
        internal(&error)
    }
}

/// An error that nobody can do anything about but by reading the log.
pub fn internal(error: &(dyn Error + 'static)) -> AppError {
    internal_text(&chain(error))
}

/// An error in words that nobody can do anything about but by reading the log.
pub fn internal_text(detail: &str) -> AppError {
    let reference = reference();
    tracing::error!(reference, error = detail, "something went wrong");
    AppError::Internal { reference }
}

/// An error and its sources, in one line.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Eight characters that are easy to read aloud.
fn reference() -> String {
    let mut bytes = [0; 8];
    if getrandom::fill(&mut bytes).is_err() {
        return "00000000".to_owned();
    }
    bytes.map(|byte| char::from(b"abcdefghjkmnpqrstuvwxyz23456789ab"[usize::from(byte % 32)])).iter().collect()
}
