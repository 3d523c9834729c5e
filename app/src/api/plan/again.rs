//! Planning again what changed since, or what a job left undone, for a browser that looks on.

use super::{Replanned, ReplanningLine};
use crate::api::lines::send_lines;
use crate::error::{AppError, Conflict, What};
use crate::services::Actor;
use directory::Target;
use identity::assignment::Assignment;
use identity::id::{JobId, PlanId};
use identity::import::{FileRequest, ImportRequest, Picked};
use plan::{Carried, Carrier, Policy, Row, Selection};
use server_fn::codec::ByteStream;
use std::collections::BTreeSet;
use store::plans::RowQuery;
use store::rest::Rest;
use store::{Store, StoreError};
use worker::file::plan_file;
use worker::planning::{Planned, plan_import, roles, wanted};

/// Rows that are read at a time.
const PAGE: u32 = 1000;

/// What a plan was made from, ready to be planned again.
enum Source {
    Directory(Target, ImportRequest, BTreeSet<Assignment>),
    File(FileRequest, Policy),
}

/// Plans a request again and carries what was picked over to the rows of the same entries.
pub(super) async fn replan(
    actor: &Actor,
    plan_id: PlanId,
    selection: Selection,
) -> Result<ByteStream<AppError>, AppError> {
    let source = source(actor, plan_id, None).await?;
    answer(actor, source, plan_id, selection)
}

/// Plans those entries or rows of a job again that were not applied, with what was picked of them.
pub(super) async fn replan_rest(actor: &Actor, job_id: JobId) -> Result<ByteStream<AppError>, AppError> {
    let rest = actor.store.rest_of_job(job_id).await?.ok_or(AppError::not_found(What::Job))?;
    if rest.entries.is_empty() && rest.lines.is_empty() {
        return Err(AppError::Conflict { conflict: Conflict::NothingPicked });
    }
    let (plan_id, selection) = (rest.plan_id, rest.selection.clone());
    let source = source(actor, plan_id, Some(rest)).await?;
    answer(actor, source, plan_id, selection)
}

/// What a plan was made from, after everything was refused that needs no directory to be refused. Of a job, only its
/// rest.
async fn source(actor: &Actor, plan_id: PlanId, rest: Option<Rest>) -> Result<Source, AppError> {
    let stored = actor.store.find_plan(plan_id).await?.ok_or(AppError::not_found(What::Plan))?;
    let unreadable = |error: serde_json::Error| crate::services::report::internal(&error);
    if stored.source.directory_id.is_none() {
        let mut request: FileRequest = serde_json::from_str(&stored.source.request).map_err(unreadable)?;
        if let Some(rest) = rest {
            request.lines = Some(rest.lines);
        }
        let kept = actor.store.find_upload(request.upload_id).await?;
        kept.ok_or(AppError::not_found(What::Upload))?;
        let policy = crate::api::file::policy_of(actor, &request.options).await?;
        return Ok(Source::File(request, policy));
    }
    let mut request: ImportRequest = serde_json::from_str(&stored.source.request).map_err(unreadable)?;
    if let Some(rest) = rest {
        request.earlier.retain(|id| rest.entries.contains(id));
        request.picked = Picked::Only(rest.entries);
    }
    let target = actor.target(request.directory_id).await?;
    wanted(&target.settings, &request)?;
    let roles = roles(&actor.store, &request).await?;
    actor.may_grant(&roles).await?;
    Ok(Source::Directory(target, request, roles))
}

/// How many entries of earlier searches a request asks for; one of a file asks for none.
pub(super) fn earlier(request: &str) -> u32 {
    let request: Option<ImportRequest> = serde_json::from_str(request).ok();
    request.map_or(0, |request| u32::try_from(request.earlier.len()).unwrap_or(u32::MAX))
}

/// Begins to plan.
fn answer(
    actor: &Actor,
    source: Source,
    before: PlanId,
    selection: Selection,
) -> Result<ByteStream<AppError>, AppError> {
    let (store, author, now) = (actor.store.clone(), actor.user_id(), actor.now());
    Ok(send_lines(async move |lines| {
        // A reader that is slow misses a number, and the next one is a better one.
        let progress = lines.clone();
        let tell = move |rows| drop(progress.try_send(ReplanningLine::Read { rows }));
        let planned = async {
            let Planned { plan_id, digest: _, rows: _, missing, references } = match source {
                Source::Directory(target, request, roles) => {
                    plan_import(&store, target, &request, roles, author, now, tell).await?
                }
                Source::File(request, policy) => plan_file(&store, &request, policy, author, now, tell).await?,
            };
            let Carried { selection, new } = carry(&store, before, plan_id, selection).await?;
            Ok::<_, AppError>(Replanned { plan_id, selection, new, missing, references })
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
