//! Why a directory could not be used, as a closed list that pages have texts and remedies for.

use serde::{Deserialize, Serialize};

/// Why a directory could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant says what its fields are")]
pub enum Cause {
    /// The host's name is not known.
    UnknownHost,
    /// Nobody listens, or the network is not reached.
    Unreachable,
    /// No answer in time.
    TimedOut { seconds: u32 },
    /// The connection ended in the middle.
    Dropped,
    /// What came is not LDAP.
    Garbage,
    /// A message or value is larger than the limit.
    TooLarge { limit_bytes: u64 },
    /// The certificate is not signed by a known authority.
    CertificateUnknownIssuer,
    /// The certificate signs itself, so no authority can vouch for it: it can be pinned.
    CertificateSelfSigned,
    /// The certificate ran out, or is not valid yet.
    CertificateExpired,
    /// The certificate is for another name.
    CertificateWrongName,
    /// The certificate is not the pinned one.
    CertificateNotPinned,
    /// TLS failed in another way.
    Tls,
    /// The server refuses StartTLS.
    StartTlsRefused,
    /// An empty password: never sent, since many servers take it for an anonymous bind.
    EmptyPassword,
    /// The stored password was encrypted with another key than the one in use.
    PasswordSealed,
    /// Wrong bind DN or password (49); what the server says of it when it says more.
    InvalidCredentials { detail: Option<CredentialsDetail> },
    /// The server wants a protected connection (8, 13).
    ProtectionRequired,
    /// The account may not do this (50).
    InsufficientAccess,
    /// The base does not exist (32).
    NoSuchBase,
    /// The server cannot read a DN of the settings (34): it is misspelt, or names an attribute that the server has not.
    InvalidDn,
    /// The server cut the result short (4): at most so many were sent.
    SizeLimit { received: u32 },
    /// The server's time limit (3), or another administrative limit (11).
    ServerLimit,
    /// The server refers elsewhere (10); referrals are not followed.
    Referral,
    /// The server is busy, unavailable or unwilling (51, 52, 53).
    Unwilling,
    /// The server repeats a page for ever.
    EndlessPages,
    /// The run took longer than its setting allows ([`crate::directory::Connection::run_deadline`]).
    DeadlinePassed { seconds: u32 },
    /// Another result code (RFC 4511 appendix A).
    ResultCode { code: u32, text: String },
    /// The settings cannot be used.
    Settings { reason: SettingsReason },
}

/// Why a bind was refused: Active Directory's reasons, or the words of another server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum CredentialsDetail {
    NoSuchAccount,
    WrongPassword,
    NotAtThisTime,
    NotFromHere,
    PasswordRanOut,
    AccountDisabled,
    AccountRanOut,
    PasswordMustChange,
    AccountLocked,
    /// In the server's own words.
    Says(String),
}

/// Why settings cannot be used that were accepted when they were saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsReason {
    /// There is no address, or one that is none.
    Address,
    /// LDAPS with `ldap://`.
    NeedsLdaps,
    /// `ldaps://` without LDAPS.
    NeedsPlain,
    /// The filter cannot be sent.
    Filter,
    /// There is no certificate among the authorities.
    Authorities,
    /// A certificate of the authorities cannot be read.
    Authority,
}

impl Cause {
    /// The text that logs, metrics and texts of pages know it by.
    pub fn code(&self) -> &'static str {
        match self {
            Cause::UnknownHost => "unknown_host",
            Cause::Unreachable => "unreachable",
            Cause::TimedOut { .. } => "timed_out",
            Cause::Dropped => "dropped",
            Cause::Garbage => "garbage",
            Cause::TooLarge { .. } => "too_large",
            Cause::CertificateUnknownIssuer => "certificate_unknown_issuer",
            Cause::CertificateSelfSigned => "certificate_self_signed",
            Cause::CertificateExpired => "certificate_expired",
            Cause::CertificateWrongName => "certificate_wrong_name",
            Cause::CertificateNotPinned => "certificate_not_pinned",
            Cause::Tls => "tls",
            Cause::StartTlsRefused => "start_tls_refused",
            Cause::EmptyPassword => "empty_password",
            Cause::PasswordSealed => "password_sealed",
            Cause::InvalidCredentials { .. } => "invalid_credentials",
            Cause::ProtectionRequired => "protection_required",
            Cause::InsufficientAccess => "insufficient_access",
            Cause::NoSuchBase => "no_such_base",
            Cause::InvalidDn => "invalid_dn",
            Cause::SizeLimit { .. } => "size_limit",
            Cause::ServerLimit => "server_limit",
            Cause::Referral => "referral",
            Cause::Unwilling => "unwilling",
            Cause::EndlessPages => "endless_pages",
            Cause::DeadlinePassed { .. } => "deadline_passed",
            Cause::ResultCode { .. } => "result_code",
            Cause::Settings { .. } => "settings",
        }
    }
}

