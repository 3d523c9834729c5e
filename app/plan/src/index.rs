//! The users of a snapshot, found by entry, by name and by e-mail address.

use crate::input::Snapshot;
use crate::text::{key_hash, same_name};
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use identity::external_id::ExternalId;
use identity::id::DirectoryId;
use identity::user::User;
use std::hash::BuildHasher;

/// Tables over a snapshot. They hold positions instead of texts; those of names and addresses are built when a page
/// first asks one of them, which a page without a change never does.
pub(crate) struct Index<'a, 'p> {
    users: &'a [User],
    hasher: &'p DefaultHashBuilder,
    by_entry: HashTable<u32>,
    people: Option<People>,
}

/// Built in one go, because reading the users costs more than the tables.
struct People {
    seed: u64,
    by_name: HashTable<u32>,
    by_email: HashTable<u32>,
    /// Of users with the same address, the one with the lowest id is in `by_email`, and here is the next one: enough
    /// to find one that is not a given user.
    next_with_email: HashMap<u32, u32>,
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
        Self { users, hasher, by_entry, people: None }
    }

    /// The user that is linked to this entry.
    pub(crate) fn by_entry(&self, external_id: &ExternalId) -> Option<&'a User> {
        let same = |&position: &u32| entry_of(self.users, position) == Some(external_id.as_str());
        let position = self.by_entry.find(self.hasher.hash_one(external_id.as_str()), same)?;
        Some(&self.users[*position as usize])
    }

    /// The user with this name.
    pub(crate) fn by_name(&mut self, username: &str) -> Option<&'a User> {
        let users = self.users;
        let people = self.people();
        let same = |&position: &u32| same_name(&users[position as usize].fields.username, username);
        people.by_name.find(key_hash(username, people.seed), same).map(|&position| &users[position as usize])
    }

    /// The user with the lowest id that has this e-mail address and is not `own`.
    pub(crate) fn other_with_email(&mut self, email: &str, own: Option<&User>) -> Option<&'a User> {
        let users = self.users;
        let people = self.people();
        let same = |&position: &u32| has_email(users, position, email);
        let first = people.by_email.find(key_hash(email, people.seed), same)?;
        [Some(first), people.next_with_email.get(first)]
            .into_iter()
            .flatten()
            .map(|&position| &users[position as usize])
            .find(|user| own.is_none_or(|own| own.user_id != user.user_id))
    }

    fn people(&mut self) -> &People {
        self.people.get_or_insert_with(|| People::of(self.users, self.hasher.hash_one(())))
    }
}

impl People {
    fn of(users: &[User], seed: u64) -> Self {
        let mut people = Self {
            seed,
            by_name: HashTable::with_capacity(users.len()),
            by_email: HashTable::with_capacity(users.len()),
            next_with_email: HashMap::new(),
        };
        for (position, user) in positions(users) {
            // The store allows a name once. Were it there twice, any answer is a user with that name.
            let hash = key_hash(&user.fields.username, seed);
            people.by_name.insert_unique(hash, position, |_| unreachable!("there is room for all"));
            if let Some(email) = &user.fields.email {
                people.add_email(users, position, email);
            }
        }
        people
    }

    /// Keeps the two with the lowest ids, so that the answer does not depend on the snapshot's order.
    fn add_email(&mut self, users: &[User], position: u32, email: &str) {
        let hash = key_hash(email, self.seed);
        let Some(first) = self.by_email.find_mut(hash, |&other| has_email(users, other, email)) else {
            self.by_email.insert_unique(hash, position, |_| unreachable!("there is room for all"));
            return;
        };
        let id = |position: u32| users[position as usize].user_id;
        if id(position) < id(*first) {
            self.next_with_email.remove(first);
            self.next_with_email.insert(position, *first);
            *first = position;
        } else if self.next_with_email.get(first).is_none_or(|next| id(position) < id(*next)) {
            self.next_with_email.insert(*first, position);
        }
    }
}

fn has_email(users: &[User], position: u32, email: &str) -> bool {
    users[position as usize].fields.email.as_deref().is_some_and(|other| same_name(other, email))
}

fn positions(users: &[User]) -> impl Iterator<Item = (u32, &User)> {
    (0_u32..).zip(users)
}

fn entry_of(users: &[User], position: u32) -> Option<&str> {
    users[position as usize].link.as_ref().map(|link| link.external_id.as_str())
}
