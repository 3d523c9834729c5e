//! The rows of a job that were not applied, page by page: blocked ones, and picked ones that did not come through.

use crate::jobs::ReportRow;
use crate::picked;
use crate::plans::read_json;
use crate::sql::sql;
use crate::users::count_u32;
use crate::work::Work;
use crate::{Store, StoreError};
use identity::id::JobId;
use job::Outcome;
use plan::{Change, Kind, Row, Selection};

/// Rows that are read at a time.
const PAGE: i64 = 1000;

/// What a job left of its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// The rows that [`Store::read_undone`] reads.
    pub rows: u32,
    /// Rows that would change something and that nobody picked.
    pub left_out: u32,
}

/// Reads the rows of a job that were not applied, in one transaction.
#[derive(Debug)]
pub struct UndoneReader {
    work: Work,
    job_id: JobId,
    plan_id: i64,
    selection: Selection,
    behind: i64,
}

impl Store {
    /// How much of a plan its job left; `None` when there is no such job.
    pub async fn count_undone(&self, job_id: JobId) -> Result<Option<Undone>, StoreError> {
        let mut work = self.read("count what a job left undone").await?;
        let count = sql(concat!(
            "SELECT total, applied, \
             (SELECT count(*) FROM plan_rows WHERE plan_rows.plan_id = jobs.plan_id AND plan_rows.kind = 'blocked'), \
             (SELECT count(*) FROM plan_rows WHERE plan_rows.plan_id = jobs.plan_id AND plan_rows.",
            picked::changes!(),
            ") FROM jobs WHERE job_id = $1"
        ));
        let counted: Option<(i64, i64, i64, i64)> = work.first(count.bind(job_id.0)).await?;
        Ok(counted.map(|(total, applied, blocked, changes)| Undone {
            rows: count_u32(total - applied + blocked),
            // A job of groups and roles has rows that its plan does not keep.
            left_out: count_u32((changes - total).max(0)),
        }))
    }

    /// Begins to read what was not applied; `None` when there is no such job. What nobody picked is left out: it was
    /// a person's decision, and nothing is wrong with it.
    pub async fn read_undone(&self, job_id: JobId) -> Result<Option<UndoneReader>, StoreError> {
        let mut work = self.read("export what a job left undone").await?;
        let job = sql("SELECT plan_id, selection FROM jobs WHERE job_id = $1").bind(job_id.0);
        let Some((plan_id, selection)) = work.first::<(i64, String)>(job).await? else { return Ok(None) };
        let selection = read_json(&selection, "selection")?;
        Ok(Some(UndoneReader { work, job_id, plan_id, selection, behind: -1 }))
    }
}

impl UndoneReader {
    /// Begins again.
    pub fn rewind(&mut self) {
        self.behind = -1;
    }

    /// The next rows, cut down to what was picked; `None` at the end. A part may be empty although more follow.
    pub async fn next_page(&mut self) -> Result<Option<Vec<ReportRow>>, StoreError> {
        let page = sql(concat!(
            "SELECT plan_rows.\"row\", body, outcome FROM plan_rows \
             LEFT JOIN outcomes ON outcomes.job_id = $1 AND outcomes.\"row\" = plan_rows.\"row\" \
             WHERE plan_id = $2 AND plan_rows.\"row\" > $3 AND (kind = 'blocked' OR ",
            picked::changes!(),
            ") AND (outcome IS NULL OR outcome NOT IN ('applied', 'already_applied')) \
             ORDER BY plan_rows.\"row\" LIMIT $4"
        ));
        let page = page.bind(self.job_id.0).bind(self.plan_id).bind(self.behind).bind(PAGE);
        let rows: Vec<(i64, String, Option<String>)> = self.work.all(page).await?;
        let Some((last, ..)) = rows.last() else { return Ok(None) };
        self.behind = *last;
        let mut undone = Vec::with_capacity(rows.len());
        for (_, body, outcome) in rows {
            let mut row: Row = read_json(&body, "plan row")?;
            let outcome = match outcome {
                None => None,
                Some(code) => Some(Outcome::parse(&code).ok_or(StoreError::Corrupt { what: "outcome" })?),
            };
            if row.kind() == Kind::Blocked {
                undone.push(ReportRow { row, outcome, user_id: None });
            } else if let Some(change) = Change::of(&row, &self.selection) {
                row.cut_to(change);
                undone.push(ReportRow { row, outcome, user_id: None });
            }
        }
        Ok(Some(undone))
    }
}
