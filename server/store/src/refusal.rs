//! Changes that only the store can refuse, since they depend on who may do what when a page is applied.

use crate::StoreError;
use crate::access::{enabled_administrators, permissions_by_role, permissions_of_user};
use crate::apply::target;
use crate::groups::Known;
use crate::roles::unknown_roles;
use crate::work::Work;
use identity::field::{Field, Value};
use identity::id::{DirectoryId, UserId};
use identity::role::{Permission, RoleCode, lacking};
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
    author: UserId,
) -> Result<BTreeMap<u32, Outcome>, StoreError> {
    let given: BTreeSet<_> = changes.iter().flat_map(|change| &change.add_roles).cloned().collect();
    let gone = unknown_roles(work, &given).await?;
    let mut refused = BTreeMap::new();
    for change in changes {
        let mut named = change.add_groups.iter().chain(&change.remove_groups);
        if change.add_roles.iter().any(|role| gone.contains(role)) {
            refused.insert(change.row, Outcome::Rejected(Rejection::RoleGone));
        } else if named.any(|name| groups.name(name).is_none()) {
            refused.insert(change.row, Outcome::Rejected(Rejection::GroupGone));
        }
    }
    // Of users that are no more as they were planned, the row is stale anyway.
    let current = |change: &Change| {
        let user = target(change).and_then(|user_id| users.get(&user_id));
        user.filter(|user| is_current(change, user))
    };
    let concerns =
        |change: &Change| current(change).is_some_and(|user| sign_in::concerned(user, &change.fields, directory_id));
    let touching = changes.iter().any(|change| {
        let has_roles = || current(change).is_some_and(|user| !user.roles.is_empty());
        !change.add_roles.is_empty() || ((takes_roles(change) || concerns(change)) && has_roles())
    });
    if !touching {
        // Nobody disables themselves by a job, even without a role.
        let own = changes.iter().filter(|change| disables(change) && target(change) == Some(author));
        let own: Vec<u32> = own.filter(|change| current(change).is_some()).map(|change| change.row).collect();
        for row in own {
            refused.entry(row).or_insert(Outcome::Stale);
        }
        return Ok(refused);
    }
    let held = permissions_of_user(work, author).await?;
    let gives = permissions_by_role(work).await?;
    let beyond = |role: &RoleCode| gives.get(role).is_some_and(|codes| lacking(&held, codes).next().is_some());
    for change in changes {
        let is_beyond = change.add_roles.iter().chain(&change.remove_roles).any(beyond)
            || concerns(change) && current(change).is_some_and(|user| user.roles.iter().any(beyond));
        if is_beyond && (change.target == Target::Create || current(change).is_some()) {
            refused.entry(change.row).or_insert(Outcome::Rejected(Rejection::NotAllowed));
        }
    }
    let administers = |role: &RoleCode| gives.get(role).is_some_and(|codes| codes.contains(Permission::Admin.code()));
    let demotes = |change: &Change, user: &User| {
        let mut after = user.roles.iter().filter(|role| !change.remove_roles.contains(role)).chain(&change.add_roles);
        user.roles.iter().any(administers) && !after.any(administers)
    };
    let falling: Vec<(u32, UserId)> = changes
        .iter()
        .filter(|change| !refused.contains_key(&change.row))
        .filter_map(|change| Some((change, current(change)?)))
        .filter(|(change, user)| disables(change) || demotes(change, user))
        .map(|(change, user)| (change.row, user.user_id))
        .collect();
    if falling.is_empty() {
        return Ok(refused);
    }
    let mut administrators: BTreeSet<UserId> = enabled_administrators(work, u32::MAX).await?.into_iter().collect();
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

fn is_current(change: &Change, user: &User) -> bool {
    matches!(change.target, Target::Existing { version, .. } if version == user.version)
}

fn takes_roles(change: &Change) -> bool {
    !change.remove_roles.is_empty()
}

fn disables(change: &Change) -> bool {
    change.fields.iter().any(|change| change.field == Field::Enabled && change.after == Some(Value::Flag(false)))
}
