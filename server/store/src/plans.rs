//! Stored plans: written once, never updated. Listing their rows is in `plan_rows.rs`, committing one in
//! `committing.rs`.

use crate::sql::{Input, sql};
use crate::work::Work;
use crate::{Store, StoreError, dialect};
use identity::id::{DirectoryId, JobId, PlanId, UserId};
use identity::matching::fold;
use identity::username::UsernameKey;
use plan::{Action, Policy, Row, Summary};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use crate::plan_rows::{ListedRow, RowQuery};

/// What a plan was made from, kept so that it can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSource {
    /// The directory; `None` for a file.
    pub directory_id: Option<DirectoryId>,
    /// The name of the directory at that time, or of the file.
    pub name: String,
    /// The text of the search bar; empty for a file.
    pub query: String,
    /// The request as the api understood it (JSON), for planning again.
    pub request: String,
}

/// A stored plan without its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPlan {
    /// Its number.
    pub plan_id: PlanId,
    /// What it was made from.
    pub source: PlanSource,
    /// What was decided before.
    pub policy: Policy,
    /// The plan in numbers, with its digest and guards.
    pub summary: Summary,
    /// Who made it.
    pub author: UserId,
    /// When.
    pub created_at: i64,
    /// The job that applies it, once it was committed.
    pub job_id: Option<JobId>,
}

/// The answer to a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Committed {
    /// The job is queued.
    Queued(JobId),
    /// It was committed before, by this job; nothing new was made.
    Already(JobId),
    /// Rows that are picked and stale, the first hundred of them and how many there are. Nothing was written.
    Stale {
        /// Row numbers.
        rows: Vec<u32>,
        /// All of them.
        total: u32,
    },
    /// Nothing is picked.
    Empty,
}

/// A plan of more rows than this is worth a look by PostgreSQL's planner.
const ANALYZED: u32 = 5000;
/// How many rows one statement adds.
const APPENDED: usize = 2000;

impl Store {
    /// Begins a plan; its rows follow, then its summary. Until then nobody sees it.
    pub async fn begin_plan(
        &self,
        source: &PlanSource,
        policy: &Policy,
        author: UserId,
        now: i64,
    ) -> Result<PlanId, StoreError> {
        let PlanSource { directory_id, name, query, request } = source;
        let mut work = self.write("begin a plan").await?;
        let statement =
            sql("INSERT INTO plans (directory_id, source_name, query, request, policy, author_id, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING plan_id");
        let statement =
            statement.bind(directory_id.map(|directory_id| directory_id.0)).bind(name).bind(query).bind(request);
        let statement = statement.bind(json(policy)).bind(author.0).bind(now);
        let (plan_id,) = work.one::<(i64,)>(statement).await?;
        work.commit().await?;
        Ok(PlanId(plan_id))
    }

    /// Adds rows.
    pub async fn append_plan_rows(&self, plan_id: PlanId, rows: &[Row]) -> Result<(), StoreError> {
        let mut work = self.draft("add rows to a plan").await?;
        for rows in rows.chunks(APPENDED) {
            let statement = sql("{insert} plan_rows \
                 (plan_id, \"row\", kind, warning, user_id, version, username_key, external_id, search, body) \
                 SELECT $1, number, kind, warning, user_id, version, username_key, external_id, search, body \
                 FROM {input} WHERE EXISTS (SELECT 1 FROM plans WHERE plan_id = $1) \
                 AND NOT EXISTS (SELECT 1 FROM plan_summaries WHERE plan_id = $1)");
            let written = work.run(statement.bind(plan_id.0).input(columns(rows))).await?;
            if written != rows.len() as u64 {
                return Err(StoreError::Missing { what: "plan that is not finished" });
            }
        }
        work.commit().await
    }

    /// Ends it: from now on it is a plan.
    pub async fn finish_plan(&self, plan_id: PlanId, summary: &Summary) -> Result<(), StoreError> {
        let mut work = self.write("finish a plan").await?;
        let statement =
            sql("INSERT INTO plan_summaries (plan_id, summary) SELECT plan_id, $2 FROM plans WHERE plan_id = $1");
        if work.run(statement.bind(plan_id.0).bind(json(summary))).await? == 0 {
            return Err(StoreError::Missing { what: "plan" });
        }
        if summary.counts.rows() > ANALYZED {
            work.analyze(dialect::POSTGRES_ANALYZE_PLAN).await?;
        }
        work.commit().await
    }

