//! Plans, as the review sees them: a plan, its rows, committing it, planning it again.

use crate::api::json::Json;
use crate::{components::grid::Block, error::AppError};
use identity::id::{DirectoryId, JobId, PlanId};
use leptos::prelude::*;
use plan::{Digest, Guard, Kind, Row, Selection, Summary};
use serde::{Deserialize, Serialize};
use server_fn::codec::{ByteStream, Streaming};

#[cfg(feature = "ssr")]
mod again;
#[cfg(feature = "ssr")]
mod guards;

/// A plan without its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanView {
    /// Its number.
    pub plan_id: PlanId,
    /// The directory that it reads from; `None` for a file.
    pub directory_id: Option<DirectoryId>,
    /// The directory's name when it was planned, or the file's.
    pub source_name: String,
    /// The text of the search bar; empty for a file.
    pub query: String,
    /// How many of its people earlier searches found.
    pub earlier: u32,
    /// The plan in numbers.
    pub summary: Summary,
    /// The name of the person who made it; `None` when that user is gone.
    pub author_name: Option<String>,
    /// When, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// The job that applies it, once it was committed.
    pub job_id: Option<JobId>,
    /// Whether the person who asks may commit it.
    pub can_commit: bool,
}

/// Which rows of a plan to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanRowQuery {
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only those with a warning.
    pub warnings: bool,
    /// Only those that are stale: see [`PlanLine::stale`].
    pub stale: bool,
    /// Part of a username or name; blank for all.
    pub text: String,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// A row, and whether its user changed since it was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLine {
    /// The row.
    pub row: Row,
    /// The user has another version by now, or is gone, or a new user's name is taken by now.
    pub stale: bool,
}

/// The answer to a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommitAnswer {
    /// The job is queued.
    Queued(JobId),
    /// It was committed before, by this job; nothing new was made.
    Already(JobId),
    /// So many picked rows changed since they were planned. Nothing was written.
    Stale(u32),
    /// Nothing is picked.
    Empty,
    /// What is picked does something that a person must confirm by typing a number. Nothing was written.
    Guarded {
        /// What it does, with the numbers of what is picked.
        guards: Vec<Guard>,
        /// The users whom it concerns: the number to type.
        users: u32,
    },
}

/// A line of the answer to planning again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
// Not tagged inside: serde would gather the line first, and then the row numbers of a selection are texts.
#[serde(rename_all = "snake_case")]
pub enum ReplanningLine {
    /// So many entries were read and planned.
    Read {
        /// Entries so far.
        rows: u32,
    },
    /// The plan is stored.
    Planned(Replanned),
    /// There is no plan.
    Failed {
        /// Why.
        error: AppError,
    },
}

/// A plan that was made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replanned {
    /// The new plan.
    pub plan_id: PlanId,
    /// What was picked, carried over to the rows of the same entries.
    pub selection: Selection,
    /// Rows that would change something, of entries of which no row did in the plan before. They are not picked.
    pub new: u32,
    /// Entries that the directory does not have any more.
    pub missing: u32,
    /// Search references that were counted and not followed: other places may hold more people.
    pub references: u32,
}

/// A plan.
#[server(input = Json, output = Json)]
pub async fn fetch_plan(plan_id: PlanId) -> Result<PlanView, AppError> {
    use crate::error::What;
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let stored = actor.store.find_plan(plan_id).await?.ok_or(AppError::not_found(What::Plan))?;
    let author = actor.store.find_user(stored.author).await?;
    Ok(PlanView {
        plan_id,
        directory_id: stored.source.directory_id,
        source_name: stored.source.name,
        earlier: again::earlier(&stored.source.request),
        query: stored.source.query,
        summary: stored.summary,
        author_name: author.map(|author| author.user.fields.shown_name()),
        created_at: stored.created_at,
        job_id: stored.job_id,
        can_commit: actor.may(Permission::Import),
    })
}

/// A part of a plan's rows.
#[server(input = Json, output = Json)]
pub async fn list_plan_rows(plan_id: PlanId, query: PlanRowQuery) -> Result<Block<PlanLine>, AppError> {
    use crate::services::{Permission, authorized};
    use store::plans::ListedRow;

    let actor = authorized(Permission::UsersRead).await?;
    let page = actor.store.list_plan_rows(plan_id, &query.into()).await?;
    let line = |ListedRow { row, stale }| PlanLine { row, stale };
    Ok(Block { total: page.total, items: page.items.into_iter().map(line).collect() })
}

