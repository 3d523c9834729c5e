//! Which rows of a stored plan a selection picks, and which of them are stale. What is picked is always asked of the
//! plan crate; SQL only leaves out what cannot be.

use crate::StoreError;
use crate::plans::read_json;
use crate::sql::{Input, sql};
use crate::users::count_u32;
use crate::work::Work;
use identity::id::{DirectoryId, PlanId};
use plan::{Change, Kind, Row, Selection};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that can be picked.
macro_rules! changes {
    () => {
        "kind IN ('create', 'update', 'rename', 'disable')"
    };
}

/// Beside rows called `planned`: the user of each as it is now, and others that have the name or the entry that the
/// row would give. `$1` is the directory.
pub(crate) const USERS_NOW: &str = " LEFT JOIN users ON users.user_id = planned.user_id \
     LEFT JOIN users AS namesake ON namesake.username_key = planned.username_key \
     AND namesake.user_id IS DISTINCT FROM planned.user_id \
     LEFT JOIN users AS holder ON holder.external_id = planned.external_id AND holder.directory_id = $1 \
     AND holder.user_id IS DISTINCT FROM planned.user_id";

/// Whether the user of a row changed or went, or its new name or entry is somebody else's by now.
pub(crate) const IS_STALE: &str = "CASE WHEN (planned.user_id IS NOT NULL AND users.user_id IS NULL) \
     OR users.version <> planned.version OR namesake.user_id IS NOT NULL OR holder.user_id IS NOT NULL \
     THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END";

/// Whether the directory of a plan was removed meanwhile: nobody can be linked to its entries any more.
pub(crate) async fn is_gone(work: &mut Work, directory_id: Option<DirectoryId>) -> Result<bool, StoreError> {
    let Some(directory_id) = directory_id else { return Ok(false) };
    let statement = sql("SELECT version FROM directories WHERE directory_id = $1").bind(directory_id.0);
    Ok(work.first::<(i64,)>(statement).await?.is_none())
}

/// A row that is picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Picked {
    pub(crate) row: u32,
    pub(crate) kind: Kind,
    pub(crate) warning: bool,
}

/// The picked rows, in order.
pub(crate) async fn rows(work: &mut Work, plan_id: PlanId, selection: &Selection) -> Result<Vec<Picked>, StoreError> {
    let mut picked = marked(work, plan_id, selection).await?;
    let left_out = left_out(work, plan_id, selection, &picked).await?;
    picked.retain(|picked| !left_out.contains(&picked.row));
    Ok(picked)
}

/// How many rows are picked, and the same selection as a job keeps it: with a mark for every row of which each part is
/// left out. Whatever is asked about the job later, marks alone tell which rows it has.
pub(crate) async fn settled(
    work: &mut Work,
    plan_id: PlanId,
    selection: &Selection,
) -> Result<(u32, Selection), StoreError> {
    if *selection == Selection::default() {
        // Everything, which is what people mostly pick, needs no look at the rows.
        let statement = sql(concat!("SELECT count(*) FROM plan_rows WHERE plan_id = $1 AND ", changes!()));
        let (total,) = work.one::<(i64,)>(statement.bind(plan_id.0)).await?;
        return Ok((count_u32(total), selection.clone()));
    }
    let marked = marked(work, plan_id, selection).await?;
    let left_out = left_out(work, plan_id, selection, &marked).await?;
    let total = marked.len() - left_out.len();
    let mut settled = selection.clone();
    if selection.all {
        settled.rows.extend(&left_out);
    } else {
        settled.rows = marked.iter().map(|picked| picked.row).filter(|row| !left_out.contains(row)).collect();
    }
    settled.parts.retain(|row, _| !left_out.contains(row));
    Ok((count_u32(total as i64), settled))
}

