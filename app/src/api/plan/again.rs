//! Planning again what changed since, or what a job left undone.

use super::Replanned;
use crate::error::{AppError, What};
use crate::services::{Actor, now_ms};
use identity::external_id::ExternalId;
use identity::id::{JobId, PlanId};
use identity::import::{ImportRequest, Picked};
use plan::Selection;
use std::collections::{BTreeMap, BTreeSet};
use store::plans::RowQuery;

/// Rows that are read at a time.
const PAGE: u32 = 1000;

/// Plans a request again and carries what was picked over to the rows of the same entries.
pub(super) async fn replan(actor: &Actor, plan_id: PlanId, selection: Selection) -> Result<Replanned, AppError> {
    let request = request_of(actor, plan_id).await?;
    let new_id = plan_request(actor, &request).await?;
    let selection = carry(actor, plan_id, new_id, selection).await?;
    Ok(Replanned { plan_id: new_id, selection })
}

/// Plans those entries of a job again whose rows were not applied.
pub(super) async fn replan_rest(actor: &Actor, job_id: JobId) -> Result<PlanId, AppError> {
    let job = actor.store.find_job(job_id).await?.ok_or(AppError::not_found(What::Job))?;
    let wanted = actor.store.undone_entries(job_id).await?;
    let request = ImportRequest { picked: Picked::Only(wanted), ..request_of(actor, job.plan_id).await? };
    plan_request(actor, &request).await
}

/// What a plan was made from.
async fn request_of(actor: &Actor, plan_id: PlanId) -> Result<ImportRequest, AppError> {
    let stored = actor.store.find_plan(plan_id).await?.ok_or(AppError::not_found(What::Plan))?;
    serde_json::from_str(&stored.source.request).map_err(|error| crate::services::report::internal(&error))
}

async fn plan_request(actor: &Actor, request: &ImportRequest) -> Result<PlanId, AppError> {
    let target = actor.target(request.directory_id).await?;
    let roles = worker::planning::roles(&actor.store, request).await?;
    actor.may_grant(&roles).await?;
    let author = actor.user_id();
    let planned = worker::planning::plan_import(&actor.store, target, request, roles, author, now_ms(), |_| ()).await?;
    Ok(planned.plan_id)
}

/// The same selection for another plan: what was said of a row is said of the row of the same entry.
async fn carry(actor: &Actor, from: PlanId, to: PlanId, selection: Selection) -> Result<Selection, AppError> {
    let Selection { all, rows, unpicked_fields, parts } = selection;
    let mut carried = Selection { all, unpicked_fields, ..Selection::default() };
    let named: BTreeSet<u32> = rows.iter().chain(parts.keys()).copied().collect();
    if named.is_empty() {
        return Ok(carried);
    }
    let before: BTreeMap<ExternalId, u32> =
        entries(actor, from).await?.into_iter().filter(|(_, row)| named.contains(row)).collect();
    for (external_id, row) in entries(actor, to).await? {
        let Some(before) = before.get(&external_id) else { continue };
        if rows.contains(before) {
            carried.rows.insert(row);
        }
        if let Some(parts) = parts.get(before) {
            carried.parts.insert(row, parts.clone());
        }
    }
    Ok(carried)
}

/// The entry of every row that has one.
async fn entries(actor: &Actor, plan_id: PlanId) -> Result<Vec<(ExternalId, u32)>, AppError> {
    let mut entries = Vec::new();
    let mut query = RowQuery { limit: PAGE, ..RowQuery::default() };
    loop {
        let page = actor.store.list_plan_rows(plan_id, &query).await?;
        let entry = |listed: store::plans::ListedRow| Some((listed.row.entry?.external_id, listed.row.row));
        entries.extend(page.items.into_iter().filter_map(entry));
        query.offset += PAGE;
        if query.offset >= page.total {
            return Ok(entries);
        }
    }
}
