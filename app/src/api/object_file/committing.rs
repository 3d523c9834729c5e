//! Planning files of groups and roles from what is stored, and applying them.

use super::{GroupFile, ObjectsCommitted, ObjectsPicked, RoleFile};
use crate::{
    error::{AppError, Conflict},
    services::{Actor, Permission},
};
use plan::objects::{
    group::{self, GroupAction, GroupPlan},
    role::{self, RoleAction, RoleGuard, RolePlan, RolePolicy, RoleRow, tripped},
};
use store::object_files::FileApplied;

async fn plan_groups(actor: &Actor, file: &GroupFile) -> Result<GroupPlan, AppError> {
    Ok(group::plan_groups(&file.records, &actor.store.stored_groups().await?, file.policy))
}

async fn plan_roles(actor: &Actor, file: &RoleFile) -> Result<RolePlan, AppError> {
    let RoleFile { records, change_labels, row_per_permission } = file;
    let (change_labels, row_per_permission) = (*change_labels, *row_per_permission);
    let policy = RolePolicy { change_labels, row_per_permission, held: actor.permissions().clone() };
    Ok(role::plan_roles(records, &actor.store.stored_roles().await?, &policy))
}

/// The server plans again from what is stored. If that is not what the person saw, it comes back for review.
pub(super) async fn commit_groups(
    actor: &Actor,
    file: &GroupFile,
    picked: &ObjectsPicked,
) -> Result<ObjectsCommitted<GroupPlan>, AppError> {
    let plan = plan_groups(actor, file).await?;
    if plan.digest != picked.digest {
        return Ok(ObjectsCommitted::Changed { plan });
    }
    let changes = |action: &GroupAction| matches!(action, GroupAction::Create { .. } | GroupAction::Update { .. });
    let rows = plan.rows.iter().filter(|row| changes(&row.action) && !picked.left_out.contains(&row.row));
    let actions: Vec<GroupAction> = rows.map(|row| row.action.clone()).collect();
    if actions.is_empty() {
        return Ok(ObjectsCommitted::Empty);
    }
    match answer(actor.store.apply_groups(&actions, actor.user_id(), actor.now()).await?)? {
        Some((created, updated)) => Ok(ObjectsCommitted::Applied { created, updated }),
        None => Ok(ObjectsCommitted::Changed { plan: plan_groups(actor, file).await? }),
    }
}

/// As with groups; what takes permissions from many roles, or makes administrators, is confirmed first.
pub(super) async fn commit_roles(
    actor: &Actor,
    file: &RoleFile,
    picked: &ObjectsPicked,
) -> Result<ObjectsCommitted<RolePlan>, AppError> {
    let plan = plan_roles(actor, file).await?;
    if plan.digest != picked.digest {
        return Ok(ObjectsCommitted::Changed { plan });
    }
    let changes = |action: &RoleAction| matches!(action, RoleAction::Create { .. } | RoleAction::Update { .. });
    let rows = plan.rows.iter().filter(|row| changes(&row.action) && !picked.left_out.contains(&row.row));
    let rows: Vec<&RoleRow> = rows.collect();
    if rows.is_empty() {
        return Ok(ObjectsCommitted::Empty);
    }
    let tripped = tripped(rows.iter().copied(), plan.counts.rows());
    if tripped.guards.iter().any(|guard| matches!(guard, RoleGuard::MakesAdministrators { .. })) {
        actor.require(Permission::Approve)?;
    }
    if !tripped.guards.is_empty() && picked.confirmed != Some(tripped.roles) {
        return Ok(ObjectsCommitted::Guarded { tripped });
    }
    let actions: Vec<RoleAction> = rows.into_iter().map(|row| row.action.clone()).collect();
    match answer(actor.store.apply_roles(&actions, actor.user_id(), actor.now()).await?)? {
        Some((created, updated)) => Ok(ObjectsCommitted::Applied { created, updated }),
        None => Ok(ObjectsCommitted::Changed { plan: plan_roles(actor, file).await? }),
    }
}

/// How many were made and changed; `None` when something changed since the plan was made.
fn answer(applied: FileApplied) -> Result<Option<(u32, u32)>, AppError> {
    match applied {
        FileApplied::Applied { created, updated } => Ok(Some((created, updated))),
        FileApplied::Stale => Ok(None),
        FileApplied::LastAdministrator => Err(AppError::Conflict { conflict: Conflict::LastAdministrator }),
    }
}
