//! All that a browser may be told when something did not work.

use crate::api::json::JsonText;
use identity::{
    cause::Cause,
    directory::SettingsError,
    filter::{FilterError, FilterReason},
    role::Permission,
    username::UsernameError,
};
use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// The closed list of what a browser may be told. Details stay in the server's log; texts and remedies are the page's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum AppError {
    /// There is no session, or it ended.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The user may not do this.
    #[error("the permission {} is needed", permission.code())]
    Forbidden {
        /// What is needed.
        permission: Permission,
    },
    /// The user would give permissions that it does not have (R35).
    #[error("nobody gives a permission that they do not have")]
    MayNotGrant {
        /// The permission codes that the user lacks.
        missing: Vec<String>,
    },
    /// The password was given by somebody else and must be replaced first.
    #[error("the password must be changed first")]
    MustChangePassword,
    /// Username and password do not belong together, or the user may not sign in.
    #[error("wrong username or password")]
    InvalidCredentials,
    /// The password is right, was given by somebody else, and was not used in time.
    #[error("the one-time password has ended")]
    OneTimePasswordEnded,
    /// The link to choose a password with is unknown, was used or has ended: which of these is not told.
    #[error("the password link opens nothing")]
    PasswordLinkEnded,
    /// Too many failed sign-ins for this name or from this address.
    #[error("too many attempts; wait for {retry_after_seconds} seconds")]
    TooManyAttempts {
        /// When it may be tried again.
        retry_after_seconds: u32,
    },
    /// It does not exist (any more).
    #[error("there is no such {}", what.code())]
    NotFound {
        /// What.
        what: What,
    },
    /// What was sent cannot be accepted; each problem names its field.
    #[error("what was sent cannot be accepted")]
    Invalid {
        /// All that is wrong, in the order of the form.
        problems: Vec<Problem>,
    },
    /// The search bar's filter cannot be read.
    #[error("{reason} (at character {})", position + 1)]
    FilterSyntax {
        /// The character at which it went wrong, from 0.
        position: u32,
        /// What is wrong there.
        reason: FilterReason,
    },
    /// A directory could not be used.
    #[error("the directory could not be used: {}", cause.code())]
    Directory {
        /// Why.
        cause: Cause,
    },
    /// What was shown has changed since; nothing was written.
    #[error("it changed since it was shown")]
    Stale,
    /// It contradicts what is stored; nothing was written.
    #[error("it contradicts what is stored: {conflict:?}")]
    Conflict {
        /// In which way.
        conflict: Conflict,
    },
    /// What was sent is larger than what is accepted at once; nothing of it was looked at.
    #[error("what was sent is larger than {limit_bytes} bytes")]
    RequestTooLarge {
        /// What is accepted.
        limit_bytes: u64,
    },
    /// The server has too much to do at the moment.
    #[error("the server is busy")]
    Busy,
    /// The database does not answer.
    #[error("the database is not available")]
    Unavailable,
    /// The disk of the database is full; nothing was written.
    #[error("the disk of the database is full")]
    DiskFull,
    /// Something else; the log has the detail beside the reference.
    #[error("something went wrong (reference {reference})")]
    Internal {
        /// Finds the line of the log.
        reference: String,
    },
    /// The server was not reached. Only browsers make this one.
    #[error("the server was not reached")]
    Network,
}

/// What does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum What {
    Directory,
    Entry,
    Group,
    Job,
    Page,
    Plan,
    Profile,
    Role,
    Upload,
    User,
}

/// In which way something contradicts what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflict {
    /// No enabled administrator would be left.
    LastAdministrator,
    /// A role that was asked for does not exist.
    UnknownRole,
    /// A group that was asked for does not exist.
    UnknownGroup,
    /// Users have the role that would be removed.
    RoleInUse {
        /// How many.
        users: u32,
    },
    /// Nothing is picked.
    NothingPicked,
    /// A plan does something that the person who commits it may not do: somebody else made it, or their rights are
    /// fewer by now.
    BeyondRights,
}

/// One thing that is wrong with what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong, as a word that pages have a text for.
    pub code: String,
    /// The same in English, for codes without one.
    pub message: String,
}

impl What {
    /// The word for logs.
    pub fn code(self) -> &'static str {
        match self {
            What::Directory => "directory",
            What::Entry => "entry",
            What::Group => "group",
            What::Job => "job",
            What::Page => "page",
            What::Plan => "plan",
            What::Profile => "profile",
            What::Role => "role",
            What::Upload => "upload",
            What::User => "user",
        }
    }
}

impl Problem {
    /// A problem of a field.
    pub fn new(field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), code: code.into(), message: message.into() }
    }
}

