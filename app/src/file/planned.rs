//! The plan of a file, and what the review asks of it.

use crate::api::file::SnapshotKeys;
use crate::api::plan::{PlanLine, PlanRowQuery, letter};
use crate::components::grid::Block;
use crate::file::messages::Alike;
use crate::pages::review::issue::issue_text;
use identity::field::{Field, Patch};
use identity::id::UserId;
use identity::matching::fold;
use identity::user::User;
use identity::username::UsernameKey;
use plan::plan_without_digest;
use plan::{Counts, Digest, Part, Plan, PlanInput, Policy, Record, Row, Selection, Snapshot, Summary};
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Different things that several rows have wrong and that are told.
const ALIKE: usize = 8;

/// A plan with everything that it was computed from.
#[derive(Debug)]
pub struct Planned {
    /// One for each row of the file.
    records: Vec<Record>,
    policy: Policy,
    fields: BTreeSet<Field>,
    snapshot: Snapshot,
    /// Where in the snapshot a user stands.
    places: HashMap<UserId, usize>,
    asked: HashSet<UsernameKey>,
    plan: Plan,
}

impl Planned {
    /// Nothing planned yet: first the users of [`Planned::unknown_keys`], then [`Planned::plan`].
    pub fn new(records: Vec<Record>, policy: Policy, fields: BTreeSet<Field>) -> Self {
        let snapshot = Snapshot::default();
        let plan = plan_without_digest(PlanInput { records: &[], snapshot: &snapshot, policy: &policy });
        Self { records, policy, fields, snapshot, places: HashMap::new(), asked: HashSet::new(), plan }
    }

    /// Puts other records in the places of rows; those that stood there. Nothing is planned by that.
    pub fn exchange(&mut self, records: Vec<(u32, Record)>) -> Vec<(u32, Record)> {
        let mut before = Vec::with_capacity(records.len());
        for (row, record) in records {
            if let Some(place) = self.records.get_mut(row as usize) {
                before.push((row, std::mem::replace(place, record)));
            }
        }
        before
    }

    /// The names and addresses of records whose users are not known yet, at most so many and so many bytes at a time.
    pub fn unknown_keys(&self, at_once: usize, bytes: usize) -> Vec<SnapshotKeys> {
        let mut pages: Vec<SnapshotKeys> = Vec::new();
        let mut found = HashSet::new();
        let (mut room, mut room_bytes) = (0, 0);
        for record in &self.records {
            let usernames = [record.fields.username.as_deref(), record.old_username.as_deref()];
            let email = if let Patch::Set(email) = &record.fields.email { Some(email.as_str()) } else { None };
            let texts = usernames.into_iter().map(|name| (name, true)).chain([(email, false)]);
            for (text, is_name) in texts.filter_map(|(text, is_name)| Some((text?, is_name))) {
                // A name and an address that are the same text are both asked for by either.
                let key = key(text, is_name);
                if text.trim().is_empty() || self.asked.contains(&key) || !found.insert(key) {
                    continue;
                }
                if room == 0 || room_bytes < text.len() {
                    pages.push(SnapshotKeys { fields: self.fields.clone(), ..SnapshotKeys::default() });
                    (room, room_bytes) = (at_once, bytes);
                }
                room -= 1;
                room_bytes = room_bytes.saturating_sub(text.len());
                if let Some(page) = pages.last_mut() {
                    if is_name { &mut page.usernames } else { &mut page.emails }.push(text.to_owned());
                }
            }
        }
        pages
    }

