//! What may be written of a role, and what is shown of one.

use super::{RoleForm, RoleLine, RoleView};
use crate::{
    api::group::{rules::text, views::history},
    error::{AppError, Conflict, Problem, What},
    services::{Actor, Permission},
};
use identity::role::{MAX_LABEL, Role, RoleCode, built_in, is_permission};
use plan::objects::MAX_DESCRIPTION;
use std::collections::BTreeSet;
use store::objects::Object;
use store::role_editing::RoleWritten;
use store::roles::ListedRole;

/// As the list shows it.
pub(super) fn line(actor: &Actor, listed: ListedRole) -> RoleLine {
    let ListedRole { role, version: _, users } = listed;
    let may_grant = actor.may(Permission::Roles) && actor.may_give(&role.permissions).is_ok();
    RoleLine { role, users, may_grant }
}

/// As its page shows it.
pub(super) async fn view(actor: &Actor, code: &RoleCode) -> Result<RoleView, AppError> {
    let listed = stored(actor, code).await?;
    Ok(RoleView {
        version: listed.version,
        is_built_in: is_built_in(code),
        history: history(actor, &Object::Role(code.clone())).await?,
        line: line(actor, listed),
    })
}

async fn stored(actor: &Actor, code: &RoleCode) -> Result<ListedRole, AppError> {
    actor.store.find_role(code).await?.ok_or(AppError::not_found(What::Role))
}

fn is_built_in(code: &RoleCode) -> bool {
    built_in().iter().any(|role| role.code == *code)
}

/// Trims what was written, and says all that is wrong with it.
pub(super) fn accept(form: RoleForm) -> Result<Role, AppError> {
    let RoleForm { code, label, description, permissions } = form;
    let mut problems = Vec::new();
    let role_code = RoleCode::parse(code.trim());
    if let Err(error) = &role_code {
        let problem = if code.trim().is_empty() { "missing" } else { "role_code" };
        problems.push(Problem::new("code", problem, error.to_string()));
    }
    let label = label.trim().to_owned();
    let problem = match label.as_str() {
        "" => Some(("missing", "this is needed")),
        label if label.chars().count() > MAX_LABEL => Some(("too_long", "too long")),
        label if label.chars().any(char::is_control) => Some(("control_characters", "no control characters")),
        _ => None,
    };
    problems.extend(problem.map(|(code, message)| Problem::new("label", code, message)));
    let description = text("description", &description, MAX_DESCRIPTION, &mut problems);
    let permissions: BTreeSet<String> = permissions.iter().map(|code| code.trim().to_owned()).collect();
    if !permissions.iter().all(|code| is_permission(code)) {
        problems.push(Problem::new("permissions", "permission", "not the code of a permission"));
    }
    match role_code {
        Ok(code) if problems.is_empty() => Ok(Role { code, label, description, permissions }),
        _ => Err(AppError::Invalid { problems }),
    }
}

/// The role of all rights stays as it is. Otherwise somebody changes in a role what they have themselves: taking away
/// is guarded like giving.
pub(super) async fn may_change(actor: &Actor, after: &Role) -> Result<(), AppError> {
    if after.code.as_str() == RoleCode::ADMINISTRATOR {
        return Err(AppError::invalid("", "built_in_role", "the administrator's role stays as it is"));
    }
    let before = stored(actor, &after.code).await?.role;
    actor.may_give(before.permissions.symmetric_difference(&after.permissions))
}

/// Roles that every installation begins with stay; others are removed by those who have all that they give.
pub(super) async fn may_remove(actor: &Actor, code: &RoleCode) -> Result<(), AppError> {
    if is_built_in(code) {
        return Err(AppError::invalid("", "built_in_role", "a built-in role stays"));
    }
    actor.may_give(&stored(actor, code).await?.role.permissions)
}

/// What the store answered, for a browser.
pub(super) fn answer(written: RoleWritten) -> Result<(), AppError> {
    match written {
        RoleWritten::Applied => Ok(()),
        RoleWritten::Stale => Err(AppError::Stale),
        RoleWritten::CodeTaken => Err(AppError::invalid("code", "taken", "this code is taken")),
        RoleWritten::Gone => Err(AppError::not_found(What::Role)),
        RoleWritten::InUse { users } => Err(AppError::Conflict { conflict: Conflict::RoleInUse { users } }),
        RoleWritten::LastAdministrator => Err(AppError::Conflict { conflict: Conflict::LastAdministrator }),
    }
}
