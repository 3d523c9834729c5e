//! A stored job, for a page.

use crate::api::job::{JobView, Standstill};
use crate::services::{Actor, now_ms};
use identity::role::Permission;
use store::Trouble;
use store::jobs::Job;

/// A job as the person who asks sees it.
pub(super) fn job_view(job: Job, actor: &Actor) -> JobView {
    let Job { job_id, plan_id, title, state, progress, author, author_name, created_at, started_at, ended_at, failure } =
        job;
    let trouble = actor.standstill.trouble().filter(|_| !state.is_over());
    let standstill = trouble.and_then(|trouble| match trouble {
        Trouble::Passing => None,
        Trouble::DiskFull => Some(Standstill::DiskFull),
        Trouble::Lasting => Some(Standstill::Refused),
    });
    JobView {
        job_id,
        plan_id,
        title,
        state,
        progress,
        author_name,
        mine: author == actor.user_id(),
        created_at,
        started_at,
        ended_at,
        failure,
        standstill,
        can_import: actor.may(Permission::Import),
        now: now_ms(),
    }
}
