//! What a source had so far. All that a planner keeps of the pages behind it.

mod names;

use crate::correlation::Candidates;
use crate::text::key_into;
use hashbrown::HashTable;
use identity::id::UserId;
use identity::user::User;
use names::Names;
use std::hash::BuildHasher;

/// The entries and names of the rows so far. Those that a stored user has are kept as the number of that user: that is
/// most of them, and a number is a fraction of a text.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    users: HashTable<Met>,
    entries: Names,
    names: Names,
}

/// A user, and the first rows with its entry and with its name. Small, because there is one for most rows.
#[derive(Debug)]
struct Met {
    user_id: UserId,
    by_entry: u32,
    by_name: u32,
}

/// No row: no source has so many.
const NO_ROW: u32 = u32::MAX;

impl Seen {
    /// Makes room for a page.
    pub(crate) fn reserve(&mut self, rows: usize, hasher: &impl BuildHasher) {
        self.users.reserve(rows, |met| hasher.hash_one(met.user_id));
    }

    /// Adds a row with its username and the one that it says its user had until now. The answer is the earlier row with
    /// the same entry, or else with the same name.
    pub(crate) fn add(
        &mut self,
        row: u32,
        entry: Option<&str>,
        names: (Option<&str>, Option<&str>),
        candidates: Candidates<'_>,
        hasher: &impl BuildHasher,
        buffer: &mut String,
    ) -> Option<u32> {
        let (username, old_username) = names;
        let Candidates { by_entry, by_old_name, by_name } = candidates;
        if let Some(user) = by_old_name {
            // The user is meant by both of its names.
            let met = self.met(user, hasher);
            let of_old = first(&mut met.by_entry, row).or(first(&mut met.by_name, row));
            // And whoever has the new name is meant too, although the row cannot be applied: were that user renamed by
            // a later row, the name would be free, and the next plan would do what this one does not show.
            let of_new = match (by_name, username) {
                (Some(other), _) if other.user_id != user.user_id => first(&mut self.met(other, hasher).by_name, row),
                (None, Some(username)) => self.names.add(key_into(username, buffer), row, hasher),
                _ => None,
            };
            return of_old.or(of_new);
        }
        if let (Some(user), Some(same)) = (by_entry, by_name)
            && user.user_id == same.user_id
        {
            let met = self.met(user, hasher);
            return first(&mut met.by_entry, row).or(first(&mut met.by_name, row));
        }
        // A name that nobody has any more is still meant for the user of this row.
        let of_old = old_username.and_then(|old_username| self.names.add(key_into(old_username, buffer), row, hasher));
        let of_entry = match (by_entry, entry) {
            (Some(user), _) => first(&mut self.met(user, hasher).by_entry, row),
            (None, Some(entry)) => self.entries.add(entry, row, hasher),
            (None, None) => None,
        };
        let of_name = match (by_name, username) {
            (Some(user), _) => first(&mut self.met(user, hasher).by_name, row),
            (None, Some(username)) => self.names.add(key_into(username, buffer), row, hasher),
            (None, None) => None,
        };
        of_entry.or(of_old).or(of_name)
    }

    fn met(&mut self, user: &User, hasher: &impl BuildHasher) -> &mut Met {
        let user_id = user.user_id;
        self.users
            .entry(hasher.hash_one(user_id), |met| met.user_id == user_id, |met| hasher.hash_one(met.user_id))
            .or_insert(Met { user_id, by_entry: NO_ROW, by_name: NO_ROW })
            .into_mut()
    }
}

/// The row that was first, unless it is this one, which then is the first.
fn first(slot: &mut u32, row: u32) -> Option<u32> {
    if *slot == NO_ROW {
        *slot = row;
        return None;
    }
    Some(*slot)
}
