//! Changes that only the store can refuse, since they depend on who may do what when a page is applied.

use crate::StoreError;
use crate::access::{enabled_administrators, permissions_by_role, permissions_of_user};
use crate::apply::target;
use crate::roles::unknown_roles;
use crate::work::Work;
use identity::field::{Field, Value};
use identity::id::UserId;
use identity::user::User;
use identity::username::UsernameKey;
use job::{Outcome, Rejection};
use plan::{Change, Target};
use std::collections::{BTreeMap, BTreeSet};

/// The rows that are refused, and why: a role that is gone, somebody disabled or renamed who may do more than the job's
/// author, the author disabled, and the last administrator, whom no run disables (R26).
///
/// The planner blocks the last two for whoever plans. When somebody else commits, or an administrator became the last
/// one after the plan was made, the row is stale, and planned again it says why.
pub(crate) async fn refused(
    work: &mut Work,
    changes: &[Change],
    users: &BTreeMap<UserId, User>,
    author: UserId,
) -> Result<BTreeMap<u32, Outcome>, StoreError> {
    let given: BTreeSet<_> = changes.iter().flat_map(|change| &change.add_roles).cloned().collect();
    let gone = unknown_roles(work, &given).await?;
    let mut refused = BTreeMap::new();
    if !gone.is_empty() {
        let without = changes.iter().filter(|change| change.add_roles.iter().any(|role| gone.contains(role)));
        refused.extend(without.map(|change| (change.row, Outcome::Rejected(Rejection::RoleGone))));
    }
    // Of users that are no more as they were planned, the row is stale anyway.
    let disarming: Vec<(&Change, &User)> = changes
        .iter()
        .filter(|change| disables(change) || renames(change))
        .filter_map(|change| Some((change, users.get(&target(change)?)?)))
        .filter(|(change, user)| is_current(change, user) && !refused.contains_key(&change.row))
        .collect();
    if disarming.iter().any(|(_, user)| !user.roles.is_empty()) {
        let held = permissions_of_user(work, author).await?;
        let given = permissions_by_role(work).await?;
        let may_more = |user: &User| {
            let mut permissions = user.roles.iter().filter_map(|role| given.get(role)).flatten();
            permissions.any(|permission| !held.contains(permission))
        };
        let beyond = disarming.iter().filter(|(_, user)| may_more(user));
        refused.extend(beyond.map(|(change, _)| (change.row, Outcome::Rejected(Rejection::NotAllowed))));
    }
    let disabled: Vec<(&Change, &User)> =
        disarming.into_iter().filter(|(change, _)| disables(change) && !refused.contains_key(&change.row)).collect();
    if disabled.is_empty() {
        return Ok(refused);
    }
    let mut administrators: BTreeSet<UserId> = enabled_administrators(work, u32::MAX).await?.into_iter().collect();
    for (change, user) in disabled {
        let is_last = administrators.len() == 1 && administrators.contains(&user.user_id);
        if is_last || user.user_id == author {
            refused.insert(change.row, Outcome::Stale);
        } else {
            administrators.remove(&user.user_id);
        }
    }
    Ok(refused)
}

fn is_current(change: &Change, user: &User) -> bool {
    matches!(change.target, Target::Existing { version, .. } if version == user.version)
}

fn disables(change: &Change) -> bool {
    change.fields.iter().any(|change| change.field == Field::Enabled && change.after == Some(Value::Flag(false)))
}

/// Another spelling of the same name is none.
fn renames(change: &Change) -> bool {
    let key = |value: &Option<Value>| match value {
        Some(Value::Text(name)) => Some(UsernameKey::of(name)),
        _ => None,
    };
    change.fields.iter().any(|change| change.field == Field::Username && key(&change.before) != key(&change.after))
}
