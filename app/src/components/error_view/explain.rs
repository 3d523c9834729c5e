//! What happened, why, and what to do next.

use super::{cause, problem::filter_reason, problem_text};
use crate::{
    error::{AppError, Conflict, What},
    text,
};

/// An error in words.
pub struct Explained {
    /// What happened, without a full stop.
    pub what: String,
    /// Why, and what to do next.
    pub next: String,
}

impl Explained {
    pub(super) fn new(what: &str, next: impl Into<String>) -> Self {
        Self { what: what.to_owned(), next: next.into() }
    }
}

/// Puts an error into words.
pub fn explain(error: &AppError) -> Explained {
    match error {
        AppError::NotSignedIn => Explained::new(text!(errors.not_signed_in), text!(errors.not_signed_in_next)),
        AppError::Forbidden { permission } => {
            let permission = permission.code();
            Explained::new(text!(errors.forbidden), text!(errors.forbidden_next, permission = permission))
        }
        AppError::MayNotGrant { missing } => {
            Explained::new(text!(errors.may_not_grant), text!(errors.may_not_grant_next, missing = missing.join(", ")))
        }
        AppError::MustChangePassword => {
            Explained::new(text!(errors.must_change_password), text!(errors.must_change_password_next))
        }
        AppError::InvalidCredentials => {
            Explained::new(text!(errors.invalid_credentials), text!(errors.invalid_credentials_next))
        }
        AppError::OneTimePasswordEnded => {
            Explained::new(text!(errors.one_time_password_ended), text!(errors.one_time_password_ended_next))
        }
        AppError::PasswordLinkEnded => {
            Explained::new(text!(errors.password_link_ended), text!(errors.password_link_ended_next))
        }
        AppError::TooManyAttempts { retry_after_seconds } => Explained::new(
            text!(errors.too_many_attempts),
            text!(errors.too_many_attempts_next, count = *retry_after_seconds, n = text::number(*retry_after_seconds)),
        ),
        AppError::NotFound { what } => Explained::new(gone(*what), text!(errors.gone_next)),
        AppError::Invalid { problems } => {
            let texts: Vec<String> = problems.iter().map(problem_text).collect();
            Explained::new(text!(errors.invalid), texts.join(" "))
        }
        AppError::FilterSyntax { position, reason } => Explained::new(
            text!(errors.filter),
            text!(errors.filter_at, position = position + 1, reason = filter_reason(*reason)),
        ),
        AppError::Directory { cause } => cause::explain(cause),
        AppError::Stale => Explained::new(text!(errors.stale), text!(errors.stale_next)),
        AppError::Conflict { conflict } => explain_conflict(*conflict),
        AppError::RequestTooLarge { limit_bytes } => Explained::new(
            text!(errors.request_too_large),
            text!(errors.request_too_large_next, limit = limit_bytes / (1024 * 1024)),
        ),
        AppError::Busy => Explained::new(text!(errors.busy), text!(errors.busy_next)),
        AppError::Unavailable => Explained::new(text!(errors.unavailable), text!(errors.unavailable_next)),
        AppError::DiskFull => Explained::new(text!(errors.disk_full), text!(errors.disk_full_next)),
        AppError::Internal { .. } => Explained::new(text!(errors.internal), text!(errors.internal_next)),
        AppError::Network => Explained::new(text!(errors.network), text!(errors.network_next)),
    }
}

fn explain_conflict(conflict: Conflict) -> Explained {
    match conflict {
        Conflict::LastAdministrator => {
            Explained::new(text!(errors.last_administrator), text!(errors.last_administrator_next))
        }
        Conflict::UnknownRole => Explained::new(text!(errors.unknown_role), text!(errors.unknown_role_next)),
        Conflict::UnknownGroup => Explained::new(text!(errors.unknown_group), text!(errors.unknown_group_next)),
        Conflict::RoleInUse { users } => Explained::new(
            &text!(errors.role_in_use, count = users, n = text::number(users)),
            text!(errors.role_in_use_next),
        ),
        Conflict::BeyondRights => Explained::new(text!(errors.beyond_rights), text!(errors.beyond_rights_next)),
        Conflict::NothingPicked => Explained::new(text!(errors.nothing_picked), text!(errors.nothing_picked_next)),
    }
}

fn gone(what: What) -> &'static str {
    match what {
        What::Directory => text!(errors.gone_directory),
        What::Entry => text!(errors.gone_entry),
        What::Group => text!(errors.gone_group),
        What::Job => text!(errors.gone_job),
        What::Page => text!(errors.gone_page),
        What::Plan => text!(errors.gone_plan),
        What::Profile => text!(errors.gone_profile),
        What::Role => text!(errors.gone_role),
        What::Upload => text!(errors.gone_upload),
        What::User => text!(errors.gone_user),
    }
}
