//! What a job left undone.

use crate::picked::changes;
use crate::plans::read_json;
use crate::sql::sql;
use crate::{Store, StoreError};
use identity::external_id::ExternalId;
use identity::id::{JobId, PlanId};
use plan::{Change, Row, Selection};
use std::collections::BTreeSet;

/// What a job left undone, for planning it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// The plan that the job applies.
    pub plan_id: PlanId,
    /// What was picked of it.
    pub selection: Selection,
    /// The entries of the picked rows that were not applied.
    pub entries: BTreeSet<ExternalId>,
    /// The rows of the file of those rows.
    pub lines: BTreeSet<u32>,
}

/// Rows that are read at a time.
const PAGE: i64 = 1000;

impl Store {
    /// What a job left undone; `None` when there is no such job. Reads the rest of the plan once, page by page.
    pub async fn rest_of_job(&self, job_id: JobId) -> Result<Option<Rest>, StoreError> {
        let mut work = self.read("read what a job left undone").await?;
        let job = sql("SELECT plan_id, selection FROM jobs WHERE job_id = $1").bind(job_id.0);
        let Some((plan_id, selection)) = work.first::<(i64, String)>(job).await? else { return Ok(None) };
        let selection: Selection = read_json(&selection, "selection")?;
        let (mut entries, mut lines) = (BTreeSet::new(), BTreeSet::new());
        let mut behind = -1;
        loop {
            let page = sql(concat!(
                "SELECT \"row\", body FROM plan_rows WHERE plan_id = $1 AND \"row\" > $2 AND ",
                changes!(),
                " AND NOT EXISTS (SELECT 1 FROM outcomes WHERE job_id = $3 AND outcomes.\"row\" = plan_rows.\"row\" \
                 AND outcome IN ('applied', 'already_applied')) ORDER BY \"row\" LIMIT $4"
            ));
            let page = page.bind(plan_id).bind(behind).bind(job_id.0).bind(PAGE);
            let rows: Vec<(i64, String)> = work.all(page).await?;
            let Some((last, _)) = rows.last() else { break };
            behind = *last;
            for (_, body) in &rows {
                let row: Row = read_json(body, "plan row")?;
                if Change::of(&row, &selection).is_some() {
                    lines.extend(row.line);
                    entries.extend(row.entry.map(|entry| entry.external_id));
                }
            }
        }
        Ok(Some(Rest { plan_id: PlanId(plan_id), selection, entries, lines }))
    }
}
