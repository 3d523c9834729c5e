//! What can go wrong with a directory, in the words of its causes.

use crate::{
    message::Outcome,
    wire::{MAX_MESSAGE, WireError},
};
pub use identity::cause::{Cause, CredentialsDetail, SettingsReason};
use std::io;

/// An error of a directory: what was tried, and the cause that people are told.
#[derive(Debug, thiserror::Error)]
#[error("could not {operation}: {cause}")]
pub struct DirectoryError {
    /// In words: “connect to ldap://…”.
    pub operation: String,
    /// For people.
    pub cause: Cause,
    /// The library's error, for the log.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// A cause and where it comes from, before it is known what was tried.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) cause: Cause,
    pub(crate) source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Failure {
    pub(crate) fn because(self, operation: impl Into<String>) -> DirectoryError {
        DirectoryError { operation: operation.into(), cause: self.cause, source: self.source }
    }

    pub(crate) fn with(cause: Cause, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { cause, source: Some(source.into()) }
    }

    pub(crate) fn settings(reason: SettingsReason) -> Self {
        Cause::Settings { reason }.into()
    }
}

impl From<Cause> for Failure {
    fn from(cause: Cause) -> Self {
        Self { cause, source: None }
    }
}

impl From<WireError> for Failure {
    fn from(error: WireError) -> Self {
        let cause = match &error {
            WireError::Io(error) => of_io(error),
            WireError::Closed => Cause::Dropped,
            WireError::Malformed(_) => Cause::Garbage,
            WireError::TooLarge { .. } => Cause::TooLarge { limit_bytes: MAX_MESSAGE as u64 },
        };
        Self::with(cause, error)
    }
}

/// An error on a connection that stood.
fn of_io(error: &io::Error) -> Cause {
    match error.kind() {
        // rustls wraps its errors so.
        io::ErrorKind::InvalidData => Cause::Tls,
        io::ErrorKind::InvalidInput => Cause::Settings { reason: SettingsReason::Filter },
        _ => Cause::Dropped,
    }
}

/// The cause that a result code stands for (RFC 4511 appendix A), `None` for success alone: whatever is not 0 is not
/// complete. `received` are the entries that came before.
pub(crate) fn of_outcome(outcome: &Outcome, received: u64) -> Option<Cause> {
    let text = || outcome.text.chars().take(300).collect::<String>();
    Some(match outcome.code {
        0 => return None,
        3 | 11 => Cause::ServerLimit,
        4 => Cause::SizeLimit { received: u32::try_from(received).unwrap_or(u32::MAX) },
        8 | 13 => Cause::ProtectionRequired,
        // 9 is the referral of LDAPv2, which Active Directory still sends.
        9 | 10 => Cause::Referral,
        32 => Cause::NoSuchBase,
        34 => Cause::InvalidDn,
        // 48: the account cannot be used with a password.
        48 | 49 => Cause::InvalidCredentials { detail: credentials_detail(&text()) },
        50 => Cause::InsufficientAccess,
        51..=53 => Cause::Unwilling,
        code => Cause::ResultCode { code, text: text() },
    })
}

/// What a server says of a refused bind; Active Directory in numbers:
/// `… AcceptSecurityContext error, data 775, v4563`.
fn credentials_detail(text: &str) -> Option<CredentialsDetail> {
    use CredentialsDetail as Detail;
    let Some((_, after)) = text.split_once("data ") else {
        return (!text.is_empty()).then(|| Detail::Says(text.to_owned()));
    };
    let code: String = after.chars().take_while(char::is_ascii_hexdigit).collect();
    Some(match code.as_str() {
        "525" => Detail::NoSuchAccount,
        "52e" => Detail::WrongPassword,
        "530" => Detail::NotAtThisTime,
        "531" => Detail::NotFromHere,
        "532" => Detail::PasswordRanOut,
        "533" => Detail::AccountDisabled,
        "701" => Detail::AccountRanOut,
        "773" => Detail::PasswordMustChange,
        "775" => Detail::AccountLocked,
        _ => Detail::Says(text.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause(code: u32, text: &str) -> Option<Cause> {
        of_outcome(&Outcome { code, text: text.to_owned(), cookie: None }, 500)
    }

    #[test]
    fn only_zero_is_success() {
        for code in 0..=255 {
            assert_eq!(cause(code, "").is_none(), code == 0, "{code}");
        }
        assert_eq!(cause(4, ""), Some(Cause::SizeLimit { received: 500 }));
        assert_eq!(cause(10, ""), Some(Cause::Referral));
        assert_eq!(cause(80, "why"), Some(Cause::ResultCode { code: 80, text: "why".to_owned() }));
    }

    #[test]
    fn the_reason_of_active_directory_is_understood() {
        let text = "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 775, v3839";
        let detail = |text| cause(49, text).map(|cause| cause.to_string()).unwrap_or_default();
        assert_eq!(detail(text), "the bind DN or the password is wrong: the account is locked");
        assert_eq!(detail("data 9zz"), "the bind DN or the password is wrong: data 9zz");
        assert_eq!(detail("go away"), "the bind DN or the password is wrong: go away");
        assert_eq!(cause(49, ""), Some(Cause::InvalidCredentials { detail: None }));
    }

    #[test]
    fn an_error_reads_as_a_sentence() {
        let error = Failure::from(Cause::TimedOut { seconds: 5 }).because("connect to ldap://a:389");
        assert_eq!(error.to_string(), "could not connect to ldap://a:389: there was no answer within 5 s");
    }
}
