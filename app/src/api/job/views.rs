//! A stored job, for a page.

use crate::api::job::{JobAuthor, JobChange, JobView, Standstill};
use crate::services::{Actor, now_ms};
use crate::text;
use identity::role::Permission;
use job::JobFailure;
use store::Trouble;
use store::jobs::{self, Job};
use store::object_jobs;

/// A job as the person who asks sees it.
pub(super) fn job_view(job: Job, actor: &Actor) -> JobView {
    let Job {
        job_id,
        plan_id,
        kind,
        title,
        state,
        progress,
        created,
        author,
        author_name,
        created_at,
        started_at,
        ended_at,
        failure,
    } = job;
    let trouble = actor.standstill.trouble().filter(|_| !state.is_over());
    let standstill = trouble.and_then(|trouble| match trouble {
        Trouble::Passing => None,
        Trouble::DiskFull => Some(Standstill::DiskFull),
        Trouble::Lasting => Some(Standstill::Refused),
    });
    JobView {
        job_id,
        plan_id,
        kind,
        title,
        state,
        progress,
        created,
        author_name,
        mine: author == actor.user_id(),
        created_at,
        started_at,
        ended_at,
        failure: failure.map(|failure| failure_text(failure).to_owned()),
        standstill,
        can_import: actor.may(Permission::Import),
        now: now_ms(),
    }
}

/// Whoever committed jobs, by name, after the person who asks, who may have committed none.
pub(super) fn authors(authors: Vec<jobs::JobAuthor>, actor: &Actor) -> Vec<JobAuthor> {
    let me = JobAuthor { user_id: actor.user_id(), name: actor.username().to_owned(), me: true };
    let others = authors.into_iter().filter(|author| author.user_id != me.user_id);
    let mut others: Vec<JobAuthor> =
        others.map(|jobs::JobAuthor { user_id, name }| JobAuthor { user_id, name, me: false }).collect();
    others.sort_by_cached_key(|author| author.name.to_lowercase());
    std::iter::once(me).chain(others).collect()
}

/// What a job did with a group or a role.
pub(super) fn job_change(change: object_jobs::JobChange) -> JobChange {
    let object_jobs::JobChange { subject, name, exists, note } = change;
    JobChange { subject, name, exists, note }
}

/// Why a job failed, and what to do.
fn failure_text(failure: JobFailure) -> &'static str {
    match failure {
        JobFailure::DiskFull => text!(jobs.failed_disk_full),
        JobFailure::NotAccepted => text!(jobs.failed_not_accepted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::in_language;

    #[test]
    fn the_reason_of_a_failure_is_told_in_the_readers_language() {
        for failure in [JobFailure::DiskFull, JobFailure::NotAccepted] {
            let told = |language| in_language(language, || failure_text(failure));
            assert_ne!(told("en"), told("de"), "{failure:?}");
        }
    }
}
