//! Jobs, as pages see them: the history, one job, its report, stopping it.

use crate::api::json::Json;
use crate::{components::grid::Block, error::AppError};
use identity::id::{JobId, PlanId, UserId};
use job::{JobKind, JobSource, JobState, Outcome, Progress};
use leptos::prelude::*;
use plan::{Row, objects::ObjectNote};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobView {
    /// Its number.
    pub job_id: JobId,
    /// The plan that it applies. That of groups and roles is shown to nobody.
    pub plan_id: PlanId,
    /// What its rows are.
    pub kind: JobKind,
    /// What it imports: the name of the directory or file.
    pub title: String,
    /// Its state.
    pub state: JobState,
    /// How far it is.
    pub progress: Progress,
    /// How many groups or roles it made; it changed the others. Of users the outcomes tell.
    pub created: u32,
    /// The username of the person who committed it, at that time.
    pub author_name: String,
    /// Whether that is the person who asks.
    pub mine: bool,
    /// When it was committed, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// When a worker took it first.
    pub started_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// Why it failed, in the language of the person who asks.
    pub failure: Option<String>,
    /// What keeps the server from going on with it, as long as it is not over.
    pub standstill: Option<Standstill>,
    /// Whether the person who asks may stop it, or plan its rows again.
    pub can_import: bool,
    /// The time at the server, so that durations do not depend on the browser's clock.
    pub now: i64,
}

/// What keeps a server from writing how a job goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standstill {
    /// The disk of the database is full.
    DiskFull,
    /// The database refuses for another reason, which the log tells.
    Refused,
}

/// Which jobs to list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct JobListQuery {
    /// Only in this state.
    pub state: Option<JobState>,
    /// Only those of people who came from there.
    pub source: Option<JobSource>,
    /// Only those that the person who asks committed.
    pub mine: bool,
    /// Only those that this user committed.
    pub author: Option<UserId>,
    /// Only those committed lately.
    pub since: Option<Since>,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// Somebody whose jobs can be listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobAuthor {
    /// The user, who may have been removed since.
    pub user_id: UserId,
    /// The username.
    pub name: String,
    /// Whether that is the person who asks.
    pub me: bool,
}

/// How many people [`list_job_authors`] answers at most, beside the one who asks: those who did it last.
pub const MAX_AUTHORS: u32 = 200;

/// How long ago is lately. The server knows the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// 24 hours.
    Day,
    /// 7 days.
    Week,
    /// 30 days.
    Month,
}

impl Since {
    /// Every one, the shortest first.
    pub const ALL: [Since; 3] = [Since::Day, Since::Week, Since::Month];

    /// The text that addresses hold.
    pub fn code(self) -> &'static str {
        match self {
            Since::Day => "day",
            Since::Week => "week",
            Since::Month => "month",
        }
    }

    /// The one with this text.
    pub fn parse(code: &str) -> Option<Self> {
        Since::ALL.into_iter().find(|since| since.code() == code)
    }

    /// How long it is, in milliseconds.
    pub fn milliseconds(self) -> i64 {
        let days = match self {
            Since::Day => 1,
            Since::Week => 7,
            Since::Month => 30,
        };
        days * 24 * 60 * 60 * 1000
    }
}

/// A row of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// The plan's row, cut down to what was picked.
    pub row: Row,
    /// What became of it; `None` when the job has not come to it, or was stopped before.
    pub outcome: Option<Outcome>,
    /// The user that was made or changed.
    pub user_id: Option<UserId>,
    /// Whether the job was over when this was read: a row without an outcome will then never have one.
    pub is_final: bool,
}

/// What a job did with one group or role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobChange {
    /// The number of a group or the code of a role, as the address of its page holds it.
    pub subject: String,
    /// What it is called by now, or was when it was removed.
    pub name: String,
    /// Whether it is still there.
    pub exists: bool,
    /// What the job did.
    pub note: ObjectNote,
}

/// What a job left of its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Undone {
    /// Rows that were not applied: blocked ones, and picked ones that did not come through.
    pub rows: u32,
    /// Rows that would change something and that nobody picked.
    pub left_out: u32,
}

/// Changes that [`list_job_changes`] answers at most.
pub const JOB_CHANGES: u32 = 100;

/// Which rows of a report to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportLineQuery {
    /// Only with this outcome (its code; `none` for rows without one).
    pub outcome: Option<String>,
    /// Part of a username or name; blank for all.
    pub text: String,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// The text that stands for rows without an outcome.
pub const NO_OUTCOME: &str = "none";