    /// Forgets plans that were begun and not finished before this time. Those of files of groups and roles are never
    /// finished, and stay with their jobs.
    pub async fn delete_unfinished_plans(&self, before: i64) -> Result<u64, StoreError> {
        let mut work = self.write("forget unfinished plans").await?;
        let rows = sql("DELETE FROM plan_rows WHERE plan_id IN (SELECT plan_id FROM plans WHERE created_at < $1 \
             AND NOT EXISTS (SELECT 1 FROM plan_summaries WHERE plan_summaries.plan_id = plans.plan_id))");
        work.run(rows.bind(before)).await?;
        let plans = sql("DELETE FROM plans WHERE created_at < $1 \
             AND NOT EXISTS (SELECT 1 FROM plan_summaries WHERE plan_summaries.plan_id = plans.plan_id) \
             AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.plan_id = plans.plan_id)");
        let forgotten = work.run(plans.bind(before)).await?;
        work.commit().await?;
        Ok(forgotten)
    }

    /// A finished plan.
    pub async fn find_plan(&self, plan_id: PlanId) -> Result<Option<StoredPlan>, StoreError> {
        let mut work = self.read("find a plan").await?;
        let statement =
            sql("SELECT plans.directory_id, source_name, query, request, policy, summary, plans.author_id, \
             plans.created_at, job_id FROM plans JOIN plan_summaries ON plan_summaries.plan_id = plans.plan_id \
             LEFT JOIN jobs ON jobs.plan_id = plans.plan_id WHERE plans.plan_id = $1");
        let row: Option<PlanRow> = work.first(statement.bind(plan_id.0)).await?;
        row.map(|row| row.into_plan(plan_id)).transpose()
    }
}

/// A policy and a job, of a finished plan.
pub(crate) async fn head(work: &mut Work, plan_id: PlanId) -> Result<Option<(Policy, Option<JobId>)>, StoreError> {
    let statement =
        sql("SELECT policy, job_id FROM plans JOIN plan_summaries ON plan_summaries.plan_id = plans.plan_id \
         LEFT JOIN jobs ON jobs.plan_id = plans.plan_id WHERE plans.plan_id = $1");
    let Some((policy, job_id)) = work.first::<(String, Option<i64>)>(statement.bind(plan_id.0)).await? else {
        return Ok(None);
    };
    Ok(Some((read_json(&policy, "policy")?, job_id.map(JobId))))
}

/// Values as they are stored.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plans are made of texts, numbers, lists and maps with texts for keys")
}

/// Values as they were stored.
pub(crate) fn read_json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt { what })
}

fn columns(rows: &[Row]) -> Input<'_> {
    let user = |row: &Row| match row.action {
        Action::Create | Action::Block => (None, None),
        Action::Update { user_id, version } | Action::Link { user_id, version } => (Some(user_id.0), Some(version)),
        Action::Unchanged { user_id, version } => (Some(user_id.0), Some(version)),
        Action::Skip { user_id } => (Some(user_id.0), None),
    };
    let new_name = |row: &Row| {
        let is_new = row.action == Action::Create || (row.kind().is_change() && row.renames());
        is_new.then(|| UsernameKey::of(&row.username).as_str().to_owned())
    };
    let new_entry = |row: &Row| match row.action {
        Action::Create | Action::Link { .. } => row.entry.as_ref().map(|entry| entry.external_id.as_str().to_owned()),
        _ => None,
    };
    let search = |row: &Row| {
        let mut search = fold(&row.username);
        search.push('\n');
        search.push_str(&fold(&row.name));
        // Names of rows that are blocked may hold anything.
        if search.as_bytes().contains(&0) { search.replace('\0', "") } else { search }
    };
    Input::default()
        .ints("number", rows.iter().map(|row| i64::from(row.row)))
        .texts("kind", rows.iter().map(|row| row.kind().code()))
        .ints("warning", rows.iter().map(|row| i64::from(row.has_warning())))
        .ints("user_id", rows.iter().map(|row| user(row).0))
        .ints("version", rows.iter().map(|row| user(row).1))
        .texts("username_key", rows.iter().map(new_name))
        .texts("external_id", rows.iter().map(new_entry))
        .texts("search", rows.iter().map(search))
        .texts("body", rows.iter().map(json))
}

#[derive(Debug, sqlx::FromRow)]
struct PlanRow {
    directory_id: Option<i64>,
    source_name: String,
    query: String,
    request: String,
    policy: String,
    summary: String,
    author_id: i64,
    created_at: i64,
    job_id: Option<i64>,
}

impl PlanRow {
    fn into_plan(self, plan_id: PlanId) -> Result<StoredPlan, StoreError> {
        let PlanRow { directory_id, source_name, query, request, policy, summary, author_id, created_at, job_id } =
            self;
        Ok(StoredPlan {
            plan_id,
            source: PlanSource { directory_id: directory_id.map(DirectoryId), name: source_name, query, request },
            policy: read_json(&policy, "policy")?,
            summary: read_json(&summary, "summary of a plan")?,
            author: UserId(author_id),
            created_at,
            job_id: job_id.map(JobId),
        })
    }
}
