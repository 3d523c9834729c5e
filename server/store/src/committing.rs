//! From a plan and a selection to a job.

use crate::apply::target;
use crate::picked::{self, IS_STALE, USERS_NOW, changes};
use crate::plans::{Committed, head, json, read_json};
use crate::sql::sql;
use crate::work::Work;
use crate::{Store, StoreError, editing, events, refusal, user_row};
use identity::field::Field;
use identity::id::{DirectoryId, JobId, PlanId, UserId};
use job::JobState;
use plan::{Change, Counts, Row, Selection};

/// Rows that are read at a time.
const PAGE: usize = 1000;
/// How many stale rows are named.
const NAMED: usize = 100;

impl Store {
    /// Writes changeset and job in one transaction, after looking for stale rows in the same one.
    /// `total` and what is picked are computed here from the stored rows and the selection.
    pub async fn commit_plan(
        &self,
        plan_id: PlanId,
        selection: &Selection,
        author: UserId,
        now: i64,
    ) -> Result<Committed, StoreError> {
        let mut work = self.write("commit a plan").await?;
        work.take_turn().await?;
        let Some((policy, job_id)) = head(&mut work, plan_id).await? else {
            return Err(StoreError::Missing { what: "plan" });
        };
        if let Some(job_id) = job_id {
            return Ok(Committed::Already(job_id));
        }
        let stale = stale_rows(&mut work, plan_id, selection, policy.directory_id).await?;
        if !stale.is_empty() {
            let total = u32::try_from(stale.len()).unwrap_or(u32::MAX);
            return Ok(Committed::Stale { rows: stale.into_iter().take(NAMED).collect(), total });
        }
        let (total, selection) = picked::settled(&mut work, plan_id, selection).await?;
        if total == 0 {
            return Ok(Committed::Empty);
        }
        let author_name = editing::author_name(&mut work, author).await?;
        let statement =
            sql("INSERT INTO jobs (plan_id, title, state, total, selection, author_id, author, created_at) \
             SELECT plan_id, source_name, $2, $3, $4, $5, $6, $7 FROM plans WHERE plan_id = $1 RETURNING job_id");
        let statement = statement.bind(plan_id.0).bind(JobState::Queued.code()).bind(total).bind(json(&selection));
        let statement = statement.bind(author.0).bind(author_name).bind(now);
        let (job_id,) = work.one::<(i64,)>(statement).await?;
        events::tell_all(&mut work, JobId(job_id), now).await?;
        work.commit().await?;
        Ok(Committed::Queued(JobId(job_id)))
    }

    /// Whether a job of this author would be refused something that is picked, for what the author may not do.
    pub async fn is_beyond(&self, plan_id: PlanId, selection: &Selection, author: UserId) -> Result<bool, StoreError> {
        let mut work = self.read("look whether a plan goes beyond what somebody may do").await?;
        let Some((policy, _)) = head(&mut work, plan_id).await? else { return Ok(false) };
        let mut checkpoint = -1;
        loop {
            let (changes, next) = picked::next_changes(&mut work, plan_id, selection, checkpoint, PAGE).await?;
            let users = user_row::with_ids(&mut work, changes.iter().filter_map(target).map(|user| user.0)).await?;
            let users = users.into_iter().map(|listed| (listed.user.user_id, listed.user)).collect();
            if !refusal::beyond(&mut work, &changes, &users, policy.directory_id, author).await?.is_empty() {
                return Ok(true);
            }
            if changes.len() < PAGE {
                return Ok(false);
            }
            checkpoint = next;
        }
    }

    /// The counts of what a selection picks, by the stored rows.
    pub async fn picked_counts(&self, plan_id: PlanId, selection: &Selection) -> Result<Counts, StoreError> {
        let mut work = self.read("count what is picked").await?;
        let mut counts = Counts::default();
        for picked in picked::rows(&mut work, plan_id, selection).await? {
            counts.add(picked.kind, picked.warning);
        }
        Ok(counts)
    }
}

/// Rows that are picked and stale, in order.
async fn stale_rows(
    work: &mut Work,
    plan_id: PlanId,
    selection: &Selection,
    directory_id: Option<DirectoryId>,
) -> Result<Vec<u32>, StoreError> {
    if picked::is_gone(work, directory_id).await? {
        let picked = picked::rows(work, plan_id, selection).await?;
        return Ok(picked.into_iter().map(|picked| picked.row).collect());
    }
    let mut statement = sql(concat!(
        "SELECT body, CASE WHEN users.version IS DISTINCT FROM planned.version OR holder.user_id IS NOT NULL \
         THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END FROM (SELECT * FROM plan_rows WHERE plan_id = $2 AND ",
        changes!(),
        ") AS planned"
    ));
    statement = statement.bind(directory_id.map(|directory_id| directory_id.0)).bind(plan_id.0);
    statement.push(USERS_NOW);
    statement.push(" WHERE ");
    statement.push(IS_STALE);
    statement.push(" = 1 ORDER BY planned.\"row\"");
    let mut stale = Vec::new();
    for (body, only_name) in work.all::<(String, i64)>(statement).await? {
        let row: Row = read_json(&body, "plan row")?;
        let Some(change) = Change::of(&row, selection) else { continue };
        // A name that is taken does not matter to who does not pick it.
        if only_name == 0 || change.fields.iter().any(|change| change.field == Field::Username) {
            stale.push(row.row);
        }
    }
    Ok(stale)
}
