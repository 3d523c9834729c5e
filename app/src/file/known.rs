//! The records of a file, and the users that they may concern as far as the server was asked about them.

use crate::api::file::SnapshotKeys;
use identity::field::{Field, Patch};
use identity::id::UserId;
use identity::user::User;
use identity::username::UsernameKey;
use plan::{Record, Snapshot};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Everything that a plan of a file is computed from, but for what is decided beside it.
#[derive(Debug, Default)]
pub struct Known {
    /// One for each row of the file.
    records: Vec<Record>,
    fields: BTreeSet<Field>,
    snapshot: Snapshot,
    /// Where in the snapshot a user stands.
    places: HashMap<UserId, usize>,
    asked: HashSet<Key>,
}

/// Names are compared with names and addresses with addresses: a user is found by either, not by one for the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Name(UsernameKey),
    Email(UsernameKey),
}

/// A question to the server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unknown {
    /// What it is asked.
    pub keys: SnapshotKeys,
    /// What is known by its answer.
    known: Vec<Key>,
}

impl Unknown {
    /// How many names and addresses.
    pub fn len(&self) -> usize {
        self.known.len()
    }
}

impl Known {
    /// The records, of which only these fields are read, and nobody known yet.
    pub fn new(records: Vec<Record>, fields: BTreeSet<Field>) -> Self {
        Self { records, fields, ..Self::default() }
    }

    /// One for each row of the file.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The users of all that was learned.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Puts other records in the places of rows; those that stood there.
    pub fn exchange(&mut self, records: Vec<(u32, Record)>) -> Vec<(u32, Record)> {
        let mut before = Vec::with_capacity(records.len());
        for (row, record) in records {
            if let Some(place) = self.records.get_mut(row as usize) {
                before.push((row, std::mem::replace(place, record)));
            }
        }
        before
    }

    /// The names and addresses of records whose users are not known, at most so many and so many bytes at a time.
    pub fn unknown(&self, at_once: usize, bytes: usize) -> Vec<Unknown> {
        let mut questions: Vec<Unknown> = Vec::new();
        let mut found = HashSet::new();
        let (mut room, mut room_bytes) = (0, 0);
        for record in &self.records {
            for (text, key) in keys_of(record) {
                if self.asked.contains(&key) || !found.insert(key.clone()) {
                    continue;
                }
                if room == 0 || room_bytes < text.len() {
                    let keys = SnapshotKeys { fields: self.fields.clone(), ..SnapshotKeys::default() };
                    questions.push(Unknown { keys, known: vec![] });
                    (room, room_bytes) = (at_once, bytes);
                }
                room -= 1;
                room_bytes = room_bytes.saturating_sub(text.len());
                if let Some(Unknown { keys, known }) = questions.last_mut() {
                    let texts = if let Key::Name(_) = key { &mut keys.usernames } else { &mut keys.emails };
                    texts.push(text.to_owned());
                    known.push(key);
                }
            }
        }
        questions
    }

    /// Learns the answer to a question.
    pub fn learn(&mut self, question: Unknown, users: Vec<User>) {
        self.asked.extend(question.known);
        let known = &mut self.snapshot.users;
        for user in users {
            match self.places.entry(user.user_id) {
                // Found by another key before; what is newer counts.
                Entry::Occupied(place) => known[*place.get()] = user,
                Entry::Vacant(place) => {
                    place.insert(known.len());
                    known.push(user);
                }
            }
        }
    }
}

/// By what the users of a record are found.
fn keys_of(record: &Record) -> impl Iterator<Item = (&str, Key)> {
    let usernames = [record.fields.username.as_deref(), record.old_username.as_deref()];
    let email = if let Patch::Set(email) = &record.fields.email { Some(email.as_str()) } else { None };
    let names = usernames.into_iter().flatten().map(|name| (name, Key::Name(UsernameKey::of(name))));
    let emails = email.into_iter().map(|email| (email, Key::Email(UsernameKey::of(email))));
    names.chain(emails).filter(|(text, _)| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::planned::tests::record;

    fn known(records: Vec<Record>) -> Known {
        Known::new(records, BTreeSet::new())
    }

    #[test]
    fn names_and_addresses_are_asked_for_until_they_are_answered_and_never_again() {
        let mut known = known(vec![record("Ann", "ann@a.example"), record("ann", ""), record("ben", "ann@a.example")]);
        let asked = known.unknown(100, 10_000);
        assert_eq!(asked.len(), 1);
        assert_eq!(
            (&*asked[0].keys.usernames, &*asked[0].keys.emails),
            (&["Ann", "ben"].map(str::to_owned)[..], &["ann@a.example".to_owned()][..])
        );
        assert_eq!(known.unknown(100, 10_000), asked, "nobody answered");
        known.learn(asked[0].clone(), vec![]);
        assert_eq!(known.unknown(100, 10_000), []);
        known.exchange(vec![(1, record("dora", ""))]);
        assert_eq!(known.unknown(100, 10_000)[0].keys.usernames, ["dora"]);
    }

    #[test]
    fn a_name_that_is_also_an_address_is_asked_for_as_both() {
        let known = known(vec![record("ann@a.example", "ann@a.example")]);
        let asked = known.unknown(100, 10_000);
        assert_eq!((asked.len(), asked[0].len()), (1, 2));
        assert_eq!(asked[0].keys.usernames, asked[0].keys.emails);
    }

    #[test]
    fn a_request_holds_so_many_keys_and_so_many_bytes() {
        let known = known((0..10).map(|n| record(&format!("{n}{}", "x".repeat(99)), "")).collect());
        let lengths =
            |at_once, bytes| -> Vec<usize> { known.unknown(at_once, bytes).iter().map(Unknown::len).collect() };
        assert_eq!(lengths(4, 10_000), [4, 4, 2]);
        assert_eq!(lengths(100, 300), [3, 3, 3, 1]);
        assert_eq!(lengths(100, 50), [1; 10], "one that is too long by itself is alone");
    }
}
