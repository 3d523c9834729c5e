//! What can go wrong with a directory, in the words of its causes.

pub use identity::cause::Cause;

/// An error of a directory: what was tried, and the cause that people are told.
#[derive(Debug, thiserror::Error)]
#[error("{operation} failed: {cause:?}")]
pub struct DirectoryError {
    /// In words: “connect to ldap://…”.
    pub operation: String,
    /// For people.
    pub cause: Cause,
    /// The library's error, for the log.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}
