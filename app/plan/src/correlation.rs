//! Which record is which user (R9, R10).

use crate::index::Index;
use crate::input::{EntryRef, Policy};
use crate::issue::Issue;
use crate::row::Reason;
use crate::text::{key_into, same_name};
use hashbrown::DefaultHashBuilder;
use identity::directory::NameConflict;
use identity::user::User;
use std::hash::BuildHasher;

/// Who a record is.
pub(crate) enum Match<'a> {
    /// Nobody that is stored.
    Nobody,
    /// This user.
    User(&'a User, Reason),
    /// This user, whom the policy leaves alone.
    Left(&'a User),
    /// It cannot be said, or must not be done.
    Blocked(Issue),
}

/// Finds the user of a record with this username: by its entry, then by its name. `entry` comes with its hash and is
/// that of the policy's directory; a row of a file has none.
///
/// A name that any other user has now is never given, not even when that user gets another one in the same plan:
/// any part of a plan may be left out, and then two users would have the same name.
pub(crate) fn correlate<'a>(
    entry: Option<(&EntryRef, u64)>,
    username: &str,
    policy: &Policy,
    index: &Index<'a>,
    hasher: &DefaultHashBuilder,
    buffer: &mut String,
) -> Match<'a> {
    let by_entry = entry.and_then(|(entry, hash)| index.by_entry(&entry.external_id, hash));
    if let Some(user) = by_entry.filter(|user| same_name(&user.fields.username, username)) {
        return Match::User(user, Reason::ExternalId);
    }
    let key = key_into(username, buffer);
    let by_name = index.by_name(key, hasher.hash_one(key));
    match (by_entry, by_name, entry) {
        (Some(user), Some(other), _) => {
            Match::Blocked(Issue::MatchesTwoUsers { user_id: user.user_id, other_id: other.user_id })
        }
        (Some(user), None, _) => Match::User(user, Reason::ExternalId),
        (None, None, _) => Match::Nobody,
        (None, Some(user), None) => Match::User(user, Reason::Username),
        (None, Some(user), Some((entry, _))) => of_the_same_name(user, entry, policy),
    }
}

/// What follows when a user has the name of an entry that nobody is linked to.
fn of_the_same_name<'a>(user: &'a User, entry: &EntryRef, policy: &Policy) -> Match<'a> {
    let user_id = user.user_id;
    if user.link.is_some() {
        return Match::Blocked(Issue::LinkedElsewhere { user_id });
    }
    if policy.link.contains(&entry.external_id) {
        return Match::User(user, Reason::ChosenLink);
    }
    match policy.name_conflict {
        NameConflict::Refuse => Match::Blocked(Issue::InternalUserExists { user_id }),
        NameConflict::Link => Match::User(user, Reason::PolicyLink),
        NameConflict::Skip => Match::Left(user),
    }
}
