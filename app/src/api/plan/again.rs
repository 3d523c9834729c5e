//! Planning again what changed since, or what a job left undone, for a browser that looks on.

use super::{Replanned, ReplanningLine};
use crate::api::lines::send_lines;
use crate::error::{AppError, Conflict, What};
use crate::services::Actor;
use identity::id::{JobId, PlanId};
use identity::import::{ImportRequest, Picked};
use plan::{Carried, Carrier, Row, Selection};
use server_fn::codec::ByteStream;
use store::plans::RowQuery;
use store::rest::Rest;
use store::{Store, StoreError};
use worker::planning::{Planned, plan_import, roles, wanted};

/// Rows that are read at a time.
const PAGE: u32 = 1000;

/// Plans a request again and carries what was picked over to the rows of the same entries.
pub(super) async fn replan(
    actor: &Actor,
    plan_id: PlanId,
    selection: Selection,
) -> Result<ByteStream<AppError>, AppError> {
    let request = request_of(actor, plan_id).await?;
    answer(actor, request, plan_id, selection).await
}

/// Plans those entries of a job again whose rows were not applied, with what was picked of them.
pub(super) async fn replan_rest(actor: &Actor, job_id: JobId) -> Result<ByteStream<AppError>, AppError> {
    let rest = actor.store.rest_of_job(job_id).await?.ok_or(AppError::not_found(What::Job))?;
    let Rest { plan_id, selection, entries } = rest;
    if entries.is_empty() {
        return Err(AppError::Conflict { conflict: Conflict::NothingPicked });
    }
    let request = ImportRequest { picked: Picked::Only(entries), ..request_of(actor, plan_id).await? };
    answer(actor, request, plan_id, selection).await
}

/// What a plan was made from.
async fn request_of(actor: &Actor, plan_id: PlanId) -> Result<ImportRequest, AppError> {
    let stored = actor.store.find_plan(plan_id).await?.ok_or(AppError::not_found(What::Plan))?;
    serde_json::from_str(&stored.source.request).map_err(|error| crate::services::report::internal(&error))
}

/// Begins to plan, after everything was refused that needs no directory to be refused.
async fn answer(
    actor: &Actor,
    request: ImportRequest,
    before: PlanId,
    selection: Selection,
) -> Result<ByteStream<AppError>, AppError> {
    let target = actor.target(request.directory_id).await?;
    wanted(&target.settings, &request)?;
    let roles = roles(&actor.store, &request).await?;
    actor.may_grant(&roles).await?;
    let (store, author, now) = (actor.store.clone(), actor.user_id(), actor.now());
    Ok(send_lines(async move |lines| {
        // A reader that is slow misses a number, and the next one is a better one.
        let progress = lines.clone();
        let tell = move |rows| drop(progress.try_send(ReplanningLine::Read { rows }));
        let planned = async {
            let Planned { plan_id, rows: _, missing, references: _ } =
                plan_import(&store, target, &request, roles, author, now, tell).await?;
            let Carried { selection, new } = carry(&store, before, plan_id, selection).await?;
            Ok::<_, AppError>(Replanned { plan_id, selection, new, missing })
        };
        let line = match planned.await {
            Ok(replanned) => ReplanningLine::Planned(replanned),
            Err(error) => ReplanningLine::Failed { error },
        };
        // Nobody there to be told: the plan stays, and nothing was changed by it.
        let _ = lines.send(line).await;
    }))
}

/// The same selection for another plan.
async fn carry(store: &Store, from: PlanId, to: PlanId, selection: Selection) -> Result<Carried, StoreError> {
    let mut carrier = Carrier::new(selection);
    each_row(store, from, |row| carrier.before(row)).await?;
    each_row(store, to, |row| carrier.after(row)).await?;
    Ok(carrier.finish())
}

async fn each_row(store: &Store, plan_id: PlanId, mut look: impl FnMut(&Row)) -> Result<(), StoreError> {
    let mut query = RowQuery { limit: PAGE, ..RowQuery::default() };
    loop {
        let page = store.list_plan_rows(plan_id, &query).await?;
        page.items.iter().for_each(|listed| look(&listed.row));
        query.offset += PAGE;
        if query.offset >= page.total {
            return Ok(());
        }
    }
}
