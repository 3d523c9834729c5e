//! Planning for a browser that looks on.

use super::PlanningLine;
use crate::api::lines::send_lines;
use crate::error::{AppError, Conflict};
use crate::services::Actor;
use identity::import::{ImportRequest, MAX_EARLIER, Picked};
use server_fn::codec::ByteStream;
use worker::planning::{Planned, plan_import, roles, wanted};

/// Begins to plan, after everything was refused that needs no directory to be refused.
pub async fn answer(actor: &Actor, request: ImportRequest) -> Result<ByteStream<AppError>, AppError> {
    if request.earlier.is_empty() && matches!(&request.picked, Picked::Only(ids) if ids.is_empty()) {
        return Err(AppError::Conflict { conflict: Conflict::NothingPicked });
    }
    if request.earlier.len() > MAX_EARLIER {
        return Err(AppError::invalid("earlier", "too_many", "too many entries of earlier searches"));
    }
    let target = actor.target(request.directory_id).await?;
    wanted(&target.settings, &request)?;
    let roles = roles(&actor.store, &request).await?;
    actor.may_grant(&roles).await?;
    let (store, author, now) = (actor.store.clone(), actor.user_id(), actor.now());
    Ok(send_lines(async move |lines| {
        // A reader that is slow misses a number, and the next one is a better one.
        let progress = lines.clone();
        let tell = move |rows| drop(progress.try_send(PlanningLine::Read { rows }));
        let line = match plan_import(&store, target, &request, roles, author, now, tell).await {
            Ok(Planned { plan_id, digest, rows, missing, references }) => {
                PlanningLine::Planned { plan_id, digest, rows, missing, references }
            }
            Err(error) => PlanningLine::Failed { error: error.into() },
        };
        // Nobody there to be told: the plan stays, and nothing was changed by it.
        let _ = lines.send(line).await;
    }))
}
