//! What became of the rows of a job.

use crate::jobs::{ReportQuery, ReportRow};
use crate::picked;
use crate::plans::read_json;
use crate::sql::{Sql, sql};
use crate::users::count_u32;
use crate::work::Work;
use crate::{Page, Store, StoreError};
use identity::id::{JobId, PlanId};
use identity::matching::fold;
use job::Outcome;
use plan::{Change, Row, Selection};

/// The code of [`ReportQuery::outcome`] for rows without one.
const NO_OUTCOME: &str = "none";

impl Store {
    /// A part of a job's report: the picked rows of its plan with their outcomes.
    ///
    /// Rows are applied in order, so those with an outcome stand before those without: two lists, one behind the other.
    pub async fn list_report(&self, job_id: JobId, query: &ReportQuery) -> Result<Page<ReportRow>, StoreError> {
        let ReportQuery { outcome, text, offset, limit } = query;
        let mut work = self.read("list the report of a job").await?;
        let statement = sql("SELECT plan_id, checkpoint, selection FROM jobs WHERE job_id = $1").bind(job_id.0);
        let job = work.first::<(i64, i64, String)>(statement).await?;
        let Some((plan_id, checkpoint, selection)) = job.filter(|_| !text.contains('\0')) else {
            return Ok(Page { total: 0, items: vec![] });
        };
        let job = Reported { job_id, plan_id: PlanId(plan_id), selection: read_json(&selection, "selection")? };
        let mut page = Page { total: 0, items: Vec::new() };
        let (offset, limit) = (*offset, (*limit).clamp(1, 1000));
        if outcome.as_deref() != Some(NO_OUTCOME) {
            page = job.done(&mut work, outcome.as_deref(), text, offset, limit).await?;
        }
        if outcome.as_deref().is_none_or(|outcome| outcome == NO_OUTCOME) {
            let rest = picked::rows(&mut work, job.plan_id, &job.selection, checkpoint, text).await?;
            let skipped = offset.saturating_sub(page.total) as usize;
            let wanted = limit as usize - page.items.len();
            let shown: Vec<u32> = rest.iter().skip(skipped).take(wanted).map(|picked| picked.row).collect();
            page.total += count_u32(rest.len() as i64);
            if !shown.is_empty() {
                let rows = picked::bodies(&mut work, job.plan_id, &shown).await?;
                page.items.extend(rows.into_values().map(|row| job.row(row, None)));
            }
        }
        Ok(page)
    }
}

struct Reported {
    job_id: JobId,
    plan_id: PlanId,
    selection: Selection,
}

impl Reported {
    /// A part of the rows that have an outcome.
    async fn done(
        &self,
        work: &mut Work,
        outcome: Option<&str>,
        text: &str,
        offset: u32,
        limit: u32,
    ) -> Result<Page<ReportRow>, StoreError> {
        let mut count = sql("SELECT count(*) FROM outcomes");
        if !text.trim().is_empty() {
            self.join(&mut count);
        }
        self.filter(&mut count, outcome, text);
        let (total,) = work.one::<(i64,)>(count).await?;
        let mut list = sql("SELECT body, outcome FROM outcomes");
        self.join(&mut list);
        self.filter(&mut list, outcome, text);
        list.push(" ORDER BY outcomes.\"row\" LIMIT ");
        list.push_bind(limit);
        list.push(" OFFSET ");
        list.push_bind(offset);
        let rows: Vec<(String, String)> = work.all(list).await?;
        let items = rows.into_iter().map(|(body, code)| {
            let outcome = Outcome::parse(&code).ok_or(StoreError::Corrupt { what: "outcome" })?;
            Ok(self.row(read_json(&body, "plan row")?, Some(outcome)))
        });
        Ok(Page { total: count_u32(total), items: items.collect::<Result<_, StoreError>>()? })
    }

    fn join(&self, statement: &mut Sql<'_>) {
        statement.push(" JOIN plan_rows ON plan_rows.\"row\" = outcomes.\"row\" AND plan_id = ");
        statement.push_bind(self.plan_id.0);
    }

    fn filter(&self, statement: &mut Sql<'_>, outcome: Option<&str>, text: &str) {
        statement.push(" WHERE job_id = ");
        statement.push_bind(self.job_id.0);
        if let Some(outcome) = outcome {
            statement.push(" AND outcome = ");
            statement.push_bind(outcome.to_owned());
        }
        let text = fold(text);
        if !text.is_empty() {
            statement.push(" AND {position}(search, ");
            statement.push_bind(text);
            statement.push(") > 0");
        }
    }

    /// The row, cut down to what was picked.
    fn row(&self, mut row: Row, outcome: Option<Outcome>) -> ReportRow {
        if let Some(change) = Change::of(&row, &self.selection) {
            row.fields = change.fields;
            row.add_roles = change.add_roles;
        }
        ReportRow { row, outcome }
    }
}
