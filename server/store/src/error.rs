//! What can go wrong with a database.

/// An error of the store. Expected answers (a stale version, a name that is taken) are not errors.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database URL is neither `sqlite:` nor `postgres:`, or cannot be read.
    #[error("the database URL is not understood: {reason}")]
    Url {
        /// What is wrong, without the password that the URL may hold.
        reason: String,
    },
    /// The database could not be opened.
    #[error("the database could not be opened")]
    Open(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the database schema could not be brought up to date")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// A statement failed.
    #[error("the database could not {operation}")]
    Query {
        /// In words: “list users”.
        operation: &'static str,
        /// The cause.
        #[source]
        source: sqlx::Error,
    },
    /// A stored value is not what it should be.
    #[error("a stored {what} cannot be read")]
    Corrupt {
        /// In words: “plan row”.
        what: &'static str,
    },
    /// A stored secret does not open with the key in use.
    #[error("a stored secret cannot be opened: the secret key is not the one that it was stored with")]
    Secret,
}
