//! Stored plans: written once, never updated.

use crate::{Page, Store, StoreError};
use identity::id::{DirectoryId, JobId, PlanId, UserId};
use plan::{Counts, Kind, Policy, Row, Selection, Summary};
use serde::{Deserialize, Serialize};

/// What a plan was made from, kept so that it can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSource {
    /// The directory.
    pub directory_id: DirectoryId,
    /// Its name at that time.
    pub directory_name: String,
    /// The text of the search bar.
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

/// Which rows of a plan to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowQuery {
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only those with a warning.
    pub warnings: bool,
    /// Part of a username or name; blank for all.
    pub text: String,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// A row of a plan, and whether its user changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedRow {
    /// The row.
    pub row: Row,
    /// The user has another version by now, or is gone, or a new user's name is taken by now.
    pub stale: bool,
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

impl Store {
    /// Begins a plan; its rows follow, then its summary. Until then nobody sees it.
    pub async fn begin_plan(
        &self,
        _source: &PlanSource,
        _policy: &Policy,
        _author: UserId,
        _now: i64,
    ) -> Result<PlanId, StoreError> {
        todo!()
    }

    /// Adds rows.
    pub async fn append_plan_rows(&self, _plan_id: PlanId, _rows: &[Row]) -> Result<(), StoreError> {
        todo!()
    }

    /// Ends it: from now on it is a plan.
    pub async fn finish_plan(&self, _plan_id: PlanId, _summary: &Summary) -> Result<(), StoreError> {
        todo!()
    }

    /// Forgets plans that were begun and not finished before this time.
    pub async fn delete_unfinished_plans(&self, _before: i64) -> Result<u64, StoreError> {
        todo!()
    }

    /// A finished plan.
    pub async fn find_plan(&self, _plan_id: PlanId) -> Result<Option<StoredPlan>, StoreError> {
        todo!()
    }

    /// A part of its rows.
    pub async fn list_plan_rows(&self, _plan_id: PlanId, _query: &RowQuery) -> Result<Page<ListedRow>, StoreError> {
        todo!()
    }

    /// The kind of every row, in order.
    pub async fn plan_outline(&self, _plan_id: PlanId) -> Result<Vec<Kind>, StoreError> {
        todo!()
    }

    /// Writes changeset and job in one transaction, after looking for stale rows in the same one.
    /// `total` and what is picked are computed here from the stored rows and the selection.
    pub async fn commit_plan(
        &self,
        _plan_id: PlanId,
        _selection: &Selection,
        _author: UserId,
        _now: i64,
    ) -> Result<Committed, StoreError> {
        todo!()
    }

    /// The counts of what a selection picks, by the stored rows.
    pub async fn picked_counts(&self, _plan_id: PlanId, _selection: &Selection) -> Result<Counts, StoreError> {
        todo!()
    }
}
