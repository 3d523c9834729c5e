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
    /// A text holds a NUL character. PostgreSQL does not store it, and SQLite would cut the text short. Nothing was
    /// written.
    #[error("the database could not {operation}: a text holds a NUL character, which cannot be stored")]
    Nul {
        /// In words.
        operation: &'static str,
    },
    /// What a caller names is not there, though it should be.
    #[error("there is no such {what}")]
    Missing {
        /// In words: “plan”.
        what: &'static str,
    },
    /// A worker reports what cannot happen to a job in its state.
    #[error("the job cannot go on")]
    Transition(#[source] job::InvalidTransition),
}

/// What a caller may do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Wait and try again: the database is busy, starting, or not reached.
    Passing,
    /// Make room: the disk of the database is full. Nothing was half-written.
    DiskFull,
    /// Nothing but reading the log.
    Lasting,
}

impl StoreError {
    /// What may be done about it.
    pub fn trouble(&self) -> Trouble {
        match self {
            StoreError::Open(source) | StoreError::Query { source, .. } => trouble(source),
            StoreError::Url { .. }
            | StoreError::Migrate(_)
            | StoreError::Corrupt { .. }
            | StoreError::Secret
            | StoreError::Nul { .. }
            | StoreError::Missing { .. }
            | StoreError::Transition(_) => Trouble::Lasting,
        }
    }
}

fn trouble(error: &sqlx::Error) -> Trouble {
    let code = match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => {
            return Trouble::Passing;
        }
        sqlx::Error::Database(error) => error.code(),
        _ => None,
    };
    let Some(code) = code else { return Trouble::Lasting };
    match code.as_ref() {
        // PostgreSQL (appendix A): disk_full.
        "53100" => Trouble::DiskFull,
        // Serialisation failure, deadlock, too many connections, lock not available, shutdown, crash, starting up.
        "40001" | "40P01" | "53300" | "55P03" | "57P01" | "57P02" | "57P03" => Trouble::Passing,
        code if code.len() == 5 && code.starts_with("08") => Trouble::Passing,
        // SQLite calls a disk full when it is (13, below). At a quota, or a limit on the size of files, it says that a
        // write failed, or that the index of its log could not grow: the same to whoever must make room.
        "778" | "4874" => Trouble::DiskFull,
        // SQLite: an extended code's low byte is the primary one.
        code => match code.parse::<u32>().map(|code| code & 0xff) {
            Ok(13) if code.len() != 5 => Trouble::DiskFull,
            // Busy, locked.
            Ok(5 | 6) if code.len() != 5 => Trouble::Passing,
            _ => Trouble::Lasting,
        },
    }
}