impl AppError {
    /// One problem of one field.
    pub fn invalid(field: &str, code: &str, message: &str) -> Self {
        AppError::Invalid { problems: vec![Problem::new(field, code, message)] }
    }

    /// It does not exist (any more).
    pub fn not_found(what: What) -> Self {
        AppError::NotFound { what }
    }

    /// The status of an HTTP answer that says this.
    pub fn status(&self) -> u16 {
        match self {
            AppError::NotSignedIn | AppError::InvalidCredentials | AppError::OneTimePasswordEnded => 401,
            AppError::Forbidden { .. } | AppError::MayNotGrant { .. } | AppError::MustChangePassword => 403,
            AppError::TooManyAttempts { .. } => 429,
            AppError::NotFound { .. } => 404,
            AppError::PasswordLinkEnded => 410,
            AppError::Invalid { .. } | AppError::FilterSyntax { .. } => 422,
            AppError::Stale | AppError::Conflict { .. } => 409,
            AppError::RequestTooLarge { .. } => 413,
            AppError::Directory { .. } => 502,
            AppError::Busy | AppError::Unavailable => 503,
            AppError::DiskFull => 507,
            AppError::Internal { .. } | AppError::Network => 500,
        }
    }
}

impl From<FilterError> for AppError {
    fn from(FilterError { position, reason }: FilterError) -> Self {
        AppError::FilterSyntax { position, reason }
    }
}

impl From<UsernameError> for AppError {
    fn from(error: UsernameError) -> Self {
        let code = match error {
            UsernameError::Empty => "missing",
            UsernameError::TooLong => "too_long",
            UsernameError::Control => "control_characters",
        };
        AppError::invalid("username", code, &error.to_string())
    }
}

impl From<SettingsError> for Problem {
    fn from(error: SettingsError) -> Self {
        use identity::directory::SettingsProblem as P;
        let code = match error.problem {
            P::Missing => "missing",
            P::TooLong(_) => "too_long",
            P::OutOfRange { .. } => "out_of_range",
            P::Code => "short_code",
            P::Url(_) => "url",
            P::NeedsLdaps => "needs_ldaps",
            P::NeedsPlain => "needs_plain",
            P::Dn(_) => "dn",
            P::Filter(_) => "filter",
            P::Attribute => "attribute",
            P::Sha256 => "sha256",
            P::Certificate => "certificate",
            P::Twice => "twice",
            P::Username => "username",
        };
        Problem::new(error.field.name(), code, error.problem.to_string())
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        use ServerFnErrorErr as E;
        match error {
            E::Request(_) | E::UnsupportedRequestMethod(_) => AppError::Network,
            // In a browser, an answer that is not ours: a proxy's page, a server that just went down.
            E::Deserialization(_) if cfg!(not(feature = "ssr")) => AppError::Network,
            E::Args(reason) | E::MissingArg(reason) | E::Serialization(reason) | E::Deserialization(reason) => {
                AppError::invalid("", "malformed", &reason)
            }
            E::Registration(reason) | E::ServerError(reason) | E::MiddlewareError(reason) | E::Response(reason) => {
                internal(&reason)
            }
        }
    }
}

/// An error whose detail goes to the log, and only there.
#[cfg(feature = "ssr")]
fn internal(reason: &str) -> AppError {
    crate::services::report::internal_text(reason)
}

/// A browser keeps no log: the reference says where it happened.
#[cfg(not(feature = "ssr"))]
fn internal(_reason: &str) -> AppError {
    AppError::Internal { reference: "browser".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_survives_the_way_to_the_browser() {
        for error in [
            AppError::NotSignedIn,
            AppError::Forbidden { permission: Permission::UsersRead },
            AppError::FilterSyntax { position: 3, reason: FilterReason::Close },
            AppError::Directory { cause: Cause::TimedOut { seconds: 5 } },
            AppError::not_found(What::Plan),
            AppError::invalid("email", "missing", "this is needed"),
            AppError::TooManyAttempts { retry_after_seconds: 30 },
            AppError::RequestTooLarge { limit_bytes: 1024 * 1024 },
        ] {
            assert_eq!(AppError::de(error.ser()), error);
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn arguments_that_cannot_be_read_are_the_senders_matter() {
        assert_eq!(AppError::de("<html>".into()).status(), 422);
    }

    #[cfg(not(feature = "ssr"))]
    #[test]
    fn an_answer_of_somebody_else_is_a_matter_of_the_network() {
        assert_eq!(AppError::de("<html>502 Bad Gateway</html>".into()), AppError::Network);
    }
}