    /// Learns which users have these names and addresses.
    pub fn learn(&mut self, keys: &SnapshotKeys, users: Vec<User>) {
        self.asked.extend(keys.usernames.iter().map(|username| key(username, true)));
        self.asked.extend(keys.emails.iter().map(|email| key(email, false)));
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

    /// Plans all records.
    pub fn plan(&mut self) {
        self.plan = self.plan_of(&self.records);
    }

    fn plan_of(&self, records: &[Record]) -> Plan {
        plan_without_digest(PlanInput { records, snapshot: &self.snapshot, policy: &self.policy })
    }

    /// The plan in numbers, without its digest: see [`Planned::digest`].
    pub fn summary(&self) -> Summary {
        self.plan.summary.clone()
    }

    /// What is wrong with several rows alike, the most frequent first: among thousands of rows it is mostly one thing.
    pub fn alike(&self) -> Vec<Alike> {
        let mut rows: BTreeMap<(String, bool), u32> = BTreeMap::new();
        for row in &self.plan.rows {
            let says: BTreeSet<(String, bool)> =
                row.issues.iter().map(|issue| (issue_text(issue, true), issue.blocks())).collect();
            says.into_iter().for_each(|says| *rows.entry(says).or_default() += 1);
        }
        let alike = rows.into_iter().filter(|(_, rows)| *rows > 1);
        let mut alike: Vec<Alike> = alike.map(|((says, blocks), rows)| Alike { says, blocks, rows }).collect();
        alike.sort_by_key(|alike| Reverse(alike.rows));
        alike.truncate(ALIKE);
        alike
    }

    /// Every row of the plan.
    pub fn all_rows(&self) -> &[Row] {
        &self.plan.rows
    }

    /// A part of the rows that a query lists.
    pub fn rows(&self, query: &PlanRowQuery) -> Block<PlanLine> {
        let text = fold(&query.text);
        let listed: Vec<&Row> = self.plan.rows.iter().filter(|row| lists(query, &text, row)).collect();
        let part = listed.iter().skip(query.offset as usize).take(query.limit.clamp(1, 1000) as usize);
        Block {
            total: u32::try_from(listed.len()).unwrap_or(u32::MAX),
            items: part.map(|row| PlanLine { row: (*row).clone(), stale: false }).collect(),
        }
    }

    /// The numbers of the rows that a query lists.
    pub fn numbers(&self, query: &PlanRowQuery) -> Vec<u32> {
        let text = fold(&query.text);
        self.plan.rows.iter().filter(|row| lists(query, &text, row)).map(|row| row.row).collect()
    }

    /// The kind of every row.
    pub fn outline(&self) -> String {
        self.plan.rows.iter().map(|row| letter(row.kind())).collect()
    }

    /// What a selection picks.
    pub fn count(&self, selection: &Selection) -> Counts {
        let mut counts = Counts::default();
        for row in self.plan.rows.iter().filter(|row| selection.picks(row)) {
            counts.add(row.kind(), row.has_warning());
        }
        counts
    }

    /// The records of the picked rows, and what was picked of them by their places among those.
    pub fn picked(&self, selection: &Selection) -> Picked<'_> {
        let mut picked = Selection { unpicked_fields: selection.unpicked_fields.clone(), ..Selection::default() };
        let mut records = Vec::new();
        for row in self.plan.rows.iter().filter(|row| selection.picks(row)) {
            let place = u32::try_from(records.len()).unwrap_or(u32::MAX);
            if let Some(parts) = selection.parts.get(&row.row) {
                let parts: BTreeSet<Part> = parts.clone();
                picked.parts.insert(place, parts);
            }
            records.extend(self.records.get(row.row as usize));
        }
        Picked { records, selection: picked }
    }

    /// The digest of a plan of these records alone.
    pub fn digest(&self, picked: &Picked<'_>) -> Digest {
        if picked.records.len() == self.records.len() {
            return Digest::of(&self.plan.rows);
        }
        let records: Vec<Record> = picked.records.iter().copied().cloned().collect();
        Digest::of(&self.plan_of(&records).rows)
    }
}

/// What goes up.
#[derive(Debug)]
pub struct Picked<'p> {
    /// The records of the picked rows, in their order.
    pub records: Vec<&'p Record>,
    /// What was picked of them.
    pub selection: Selection,
}

fn key(text: &str, is_name: bool) -> UsernameKey {
    // Addresses have keys of their own: a user is found by a name or by an address, not by either.
    if is_name { UsernameKey::of(text) } else { UsernameKey::of(&format!("\u{0}{text}")) }
}

fn lists(query: &PlanRowQuery, text: &str, row: &Row) -> bool {
    let PlanRowQuery { kind, warnings, stale, text: _, offset: _, limit: _ } = query;
    kind.is_none_or(|kind| kind == row.kind())
        && (!warnings || row.has_warning())
        && !stale
        && (text.is_empty()
            || fold(&row.username).contains(text)
            || fold(&row.name).contains(text)
            || row.issues.iter().any(|issue| fold(&issue_text(issue, true)).contains(text)))
}

#[cfg(test)]
mod tests;
