//! What applying a changeset means, over plain users. The store does the same with SQL, page by page; its tests and
//! those of this crate hold it against this.

use crate::changeset::{Change, Target};
use identity::id::{DirectoryId, UserId};
use identity::user::{Link, User, UserFields};
use identity::username::UsernameKey;
use std::collections::{BTreeMap, BTreeSet};

/// The version that a new user begins with.
pub const FIRST_VERSION: i64 = 1;

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It was applied to this user, who may be a new one.
    Applied(UserId),
    /// The user has another version by now.
    Stale,
    /// The user was removed.
    UserGone,
    /// Another user has the username by now, or a new user would have none.
    UsernameTaken,
    /// Another user is linked to the entry by now.
    EntryTaken,
}

/// Applies changes in their order, each wholly or not at all, and says what became of each. Entries are those of the
/// directory. A new user gets the next number.
pub fn apply(users: &mut BTreeMap<UserId, User>, changes: &[Change], directory_id: Option<DirectoryId>) -> Vec<Effect> {
    let mut names: BTreeMap<_, _> =
        users.values().map(|user| (UsernameKey::of(&user.fields.username), user.user_id)).collect();
    let mut entries: BTreeMap<_, _> = users.values().filter_map(|user| Some((place(user)?, user.user_id))).collect();
    let mut effects = Vec::with_capacity(changes.len());
    for change in changes {
        let effect = match after(users, change, directory_id) {
            Err(effect) => effect,
            Ok(user) => {
                let key = UsernameKey::of(&user.fields.username);
                let is_other = |owner: &UserId| *owner != user.user_id;
                if key.as_str().is_empty() || names.get(&key).is_some_and(is_other) {
                    Effect::UsernameTaken
                } else if place(&user).is_some_and(|place| entries.get(&place).is_some_and(is_other)) {
                    Effect::EntryTaken
                } else {
                    if let Some(before) = users.get(&user.user_id) {
                        names.remove(&UsernameKey::of(&before.fields.username));
                        place(before).map(|place| entries.remove(&place));
                    }
                    names.insert(key, user.user_id);
                    entries.extend(place(&user).map(|place| (place, user.user_id)));
                    let user_id = user.user_id;
                    users.insert(user_id, user);
                    Effect::Applied(user_id)
                }
            }
        };
        effects.push(effect);
    }
    effects
}

/// The user after a change.
fn after(users: &BTreeMap<UserId, User>, change: &Change, directory_id: Option<DirectoryId>) -> Result<User, Effect> {
    let Change { row: _, target, fields, entry, add_roles, remove_roles, add_groups, remove_groups } = change;
    let mut user = match *target {
        Target::Create => User {
            user_id: UserId(users.keys().next_back().map_or(1, |last| last.0 + 1)),
            version: FIRST_VERSION,
            fields: UserFields { enabled: true, ..UserFields::default() },
            link: None,
            roles: BTreeSet::new(),
            groups: BTreeSet::new(),
        },
        Target::Existing { user_id, version } => {
            let user = users.get(&user_id).ok_or(Effect::UserGone)?;
            if user.version != version {
                return Err(Effect::Stale);
            }
            User { version: version + 1, ..user.clone() }
        }
    };
    for change in fields {
        let fits = user.fields.set(&change.field, change.after.clone());
        debug_assert!(fits, "a plan gives a field a value of its kind");
    }
    if let (Some(directory_id), Some(entry)) = (directory_id, entry) {
        user.link = Some(Link { directory_id, external_id: entry.external_id.clone(), dn: entry.dn.clone() });
    }
    user.roles.extend(add_roles.iter().cloned());
    user.roles.retain(|role| !remove_roles.contains(role));
    user.groups.extend(add_groups.iter().cloned());
    user.groups.retain(|group| !remove_groups.contains(group));
    Ok(user)
}

fn place(user: &User) -> Option<(DirectoryId, String)> {
    user.link.as_ref().map(|link| (link.directory_id, link.external_id.as_str().to_owned()))
}
