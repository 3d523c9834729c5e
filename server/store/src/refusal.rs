//! Changes that only the store can refuse, since they depend on who may do what when a page is applied.

use crate::StoreError;
use crate::access::{enabled_administrators, permissions_by_role, permissions_of_user};
use crate::apply::target;
use crate::groups::Known;
use crate::revision::By;
use crate::roles::unknown_roles;
use crate::work::Work;
use identity::assignment::{Assignment, roles_of};
use identity::field::{Field, Value};
use identity::id::{DirectoryId, UserId};
use identity::role::{Permission, lacking};
use identity::user::User;
use job::{Outcome, Rejection};
use plan::{Change, Target, sign_in};
use std::collections::{BTreeMap, BTreeSet};

/// The rows that are refused, and why: a role or a group that is gone, a role given or taken that gives more than the
/// job's author has, a change of what lets somebody sign in as a user who may do more than the author, and the author or
/// the last administrator disabled or demoted, which no run does (R26).
///
/// The planner blocks the last three for whoever plans. When somebody else commits, or an administrator became the last
/// one after the plan was made, the row is stale, and planned again it says why.
pub(crate) async fn refused(
    work: &mut Work,
    changes: &[Change],
    users: &BTreeMap<UserId, User>,
    groups: &Known,
    directory_id: Option<DirectoryId>,
    by: By<'_>,
) -> Result<BTreeMap<u32, Outcome>, StoreError> {
    let author = by.author_id;
    let given = roles_of(changes.iter().flat_map(|change| &change.add_roles));
    let gone = unknown_roles(work, &given).await?;
    let mut refused = BTreeMap::new();
    for change in changes {
        let mut named = change.add_groups.iter().chain(&change.remove_groups);
        if change.add_roles.iter().any(|given| gone.contains(&given.role)) {
            refused.insert(change.row, Outcome::Rejected(Rejection::RoleGone));
        } else if named.any(|name| groups.name(name).is_none()) {
            refused.insert(change.row, Outcome::Rejected(Rejection::GroupGone));
        }
    }
    for row in beyond(work, changes, users, directory_id, author).await? {
        refused.entry(row).or_insert(Outcome::Rejected(Rejection::NotAllowed));
    }
    if !changes.iter().any(|change| disables(change) || takes_roles(change)) {
        return Ok(refused);
    }
    let gives = permissions_by_role(work).await?;
    let administers = |given: &Assignment| {
        let codes = gives.get(&given.role).filter(|_| given.is_everywhere());
        codes.is_some_and(|codes| codes.contains(Permission::Admin.code()))
    };
    let demotes = |change: &Change, user: &User| {
        let mut after = user.roles.iter().filter(|role| !change.remove_roles.contains(role)).chain(&change.add_roles);
        user.roles.iter().any(administers) && !after.any(administers)
    };
    let falling: Vec<(u32, UserId)> = changes
        .iter()
        .filter(|change| !refused.contains_key(&change.row))
        .filter_map(|change| Some((change, current(change, users)?)))
        .filter(|(change, user)| disables(change) || demotes(change, user))
        .map(|(change, user)| (change.row, user.user_id))
        .collect();
    if falling.is_empty() {
        return Ok(refused);
    }
    let mut administrators: BTreeSet<UserId> =
        enabled_administrators(work, u32::MAX, by.now).await?.into_iter().collect();
    for (row, user_id) in falling {
        let is_last = administrators.len() == 1 && administrators.contains(&user_id);
        if is_last || user_id == author {
            refused.insert(row, Outcome::Stale);
        } else {
            administrators.remove(&user_id);
        }
    }
    Ok(refused)
}

/// The rows that need more than their author may do: they give or take a role that gives more, or change what lets
/// somebody sign in as a user who may do more.
pub(crate) async fn beyond(
    work: &mut Work,
    changes: &[Change],
    users: &BTreeMap<UserId, User>,
    directory_id: Option<DirectoryId>,
    author: UserId,
) -> Result<BTreeSet<u32>, StoreError> {
    let concerned = |change: &Change| {
        let user = current(change, users).filter(|user| !user.roles.is_empty());
        user.filter(|user| sign_in::concerned(user, &change.fields, directory_id))
    };
    let touches = |change: &Change| !change.add_roles.is_empty() || takes_roles(change) || concerned(change).is_some();
    if !changes.iter().any(touches) {
        return Ok(BTreeSet::new());
    }
    let held = permissions_of_user(work, author).await?;
    let gives = permissions_by_role(work).await?;
    let beyond =
        |given: &Assignment| gives.get(&given.role).is_some_and(|codes| lacking(&held, codes).next().is_some());
    let is_beyond = |change: &&Change| {
        let is_live = change.target == Target::Create || current(change, users).is_some();
        let assigns = change.add_roles.iter().chain(&change.remove_roles).any(beyond);
        is_live && (assigns || concerned(change).is_some_and(|user| user.roles.iter().any(beyond)))
    };
    Ok(changes.iter().filter(is_beyond).map(|change| change.row).collect())
}

/// The user that a change is for. Of one that is no more as it was planned, the row is stale anyway.
fn current<'u>(change: &Change, users: &'u BTreeMap<UserId, User>) -> Option<&'u User> {
    let user = target(change).and_then(|user_id| users.get(&user_id));
    user.filter(|user| matches!(change.target, Target::Existing { version, .. } if version == user.version))
}

fn takes_roles(change: &Change) -> bool {
    !change.remove_roles.is_empty()
}

fn disables(change: &Change) -> bool {
    change.fields.iter().any(|change| change.field == Field::Enabled && change.after == Some(Value::Flag(false)))
}
