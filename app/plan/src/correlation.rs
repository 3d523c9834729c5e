//! Which record is which user (R9, R10).

use crate::index::Index;
use crate::input::{EntryRef, Policy};
use crate::issue::Issue;
use crate::row::Reason;
use crate::text::{same_name, shown};
use identity::directory::NameConflict;
use identity::user::User;
use identity::username;

/// The stored users that a record could be.
#[derive(Clone, Copy)]
pub(crate) struct Candidates<'a> {
    /// Who is linked to its entry.
    pub by_entry: Option<&'a User>,
    /// Who has the name that it says its user had until now.
    pub by_old_name: Option<&'a User>,
    /// Who has its name.
    pub by_name: Option<&'a User>,
}

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

impl<'a> Candidates<'a> {
    /// Looks for them. The entry is one of the policy's directory; a row of a file has none.
    pub(crate) fn find(
        entry: Option<&EntryRef>,
        old_username: Option<&str>,
        username: Option<&str>,
        index: &mut Index<'a, '_>,
    ) -> Self {
        let by_entry = entry.and_then(|entry| index.by_entry(&entry.external_id));
        let by_name = username.and_then(|username| match by_entry {
            // A name belongs to one user, so most names need not be looked for.
            Some(user) if same_name(&user.fields.username, username) => Some(user),
            _ => index.by_name(username),
        });
        let by_old_name = old_username.and_then(|old_username| index.by_name(old_username));
        Self { by_entry, by_old_name, by_name }
    }

    /// A rename of somebody who is not there. When the new name is there, it was done before.
    pub(crate) fn unknown_old_name(self, old_username: Option<&str>) -> Option<Issue> {
        let username = old_username.filter(|_| self.by_old_name.is_none() && self.by_name.is_none())?;
        Some(Issue::UnknownOldName { username: shown(username, username::MAX_LENGTH) })
    }

    /// Decides between them.
    ///
    /// A name that any other user has now is never given, not even when that user gets another one in the same plan:
    /// any part of a plan may be left out, and then two users would have the same name.
    pub(crate) fn decide(self, entry: Option<&EntryRef>, policy: &Policy) -> Match<'a> {
        let reason = if self.by_entry.is_some() { Reason::ExternalId } else { Reason::OldUsername };
        match (self.by_entry.or(self.by_old_name), self.by_name, entry) {
            (Some(user), Some(other), _) if user.user_id != other.user_id => {
                Match::Blocked(Issue::MatchesTwoUsers { user_id: user.user_id, other_id: other.user_id })
            }
            (Some(user), _, _) => Match::User(user, reason),
            (None, None, _) => Match::Nobody,
            (None, Some(user), None) => Match::User(user, Reason::Username),
            (None, Some(user), Some(entry)) => of_the_same_name(user, entry, policy),
        }
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