/// Every text that [`ReportLineQuery::outcome`] may be, in the order of the tiles.
pub const OUTCOMES: [&str; 10] = [
    "applied",
    "already_applied",
    "stale",
    "username_taken",
    "entry_taken",
    "user_gone",
    "role_gone",
    "group_gone",
    "not_allowed",
    NO_OUTCOME,
];

/// A part of the list of jobs, newest first.
#[server(input = Json, output = Json)]
pub async fn list_jobs(query: JobListQuery) -> Result<Block<JobView>, AppError> {
    use crate::services::{Permission, authorized, now_ms};
    use store::jobs::JobQuery;

    let actor = authorized(Permission::UsersRead).await?;
    let JobListQuery { state, source, mine, author, since, offset, limit } = query;
    let author = if mine { Some(actor.user_id()) } else { author };
    let since = since.map(|since| now_ms() - since.milliseconds());
    let query = JobQuery { state, source, author, since, offset, limit: limit.clamp(1, 1000) };
    let page = actor.store.list_jobs(&query).await?;
    Ok(Block { total: page.total, items: page.items.into_iter().map(|job| views::job_view(job, &actor)).collect() })
}

/// Everybody who committed jobs, by name, after the person who asks.
#[server(input = Json, output = Json)]
pub async fn list_job_authors() -> Result<Vec<JobAuthor>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let authors = actor.store.list_job_authors(MAX_AUTHORS).await?;
    Ok(views::authors(authors, &actor))
}

/// A job.
#[server(input = Json, output = Json)]
pub async fn fetch_job(job_id: JobId) -> Result<JobView, AppError> {
    use crate::error::What;
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let job = actor.store.find_job(job_id).await?.ok_or(AppError::not_found(What::Job))?;
    Ok(views::job_view(job, &actor))
}

/// A part of a job's report.
#[server(input = Json, output = Json)]
pub async fn list_report(job_id: JobId, query: ReportLineQuery) -> Result<Block<ReportLine>, AppError> {
    use crate::services::{Permission, authorized};
    use store::jobs::{ReportQuery, ReportRow};

    let actor = authorized(Permission::UsersRead).await?;
    let ReportLineQuery { outcome, text, offset, limit } = query;
    let query = ReportQuery { outcome, text, offset, limit: limit.clamp(1, 1000) };
    // Before the rows: what is written between the two is then only said to be late.
    let is_final = actor.store.find_job(job_id).await?.is_some_and(|job| job.state.is_over());
    let page = actor.store.list_report(job_id, &query).await?;
    let line = |ReportRow { row, outcome, user_id }: ReportRow| ReportLine { row, outcome, user_id, is_final };
    Ok(Block { total: page.total, items: page.items.into_iter().map(line).collect() })
}

/// How many rows of a job have each outcome: every text of [`OUTCOMES`] that occurs.
#[server(input = Json, output = Json)]
pub async fn count_outcomes(job_id: JobId) -> Result<BTreeMap<String, u32>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    Ok(actor.store.count_outcomes(job_id).await?)
}

/// How much of its plan a job left.
#[server(input = Json, output = Json)]
pub async fn count_undone(job_id: JobId) -> Result<Undone, AppError> {
    use crate::error::What;
    use crate::services::{Permission, authorized};
    use store::undone;

    let actor = authorized(Permission::UsersRead).await?;
    let counted = actor.store.count_undone(job_id).await?.ok_or(AppError::not_found(What::Job))?;
    let undone::Undone { rows, left_out } = counted;
    Ok(Undone { rows, left_out })
}

/// A part of what a job did with groups or roles, in the order of its rows; nothing of a job of users.
#[server(input = Json, output = Json)]
pub async fn list_job_changes(job_id: JobId, offset: u32) -> Result<Vec<JobChange>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    let changes = actor.store.list_job_changes(job_id, offset, JOB_CHANGES).await?;
    Ok(changes.into_iter().map(views::job_change).collect())
}

/// Asks a job to stop after the page in hand; answers how it stands now.
#[server(input = Json, output = Json)]
pub async fn stop_job(job_id: JobId) -> Result<JobView, AppError> {
    use crate::error::What;
    use crate::services::{Permission, authorized, now_ms};

    let actor = authorized(Permission::Import).await?;
    actor.store.request_stop(job_id, now_ms()).await?.ok_or(AppError::not_found(What::Job))?;
    let job = actor.store.find_job(job_id).await?.ok_or(AppError::not_found(What::Job))?;
    Ok(views::job_view(job, &actor))
}

#[cfg(feature = "ssr")]
mod views;
