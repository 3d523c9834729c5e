//! Planning files of groups and roles from what is stored, and applying them.

use super::{MAX_BYTES, MAX_ROWS, ObjectsCommitted, ObjectsPicked, RoleOptions, SentUp};
use crate::{
    api::file::{file_name, own_upload},
    error::{AppError, Conflict, What},
    services::{Actor, Permission},
};
use plan::{
    objects::{
        group::{self, GroupAction, GroupPlan, GroupPolicy, GroupRecord},
        role::{self, RoleAction, RoleGuard, RolePlan, RoleRecord, RoleRow, tripped},
    },
    packed::{bytes, unpack},
};
use serde::{Serialize, de::DeserializeOwned};
use store::object_files::{Applied, FileApplied, ObjectFile};

/// All records of an upload.
async fn records<R: Serialize + DeserializeOwned>(actor: &Actor, sent: SentUp) -> Result<Vec<R>, AppError> {
    let SentUp { upload_id, chunks } = sent;
    if own_upload(actor, upload_id).await?.chunks != chunks {
        return Err(AppError::not_found(What::Upload));
    }
    let (mut records, mut room) = (vec![], MAX_BYTES);
    for chunk in 0..chunks {
        let packed = actor.store.find_chunk(upload_id, chunk).await?.ok_or(AppError::not_found(What::Upload))?;
        let not_records = |_| AppError::invalid("sent", "not_records", "these are records of something else");
        let more: Vec<R> = unpack(&packed).map_err(not_records)?;
        let too_large = AppError::RequestTooLarge { limit_bytes: MAX_BYTES as u64 };
        room = room.checked_sub(bytes(&more)).ok_or(too_large)?;
        records.extend(more);
        if records.len() > MAX_ROWS as usize {
            return Err(AppError::invalid("sent", "too_many", "too many rows of groups or roles"));
        }
    }
    Ok(records)
}

/// The server plans again from what is stored. If that is not what the person saw, it comes back for review.
pub(super) async fn commit_groups(
    actor: &Actor,
    (sent, name): (SentUp, &str),
    policy: GroupPolicy,
    picked: &ObjectsPicked,
) -> Result<ObjectsCommitted<GroupPlan>, AppError> {
    let name = file_name(name)?;
    let records: Vec<GroupRecord> = records(actor, sent).await?;
    let plan = async || Ok::<_, AppError>(group::plan_groups(&records, &actor.store.stored_groups().await?, policy));
    let seen = plan().await?;
    if let Some(applied) = applied_before(actor, sent).await? {
        return Ok(applied);
    }
    if seen.digest != picked.digest {
        return Ok(ObjectsCommitted::Changed { plan: seen });
    }
    let changes = |action: &GroupAction| matches!(action, GroupAction::Create { .. } | GroupAction::Update { .. });
    let rows = seen.rows.iter().filter(|row| changes(&row.action) && !picked.left_out.contains(&row.row));
    let actions: Vec<GroupAction> = rows.map(|row| row.action.clone()).collect();
    if actions.is_empty() {
        return Ok(ObjectsCommitted::Empty);
    }
    match answer(actor.store.apply_groups(&actions, file(actor, sent, &name)).await?)? {
        Some(applied) => Ok(committed(applied)),
        None => Ok(ObjectsCommitted::Changed { plan: plan().await? }),
    }
}

/// As with groups; what takes permissions from many roles, or makes administrators, is confirmed first.
pub(super) async fn commit_roles(
    actor: &Actor,
    (sent, name): (SentUp, &str),
    options: RoleOptions,
    picked: &ObjectsPicked,
) -> Result<ObjectsCommitted<RolePlan>, AppError> {
    let name = file_name(name)?;
    let records: Vec<RoleRecord> = records(actor, sent).await?;
    let policy = options.policy(actor.permissions().clone());
    let plan = async || Ok::<_, AppError>(role::plan_roles(&records, &actor.store.stored_roles().await?, &policy));
    let seen = plan().await?;
    if let Some(applied) = applied_before(actor, sent).await? {
        return Ok(applied);
    }
    if seen.digest != picked.digest {
        return Ok(ObjectsCommitted::Changed { plan: seen });
    }
    let changes = |action: &RoleAction| matches!(action, RoleAction::Create { .. } | RoleAction::Update { .. });
    let rows = seen.rows.iter().filter(|row| changes(&row.action) && !picked.left_out.contains(&row.row));
    let rows: Vec<&RoleRow> = rows.collect();
    if rows.is_empty() {
        return Ok(ObjectsCommitted::Empty);
    }
    let tripped = tripped(rows.iter().copied(), seen.counts.rows());
    if tripped.guards.iter().any(|guard| matches!(guard, RoleGuard::MakesAdministrators { .. })) {
        actor.require(Permission::Approve)?;
    }
    if !tripped.guards.is_empty() && picked.confirmed != Some(tripped.roles) {
        return Ok(ObjectsCommitted::Guarded { tripped });
    }
    let actions: Vec<RoleAction> = rows.into_iter().map(|row| row.action.clone()).collect();
    match answer(actor.store.apply_roles(&actions, file(actor, sent, &name)).await?)? {
        Some(applied) => Ok(committed(applied)),
        None => Ok(ObjectsCommitted::Changed { plan: plan().await? }),
    }
}

/// What an earlier commit of the same upload did, whose answer was lost. Asked after planning: a plan that was made from
/// what that commit wrote would otherwise be taken for somebody else's change.
async fn applied_before<P>(actor: &Actor, sent: SentUp) -> Result<Option<ObjectsCommitted<P>>, AppError> {
    Ok(actor.store.find_upload_applied(sent.upload_id).await?.map(committed))
}

/// The file, as the person who asks commits it.
fn file<'a>(actor: &Actor, sent: SentUp, name: &'a str) -> ObjectFile<'a> {
    ObjectFile { upload_id: sent.upload_id, name, author: actor.user_id(), now: actor.now() }
}

fn committed<P>(applied: Applied) -> ObjectsCommitted<P> {
    let Applied { job_id, created, updated } = applied;
    ObjectsCommitted::Applied { job_id, created, updated }
}

/// What was done; `None` when something changed since the plan was made.
fn answer(applied: FileApplied) -> Result<Option<Applied>, AppError> {
    match applied {
        FileApplied::Applied(applied) => Ok(Some(applied)),
        FileApplied::Stale => Ok(None),
        FileApplied::LastAdministrator => Err(AppError::Conflict { conflict: Conflict::LastAdministrator }),
    }
}