/// The rows that are picked as far as their own marks go, in order.
async fn marked(work: &mut Work, plan_id: PlanId, selection: &Selection) -> Result<Vec<Picked>, StoreError> {
    let statement = sql(concat!(
        "SELECT \"row\", kind, warning FROM plan_rows WHERE plan_id = $1 AND ",
        changes!(),
        " ORDER BY \"row\""
    ));
    let mut marked = Vec::new();
    for (row, code, warning) in work.all::<(i64, String, i64)>(statement.bind(plan_id.0)).await? {
        let (row, kind) = (count_u32(row), kind(&code)?);
        if selection.picks_row(row, kind) {
            marked.push(Picked { row, kind, warning: warning != 0 });
        }
    }
    Ok(marked)
}

/// Those of the rows of which every part is left out: only their parts tell.
async fn left_out(
    work: &mut Work,
    plan_id: PlanId,
    selection: &Selection,
    marked: &[Picked],
) -> Result<BTreeSet<u32>, StoreError> {
    let in_doubt = |picked: &&Picked| {
        let updates = picked.kind != Kind::Create && !selection.unpicked_fields.is_empty();
        updates || selection.parts.contains_key(&picked.row)
    };
    let doubtful: Vec<u32> = marked.iter().filter(in_doubt).map(|picked| picked.row).collect();
    let mut left_out = BTreeSet::new();
    for doubtful in doubtful.chunks(2000) {
        let bodies = bodies(work, plan_id, doubtful).await?;
        left_out.extend(bodies.values().filter(|row| Change::of(row, selection).is_none()).map(|row| row.row));
    }
    Ok(left_out)
}

/// Rows of a plan by number.
pub(crate) async fn bodies(work: &mut Work, plan_id: PlanId, rows: &[u32]) -> Result<BTreeMap<u32, Row>, StoreError> {
    let input = Input::default().ints("number", rows.iter().map(|row| i64::from(*row)));
    let statement = sql("SELECT body FROM plan_rows WHERE plan_id = $1 AND \"row\" IN (SELECT number FROM {input})");
    let bodies: Vec<(String,)> = work.all(statement.bind(plan_id.0).input(input)).await?;
    let rows = bodies.iter().map(|(body,)| {
        let row: Row = read_json(body, "plan row")?;
        Ok((row.row, row))
    });
    rows.collect()
}

/// The changes behind a checkpoint, at most so many, and the checkpoint behind them.
pub(crate) async fn next_changes(
    work: &mut Work,
    plan_id: PlanId,
    selection: &Selection,
    checkpoint: i64,
    limit: usize,
) -> Result<(Vec<Change>, i64), StoreError> {
    let mut changes = Vec::with_capacity(limit);
    let mut checkpoint = checkpoint;
    while changes.len() < limit {
        let wanted = limit - changes.len();
        let rows = next_rows(work, plan_id, selection, checkpoint, wanted).await?;
        let Some(last) = rows.last() else { break };
        checkpoint = i64::from(last.row);
        changes.extend(rows.iter().filter_map(|row| Change::of(row, selection)));
    }
    Ok((changes, checkpoint))
}

/// The next rows that may be picked.
pub(crate) async fn next_rows(
    work: &mut Work,
    plan_id: PlanId,
    selection: &Selection,
    checkpoint: i64,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    if selection.all {
        let statement = sql(concat!(
            "SELECT body FROM plan_rows WHERE plan_id = $1 AND \"row\" > $2 AND ",
            changes!(),
            " ORDER BY \"row\" LIMIT $3"
        ));
        let statement = statement.bind(plan_id.0).bind(checkpoint).bind(limit as i64);
        let bodies: Vec<(String,)> = work.all(statement).await?;
        return bodies.iter().map(|(body,)| read_json(body, "plan row")).collect();
    }
    // Few of many: straight to those that are named.
    let first = u32::try_from(checkpoint + 1).unwrap_or(0);
    let named: Vec<u32> = selection.rows.range(first..).take(limit).copied().collect();
    if named.is_empty() {
        return Ok(vec![]);
    }
    Ok(bodies(work, plan_id, &named).await?.into_values().collect())
}

/// A row's kind as it was stored.
pub(crate) fn kind(code: &str) -> Result<Kind, StoreError> {
    Kind::parse(code).ok_or(StoreError::Corrupt { what: "kind of a plan row" })
}

pub(crate) use changes;
