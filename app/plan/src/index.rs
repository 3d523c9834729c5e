//! The users of a snapshot, found by entry, by name and by e-mail address.

use crate::input::Snapshot;
use crate::text::{has_key, key_into};
use hashbrown::{DefaultHashBuilder, HashTable};
use identity::external_id::ExternalId;
use identity::id::DirectoryId;
use identity::user::User;
use std::hash::BuildHasher;

/// Tables over a snapshot. They hold positions instead of texts; those that a page never asks are never built.
pub(crate) struct Index<'a, 'p> {
    users: &'a [User],
    hasher: &'p DefaultHashBuilder,
    by_entry: HashTable<u32>,
    by_name: Option<HashTable<u32>>,
    by_email: Option<HashTable<Sharers>>,
    buffer: String,
}

/// The users with one e-mail address: the two with the lowest ids are enough to find one that is not a given user.
struct Sharers {
    first: u32,
    second: Option<u32>,
}

impl<'a, 'p> Index<'a, 'p> {
    /// Over the users of a snapshot; entries are those of this directory.
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        directory_id: Option<DirectoryId>,
        hasher: &'p DefaultHashBuilder,
    ) -> Self {
        let users = snapshot.users.as_slice();
        let mut by_entry = HashTable::new();
        if let Some(directory_id) = directory_id {
            by_entry = HashTable::with_capacity(users.len());
            for (position, user) in positions(users) {
                let Some(link) = user.link.as_ref().filter(|link| link.directory_id == directory_id) else { continue };
                let hash = hasher.hash_one(link.external_id.as_str());
                let same = |&other: &u32| entry_of(users, other) == Some(link.external_id.as_str());
                if by_entry.find(hash, same).is_none() {
                    by_entry.insert_unique(hash, position, |&other| hasher.hash_one(entry_of(users, other)));
                }
            }
        }
        Self { users, hasher, by_entry, by_name: None, by_email: None, buffer: String::new() }
    }

    /// The user that is linked to this entry.
    pub(crate) fn by_entry(&self, external_id: &ExternalId) -> Option<&'a User> {
        let same = |&position: &u32| entry_of(self.users, position) == Some(external_id.as_str());
        let position = self.by_entry.find(self.hasher.hash_one(external_id.as_str()), same)?;
        Some(&self.users[*position as usize])
    }

    /// The user with this name.
    pub(crate) fn by_name(&mut self, username: &str) -> Option<&'a User> {
        let Self { users, hasher, buffer, .. } = self;
        let table = self.by_name.get_or_insert_with(|| names(users, *hasher));
        let key = key_into(username, buffer);
        let same = |&position: &u32| has_key(&users[position as usize].fields.username, key);
        table.find(hasher.hash_one(key), same).map(|&position| &users[position as usize])
    }

    /// The user with the lowest id that has this e-mail address and is not `own`.
    pub(crate) fn other_with_email(&mut self, email: &str, own: Option<&User>) -> Option<&'a User> {
        let Self { users, hasher, buffer, .. } = self;
        let table = self.by_email.get_or_insert_with(|| emails(users, *hasher));
        let key = key_into(email, buffer);
        let sharers = table.find(hasher.hash_one(key), |sharers| has_email(users, sharers.first, key))?;
        [Some(sharers.first), sharers.second]
            .into_iter()
            .flatten()
            .map(|position| &users[position as usize])
            .find(|user| own.is_none_or(|own| own.user_id != user.user_id))
    }
}

fn names(users: &[User], hasher: &DefaultHashBuilder) -> HashTable<u32> {
    let mut buffer = String::new();
    let mut table = HashTable::with_capacity(users.len());
    for (position, user) in positions(users) {
        let key = key_into(&user.fields.username, &mut buffer);
        // The store allows a name once. Were it there twice, any answer is a user with that name.
        table.insert_unique(hasher.hash_one(key), position, |_| unreachable!("there is room for all"));
    }
    table
}

fn emails(users: &[User], hasher: &DefaultHashBuilder) -> HashTable<Sharers> {
    let mut buffer = String::new();
    let mut table = HashTable::with_capacity(users.len());
    for (position, user) in positions(users) {
        let Some(email) = &user.fields.email else { continue };
        let key = key_into(email, &mut buffer);
        let hash = hasher.hash_one(key);
        match table.find_mut(hash, |sharers: &Sharers| has_email(users, sharers.first, key)) {
            Some(sharers) => add_sharer(users, sharers, position),
            None => {
                let sharers = Sharers { first: position, second: None };
                table.insert_unique(hash, sharers, |_| unreachable!("there is room for all"));
            }
        }
    }
    table
}

/// Keeps the two with the lowest ids, so that the answer does not depend on the snapshot's order.
fn add_sharer(users: &[User], sharers: &mut Sharers, position: u32) {
    let id = |position: u32| users[position as usize].user_id;
    if id(position) < id(sharers.first) {
        sharers.second = Some(std::mem::replace(&mut sharers.first, position));
    } else if sharers.second.is_none_or(|second| id(position) < id(second)) {
        sharers.second = Some(position);
    }
}

fn has_email(users: &[User], position: u32, key: &str) -> bool {
    users[position as usize].fields.email.as_deref().is_some_and(|email| has_key(email, key))
}

fn positions(users: &[User]) -> impl Iterator<Item = (u32, &User)> {
    (0_u32..).zip(users)
}

fn entry_of(users: &[User], position: u32) -> Option<&str> {
    users[position as usize].link.as_ref().map(|link| link.external_id.as_str())
}
