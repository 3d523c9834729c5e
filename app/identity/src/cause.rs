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
    /// Wrong bind DN or password (49); Active Directory's reason when it gives one.
    InvalidCredentials { detail: Option<String> },
    /// The server wants a protected connection (8, 13).
    ProtectionRequired,
    /// The account may not do this (50).
    InsufficientAccess,
    /// The base does not exist (32).
    NoSuchBase,
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
    /// The run took longer than its deadline.
    DeadlinePassed { seconds: u32 },
    /// Another result code (RFC 4511 appendix A).
    ResultCode { code: u32, text: String },
    /// The settings cannot be used.
    Settings { reason: String },
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
            Cause::CertificateExpired => "certificate_expired",
            Cause::CertificateWrongName => "certificate_wrong_name",
            Cause::CertificateNotPinned => "certificate_not_pinned",
            Cause::Tls => "tls",
            Cause::StartTlsRefused => "start_tls_refused",
            Cause::EmptyPassword => "empty_password",
            Cause::InvalidCredentials { .. } => "invalid_credentials",
            Cause::ProtectionRequired => "protection_required",
            Cause::InsufficientAccess => "insufficient_access",
            Cause::NoSuchBase => "no_such_base",
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