/// A sentence for logs, without its full stop; pages have texts of their own.
impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Cause::UnknownHost => "the host's name is not known",
            Cause::Unreachable => "nobody listens there, or the network is not reached",
            Cause::TimedOut { seconds } => return write!(f, "there was no answer within {seconds} s"),
            Cause::Dropped => "the connection ended in the middle",
            Cause::Garbage => "what came is not LDAP",
            Cause::TooLarge { limit_bytes } => return write!(f, "a message is larger than {limit_bytes} bytes"),
            Cause::CertificateUnknownIssuer => "the certificate is not signed by a known authority",
            Cause::CertificateSelfSigned => "the certificate signs itself: it can be pinned",
            Cause::CertificateExpired => "the certificate ran out, or is not valid yet",
            Cause::CertificateWrongName => "the certificate is for another name",
            Cause::CertificateNotPinned => "the certificate is not the pinned one",
            Cause::Tls => "TLS failed",
            Cause::StartTlsRefused => "the server refuses StartTLS",
            Cause::EmptyPassword => "the password is empty and was not sent",
            Cause::PasswordSealed => "the stored password was encrypted with another key",
            Cause::InvalidCredentials { detail: None } => "the bind DN or the password is wrong",
            Cause::InvalidCredentials { detail: Some(detail) } => {
                return write!(f, "the bind DN or the password is wrong: {detail}");
            }
            Cause::ProtectionRequired => "the server wants a protected connection",
            Cause::InsufficientAccess => "the account may not do this",
            Cause::NoSuchBase => "the base does not exist, or the account may not see it",
            Cause::InvalidDn => "the server cannot read a DN of the settings",
            Cause::SizeLimit { received } => {
                return write!(f, "the server cut the result short after {received} entries");
            }
            Cause::ServerLimit => "a limit of the server was reached",
            Cause::Referral => "the server refers elsewhere, and referrals are not followed",
            Cause::Unwilling => "the server is busy, unavailable or unwilling",
            Cause::EndlessPages => "the server repeats a page for ever",
            Cause::DeadlinePassed { seconds } => {
                return write!(f, "the run took longer than the {seconds} s of the setting “Seconds for a whole run”");
            }
            Cause::ResultCode { code, text } if text.is_empty() => return write!(f, "the server answered {code}"),
            Cause::ResultCode { code, text } => return write!(f, "the server answered {code}: {text}"),
            Cause::Settings { reason } => return write!(f, "the settings cannot be used: {reason}"),
        })
    }
}

/// A part of a sentence, for logs.
impl std::fmt::Display for CredentialsDetail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            CredentialsDetail::NoSuchAccount => "there is no such account",
            CredentialsDetail::WrongPassword => "the password is wrong",
            CredentialsDetail::NotAtThisTime => "the account may not sign in at this time",
            CredentialsDetail::NotFromHere => "the account may not sign in from this computer",
            CredentialsDetail::PasswordRanOut => "the password ran out",
            CredentialsDetail::AccountDisabled => "the account is disabled",
            CredentialsDetail::AccountRanOut => "the account ran out",
            CredentialsDetail::PasswordMustChange => "the password must be changed first",
            CredentialsDetail::AccountLocked => "the account is locked",
            CredentialsDetail::Says(text) => text,
        })
    }
}

/// A part of a sentence, for logs.
impl std::fmt::Display for SettingsReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            SettingsReason::Address => "there is no usable address",
            SettingsReason::NeedsLdaps => "LDAPS needs an address with ldaps://",
            SettingsReason::NeedsPlain => "an address with ldaps:// needs LDAPS",
            SettingsReason::Filter => "the filter cannot be sent",
            SettingsReason::Authorities => "there is no certificate among the authorities",
            SettingsReason::Authority => "a certificate of the authorities cannot be read",
        })
    }
}
