//! Why a directory could not be used, and the remedy.

use super::Explained;
use crate::text;
use identity::cause::Cause;

/// Puts a cause into words.
pub(super) fn explain(cause: &Cause) -> Explained {
    let (what, next) = match cause {
        Cause::UnknownHost => (text!(errors.cause_unknown_host), text!(errors.cause_unknown_host_next)),
        Cause::Unreachable => (text!(errors.cause_unreachable), text!(errors.cause_unreachable_next)),
        Cause::Dropped => (text!(errors.cause_dropped), text!(errors.cause_dropped_next)),
        Cause::Garbage => (text!(errors.cause_garbage), text!(errors.cause_garbage_next)),
        Cause::CertificateUnknownIssuer => {
            (text!(errors.cause_certificate_unknown_issuer), text!(errors.cause_certificate_unknown_issuer_next))
        }
        Cause::CertificateSelfSigned => {
            (text!(errors.cause_certificate_self_signed), text!(errors.cause_certificate_self_signed_next))
        }
        Cause::CertificateExpired => {
            (text!(errors.cause_certificate_expired), text!(errors.cause_certificate_expired_next))
        }
        Cause::CertificateWrongName => {
            (text!(errors.cause_certificate_wrong_name), text!(errors.cause_certificate_wrong_name_next))
        }
        Cause::CertificateNotPinned => {
            (text!(errors.cause_certificate_not_pinned), text!(errors.cause_certificate_not_pinned_next))
        }
        Cause::Tls => (text!(errors.cause_tls), text!(errors.cause_tls_next)),
        Cause::StartTlsRefused => (text!(errors.cause_start_tls_refused), text!(errors.cause_start_tls_refused_next)),
        Cause::EmptyPassword => (text!(errors.cause_empty_password), text!(errors.cause_empty_password_next)),
        Cause::ProtectionRequired => {
            (text!(errors.cause_protection_required), text!(errors.cause_protection_required_next))
        }
        Cause::InsufficientAccess => {
            (text!(errors.cause_insufficient_access), text!(errors.cause_insufficient_access_next))
        }
        Cause::NoSuchBase => (text!(errors.cause_no_such_base), text!(errors.cause_no_such_base_next)),
        Cause::ServerLimit => (text!(errors.cause_server_limit), text!(errors.cause_server_limit_next)),
        Cause::Referral => (text!(errors.cause_referral), text!(errors.cause_referral_next)),
        Cause::Unwilling => (text!(errors.cause_unwilling), text!(errors.cause_unwilling_next)),
        Cause::EndlessPages => (text!(errors.cause_endless_pages), text!(errors.cause_endless_pages_next)),
        Cause::TimedOut { .. }
        | Cause::TooLarge { .. }
        | Cause::InvalidCredentials { .. }
        | Cause::SizeLimit { .. }
        | Cause::DeadlinePassed { .. }
        | Cause::ResultCode { .. }
        | Cause::Settings { .. } => return explain_details(cause),
    };
    Explained::new(what, next)
}

/// Those that say more than their name.
fn explain_details(cause: &Cause) -> Explained {
    let (what, next) = match cause {
        Cause::TimedOut { seconds } => (
            text!(errors.cause_timed_out),
            text!(errors.cause_timed_out_next, count = *seconds, n = text::number(*seconds)),
        ),
        Cause::TooLarge { limit_bytes } => {
            (text!(errors.cause_too_large), text!(errors.cause_too_large_next, limit = limit_bytes / 1_000_000))
        }
        Cause::InvalidCredentials { detail } => {
            let next = text!(errors.cause_invalid_credentials_next);
            (text!(errors.cause_invalid_credentials), with_words(next, detail.as_deref()))
        }
        Cause::SizeLimit { received } => (
            text!(errors.cause_size_limit),
            text!(errors.cause_size_limit_next, count = *received, n = text::number(*received)),
        ),
        Cause::DeadlinePassed { seconds } => (
            text!(errors.cause_deadline_passed),
            text!(errors.cause_deadline_passed_next, count = *seconds, n = text::number(*seconds)),
        ),
        Cause::ResultCode { code, text } => {
            let next = text!(errors.cause_result_code_next, code = *code);
            (text!(errors.cause_result_code), with_words(&next, Some(text)))
        }
        Cause::Settings { reason } => {
            (text!(errors.cause_settings), text!(errors.cause_settings_next, reason = reason.clone()))
        }
        _ => (text!(errors.internal), text!(errors.internal_next).to_owned()),
    };
    Explained::new(what, next)
}

/// A remedy, and what the directory itself said.
fn with_words(next: &str, words: Option<&str>) -> String {
    match words {
        Some(words) if !words.is_empty() => format!("{next} {}", text!(errors.says, text = words)),
        _ => next.to_owned(),
    }
}