/// The numbers of all rows that a query lists, in order; `offset` and `limit` do not count.
#[server(input = Json, output = Json)]
pub async fn plan_row_numbers(plan_id: PlanId, query: PlanRowQuery) -> Result<Vec<u32>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    Ok(actor.store.plan_row_numbers(plan_id, &query.into()).await?)
}

/// The kind of every row of a plan, in order: one character each, see [`read_outline`].
#[server(input = Json, output = Json)]
pub async fn plan_outline(plan_id: PlanId) -> Result<String, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    Ok(actor.store.plan_outline(plan_id).await?.into_iter().map(letter).collect())
}

/// What a selection picks, in numbers by kind. Pages count by themselves unless a field is left out everywhere, which
/// can leave rows without anything to do.
#[server(input = Json, output = Json, endpoint = "count_picked")]
pub async fn count_picked(plan_id: PlanId, selection: Selection) -> Result<plan::Counts, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    Ok(actor.store.picked_counts(plan_id, &selection).await?)
}

/// Commits the picked rows and fields of a plan. `digest` is that of the plan which the person saw, `confirmed` the
/// number that the person typed.
#[server(input = Json, output = Json, endpoint = "commit_plan")]
pub async fn commit_plan(
    plan_id: PlanId,
    digest: Digest,
    selection: Selection,
    confirmed: Option<u32>,
) -> Result<CommitAnswer, AppError> {
    use crate::error::{Conflict, What};
    use crate::services::{Permission, authorized, now_ms};
    use store::plans::Committed;

    let actor = authorized(Permission::Import).await?;
    let stored = actor.store.find_plan(plan_id).await?.ok_or(AppError::not_found(What::Plan))?;
    if let Some(job_id) = stored.job_id {
        return Ok(CommitAnswer::Already(job_id));
    }
    if stored.summary.digest != digest {
        return Err(AppError::Stale);
    }
    actor.may_grant(&stored.policy.roles).await?;
    // Its rows were judged by the rights that whoever planned it had then.
    let beyond = actor.store.roles_beyond(actor.user_id()).await?;
    let is_judged = beyond.is_subset(&stored.policy.beyond);
    if !is_judged && actor.store.is_beyond(plan_id, &selection, actor.user_id()).await? {
        return Err(AppError::Conflict { conflict: Conflict::BeyondRights });
    }
    let tripped = guards::tripped(&actor, &stored, &selection).await?;
    if !tripped.guards.is_empty() && confirmed != Some(tripped.users) {
        return Ok(CommitAnswer::Guarded { guards: tripped.guards, users: tripped.users });
    }
    Ok(match actor.store.commit_plan(plan_id, &selection, actor.user_id(), now_ms()).await? {
        Committed::Queued(job_id) => CommitAnswer::Queued(job_id),
        Committed::Already(job_id) => CommitAnswer::Already(job_id),
        Committed::Stale { rows: _, total } => CommitAnswer::Stale(total),
        Committed::Empty => CommitAnswer::Empty,
    })
}

/// Plans the same request again, from the directory and the users as they are now. The answer is lines of
/// [`ReplanningLine`].
#[server(input = Json, output = Streaming, endpoint = "replan")]
pub async fn replan(plan_id: PlanId, selection: Selection) -> Result<ByteStream<AppError>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    again::replan(&actor, plan_id, selection).await
}

/// Plans those rows of a job again that were not applied. The answer is lines of [`ReplanningLine`].
#[server(input = Json, output = Streaming)]
pub async fn replan_rest(job_id: JobId) -> Result<ByteStream<AppError>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    again::replan_rest(&actor, job_id).await
}

#[cfg(feature = "ssr")]
impl From<PlanRowQuery> for store::plans::RowQuery {
    fn from(query: PlanRowQuery) -> Self {
        let PlanRowQuery { kind, warnings, stale, text, offset, limit } = query;
        Self { kind, warnings, stale, text, offset, limit: limit.clamp(1, 1000) }
    }
}

/// The kinds of a plan's rows, from what [`plan_outline`] answers.
pub fn read_outline(letters: &str) -> Vec<Kind> {
    letters.chars().filter_map(|wanted| Kind::ALL.into_iter().find(|kind| letter(*kind) == wanted)).collect()
}

/// The character that stands for a kind.
pub fn letter(kind: Kind) -> char {
    match kind {
        Kind::Create => 'c',
        Kind::Update => 'u',
        Kind::Rename => 'r',
        Kind::Disable => 'd',
        Kind::Unchanged => '=',
        Kind::Skipped => 's',
        Kind::Blocked => 'b',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_survives_the_way_to_the_browser() {
        let letters: String = Kind::ALL.into_iter().map(letter).collect();
        assert_eq!(read_outline(&letters), Kind::ALL);
    }
}
