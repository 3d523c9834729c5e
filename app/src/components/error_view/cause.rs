//! Why a directory could not be used, and the remedy.

use super::Explained;
use crate::text;
use identity::cause::{Cause, CredentialsDetail, SettingsReason};

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
        Cause::PasswordSealed => (text!(errors.cause_password_sealed), text!(errors.cause_password_sealed_next)),
        Cause::ProtectionRequired => {
            (text!(errors.cause_protection_required), text!(errors.cause_protection_required_next))
        }
        Cause::InsufficientAccess => {
            (text!(errors.cause_insufficient_access), text!(errors.cause_insufficient_access_next))
        }
        Cause::NoSuchBase => (text!(errors.cause_no_such_base), text!(errors.cause_no_such_base_next)),
        Cause::InvalidDn => (text!(errors.cause_invalid_dn), text!(errors.cause_invalid_dn_next)),
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
            let next = match detail {
                Some(detail) => format!("{next} {}", explain_credentials(detail)),
                None => next.to_owned(),
            };
            (text!(errors.cause_invalid_credentials), next)
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
            (text!(errors.cause_settings), text!(errors.cause_settings_next, reason = explain_settings(*reason)))
        }
        _ => (text!(errors.internal), text!(errors.internal_next).to_owned()),
    };
    Explained::new(what, next)
}

/// Why a bind was refused, as a sentence.
fn explain_credentials(detail: &CredentialsDetail) -> String {
    let sentence = match detail {
        CredentialsDetail::NoSuchAccount => text!(errors.credentials_no_such_account),
        CredentialsDetail::WrongPassword => text!(errors.credentials_wrong_password),
        CredentialsDetail::NotAtThisTime => text!(errors.credentials_not_at_this_time),
        CredentialsDetail::NotFromHere => text!(errors.credentials_not_from_here),
        CredentialsDetail::PasswordRanOut => text!(errors.credentials_password_ran_out),
        CredentialsDetail::AccountDisabled => text!(errors.credentials_account_disabled),
        CredentialsDetail::AccountRanOut => text!(errors.credentials_account_ran_out),
        CredentialsDetail::PasswordMustChange => text!(errors.credentials_password_must_change),
        CredentialsDetail::AccountLocked => text!(errors.credentials_account_locked),
        CredentialsDetail::Says(text) => return text!(errors.says, text = text.clone()),
    };
    sentence.to_owned()
}

/// What is to be corrected in settings, as a sentence.
fn explain_settings(reason: SettingsReason) -> &'static str {
    match reason {
        SettingsReason::Address => text!(errors.problem_url),
        SettingsReason::NeedsLdaps => text!(errors.problem_needs_ldaps),
        SettingsReason::NeedsPlain => text!(errors.problem_needs_plain),
        SettingsReason::Filter => text!(errors.problem_filter),
        SettingsReason::Authorities => text!(errors.problem_certificate),
        SettingsReason::Authority => text!(errors.problem_authority),
    }
}

/// A remedy, and what the directory itself said.
fn with_words(next: &str, words: Option<&str>) -> String {
    match words {
        Some(words) if !words.is_empty() => format!("{next} {}", text!(errors.says, text = words)),
        _ => next.to_owned(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::text::in_language;

    #[test]
    fn every_reason_is_told_in_the_readers_language() {
        use CredentialsDetail as Detail;
        use SettingsReason as Reason;
        let details = [
            Detail::NoSuchAccount,
            Detail::WrongPassword,
            Detail::NotAtThisTime,
            Detail::NotFromHere,
            Detail::PasswordRanOut,
            Detail::AccountDisabled,
            Detail::AccountRanOut,
            Detail::PasswordMustChange,
            Detail::AccountLocked,
        ];
        let sentences = |language| in_language(language, || details.each_ref().map(explain_credentials));
        for (english, german) in sentences("en").into_iter().zip(sentences("de")) {
            assert_ne!(english, german);
        }
        let reasons = [
            Reason::Address,
            Reason::NeedsLdaps,
            Reason::NeedsPlain,
            Reason::Filter,
            Reason::Authorities,
            Reason::Authority,
        ];
        let sentences = |language| in_language(language, || reasons.map(explain_settings));
        for (english, german) in sentences("en").into_iter().zip(sentences("de")) {
            assert_ne!(english, german);
        }
        // What a server says is quoted, and only that.
        let told = in_language("de", || explain_credentials(&Detail::Says("go away".to_owned())));
        assert_eq!(told, "Das Verzeichnis sagt: go away");
    }
}
