//! What a job of groups or roles is, in words.

use crate::{api::job::JobView, text};
use job::JobKind;

/// What the rows of a job are called, where they are no users.
pub fn object_word(kind: JobKind) -> Option<&'static str> {
    match kind {
        JobKind::Users => None,
        JobKind::Groups => Some(text!(objects.kind_groups)),
        JobKind::Roles => Some(text!(objects.kind_roles)),
    }
}

/// How many groups or roles a job made and changed.
pub fn object_counts(job: &JobView) -> String {
    let updated = job.progress.applied.saturating_sub(job.created);
    text!(jobs.counts, created = text::number(job.created), updated = text::number(updated))
}
