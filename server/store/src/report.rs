//! What became of the rows of a job.

use crate::jobs::{ReportQuery, ReportRow};
use crate::picked;
use crate::plans::read_json;
use crate::sql::{Input, Sql, sql};
use crate::users::count_u32;
use crate::work::Work;
use crate::{Page, Store, StoreError};
use identity::id::{JobId, PlanId, UserId};
use identity::matching::fold;
use job::Outcome;
use plan::{Change, Row, Selection};
use std::collections::BTreeMap;

/// The code of [`ReportQuery::outcome`] for rows without one.
const NO_OUTCOME: &str = "none";

impl Store {
    /// A part of a job's report: the picked rows of its plan with their outcomes. Only the rows of the part are read.
    ///
    /// Rows are applied in order, so those with an outcome stand before those without: two lists, one behind the other.
    pub async fn list_report(&self, job_id: JobId, query: &ReportQuery) -> Result<Page<ReportRow>, StoreError> {
        let ReportQuery { outcome, text, offset, limit } = query;
        let mut work = self.read("list the report of a job").await?;
        let Some(job) = Reported::find(&mut work, job_id).await?.filter(|_| !text.contains('\0')) else {
            return Ok(Page { total: 0, items: vec![] });
        };
        let mut page = Page { total: 0, items: Vec::new() };
        let (offset, limit) = (*offset, (*limit).clamp(1, 1000));
        if outcome.as_deref() != Some(NO_OUTCOME) {
            page = job.done(&mut work, outcome.as_deref(), text, offset, limit).await?;
        }
        if outcome.as_deref().is_none_or(|outcome| outcome == NO_OUTCOME) {
            let skipped = offset.saturating_sub(page.total);
            let wanted = limit - count_u32(page.items.len() as i64);
            let rest = job.rest(&mut work, text, skipped, wanted).await?;
            page.total += rest.total;
            page.items.extend(rest.items);
        }
        Ok(page)
    }

    /// How many rows of a job have each outcome, by its code; those without one stand under `none`.
    pub async fn count_outcomes(&self, job_id: JobId) -> Result<BTreeMap<String, u32>, StoreError> {
        let mut work = self.read("count the outcomes of a job").await?;
        let Some(job) = Reported::find(&mut work, job_id).await? else { return Ok(BTreeMap::new()) };
        let count = sql("SELECT outcome, count(*) FROM outcomes WHERE job_id = $1 GROUP BY outcome");
        let counted: Vec<(String, i64)> = work.all(count.bind(job_id.0)).await?;
        let mut counts: BTreeMap<_, _> = counted.into_iter().map(|(code, rows)| (code, count_u32(rows))).collect();
        if job.left > 0 {
            counts.insert(NO_OUTCOME.to_owned(), job.left);
        }
        Ok(counts)
    }
}

struct Reported {
    job_id: JobId,
    plan_id: PlanId,
    /// The last row that was looked at.
    checkpoint: i64,
    /// How many picked rows are behind it.
    left: u32,
    /// As [`picked::settled`] made it.
    selection: Selection,
}

impl Reported {
    async fn find(work: &mut Work, job_id: JobId) -> Result<Option<Self>, StoreError> {
        let statement = sql("SELECT plan_id, checkpoint, total - applied - stale - rejected, selection \
             FROM jobs WHERE job_id = $1");
        let job = work.first::<(i64, i64, i64, String)>(statement.bind(job_id.0)).await?;
        let reported = job.map(|(plan_id, checkpoint, left, selection)| {
            let selection = read_json(&selection, "selection")?;
            Ok(Self { job_id, plan_id: PlanId(plan_id), checkpoint, left: count_u32(left), selection })
        });
        reported.transpose()
    }

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
        let mut list = sql("SELECT body, outcome, outcomes.user_id FROM outcomes");
        self.join(&mut list);
        self.filter(&mut list, outcome, text);
        list.push(" ORDER BY outcomes.\"row\" LIMIT ");
        list.push_bind(limit);
        list.push(" OFFSET ");
        list.push_bind(offset);
        let rows: Vec<(String, String, Option<i64>)> = work.all(list).await?;
        let items = rows.into_iter().map(|(body, code, user_id)| {
            let outcome = Outcome::parse(&code).ok_or(StoreError::Corrupt { what: "outcome" })?;
            Ok(self.row(read_json(&body, "plan row")?, Some(outcome), user_id.map(UserId)))
        });
        Ok(Page { total: count_u32(total), items: items.collect::<Result<_, StoreError>>()? })
    }

    /// A part of the rows that have none yet.
    async fn rest(&self, work: &mut Work, text: &str, offset: u32, limit: u32) -> Result<Page<ReportRow>, StoreError> {
        let text = fold(text);
        let total = if text.is_empty() {
            self.left
        } else {
            let count = self.behind(sql("SELECT count(*)"), self.exceptions().collect(), text.clone());
            count_u32(work.one::<(i64,)>(count).await?.0)
        };
        if offset >= total || limit == 0 {
            return Ok(Page { total, items: vec![] });
        }
        // Rows that are named need no counting: the part is cut from the names.
        let (named, offset): (Vec<u32>, u32) = if text.is_empty() && !self.selection.all {
            (self.exceptions().skip(offset as usize).take(limit as usize).collect(), 0)
        } else {
            (self.exceptions().collect(), offset)
        };
        let mut list = self.behind(sql("SELECT body"), named, text);
        list.push(" ORDER BY \"row\" LIMIT ");
        list.push_bind(limit);
        list.push(" OFFSET ");
        list.push_bind(offset);
        let bodies: Vec<(String,)> = work.all(list).await?;
        let items = bodies.iter().map(|(body,)| Ok(self.row(read_json(body, "plan row")?, None, None)));
        Ok(Page { total, items: items.collect::<Result<_, StoreError>>()? })
    }

    /// The rows behind the checkpoint that the selection names.
    fn exceptions(&self) -> impl Iterator<Item = u32> {
        let first = u32::try_from(self.checkpoint + 1).unwrap_or(0);
        self.selection.rows.range(first..).copied()
    }

    /// From the picked rows behind the checkpoint, with part of a name where `text` is not empty.
    fn behind<'a>(&self, mut statement: Sql<'a>, named: Vec<u32>, text: String) -> Sql<'a> {
        statement.push(" FROM plan_rows WHERE plan_id = ");
        statement.push_bind(self.plan_id.0);
        statement.push(" AND \"row\" > ");
        statement.push_bind(self.checkpoint);
        statement.push(concat!(" AND ", picked::changes!()));
        if !text.is_empty() {
            statement.push(" AND {position}(search, ");
            statement.push_bind(text);
            statement.push(") > 0");
        }
        if self.selection.all && named.is_empty() {
            return statement;
        }
        let operator = if self.selection.all { " NOT" } else { "" };
        statement.push(" AND \"row\"");
        statement.push(operator);
        statement.push(" IN (SELECT number FROM {input})");
        statement.input(Input::default().ints("number", named.into_iter().map(i64::from)))
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
    fn row(&self, mut row: Row, outcome: Option<Outcome>, user_id: Option<UserId>) -> ReportRow {
        if let Some(change) = Change::of(&row, &self.selection) {
            row.cut_to(change);
        }
        ReportRow { row, outcome, user_id }
    }
}
