//! Records in, rows out.

use crate::correlation::{Match, correlate};
use crate::diff::{Difference, creation, difference, set_text};
use crate::digest::Digester;
use crate::guard::Tally;
use crate::index::Index;
use crate::input::{EntryRef, PlanInput, Policy, Record, Snapshot};
use crate::issue::Issue;
use crate::row::{Action, Reason, Row};
use crate::seen::Seen;
use crate::summary::{Counts, Summary};
use crate::text::{key_into, shown};
use hashbrown::DefaultHashBuilder;
use identity::field::Field;
use identity::role::RoleCode;
use identity::user::{User, shown_name};
use identity::username;
use serde::{Deserialize, Serialize};
use std::hash::BuildHasher;

/// A whole plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// One row a record, in their order.
    pub rows: Vec<Row>,
    /// The same in numbers.
    pub summary: Summary,
}

/// Plans everything at once.
pub fn plan(input: PlanInput<'_>) -> Plan {
    let PlanInput { records, snapshot, policy } = input;
    let mut planner = Planner::new(policy.clone());
    let rows = planner.page(records, snapshot);
    Plan { rows, summary: planner.finish() }
}

/// Plans a source page by page. The rows do not depend on where the pages end, as long as the snapshot of each page
/// holds the users that its records concern. Of the pages behind it, it keeps usernames, external ids and numbers.
#[derive(Debug)]
pub struct Planner {
    policy: Policy,
    hasher: DefaultHashBuilder,
    names: Seen,
    entries: Seen,
    next_row: u32,
    counts: Counts,
    tally: Tally,
    digester: Digester,
    buffer: String,
}

impl Planner {
    /// Before the first page.
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            hasher: DefaultHashBuilder::default(),
            names: Seen::default(),
            entries: Seen::default(),
            next_row: 0,
            counts: Counts::default(),
            tally: Tally::default(),
            digester: Digester::default(),
            buffer: String::new(),
        }
    }

    /// The rows of the next page of records, one each.
    pub fn page(&mut self, records: &[Record], snapshot: &Snapshot) -> Vec<Row> {
        let hasher = self.hasher.clone();
        let index = Index::new(snapshot, self.policy.directory_id, &hasher);
        self.names.reserve(records.len(), |name| hasher.hash_one(name));
        self.entries.reserve(records.len(), |name| hasher.hash_one(name));
        records.iter().map(|record| self.row(record, &index)).collect()
    }

    /// The numbers, after the last page.
    pub fn finish(self) -> Summary {
        Summary { counts: self.counts, guards: self.tally.guards(self.counts.rows()), digest: self.digester.finish() }
    }

    fn row(&mut self, record: &Record, index: &Index<'_>) -> Row {
        let row = self.next_row;
        self.next_row += 1;
        let (row, linked) = self.planned(row, record, index);
        self.counts.add(row.kind(), row.has_warning());
        self.tally.add(&row, linked, &self.policy.administrator_roles);
        self.digester.add(&row);
        row
    }

    /// The row of a record, and the internal user whom it links.
    fn planned<'a>(&mut self, row: u32, record: &Record, index: &Index<'a>) -> (Row, Option<&'a User>) {
        let mut issues = record.issues.clone();
        // The rows of a file belong to no entry, whatever they say.
        let entry = record.entry.as_ref().filter(|_| self.policy.directory_id.is_some());
        let entry = entry.map(|entry| (entry, self.hasher.hash_one(entry.external_id.as_str())));
        let username = self.legal_username(record, &mut issues);
        self.look_behind(row, entry, username, &mut issues);
        if self.policy.directory_id.is_some()
            && entry.is_none()
            && !issues.iter().any(|issue| matches!(issue, Issue::MissingExternalId { .. }))
        {
            issues.push(Issue::MissingExternalId { attribute: String::new() });
        }
        let username = username.filter(|_| !issues.iter().any(Issue::blocks));
        let Some(username) = username else { return (blocked(row, record, entry, issues), None) };
        match correlate(entry, username, &self.policy, index, &self.hasher, &mut self.buffer) {
            Match::Nobody => (self.created(row, record, username, entry, issues, index), None),
            Match::User(user, reason) => {
                let linked = Some(user).filter(|user| entry.is_some() && user.link.is_none());
                (self.changed(row, record, user, reason, entry, issues, index), linked)
            }
            Match::Left(user) => {
                let action = Action::Skip { user_id: user.user_id };
                let left = stored_row(row, user, entry, action, Reason::PolicySkip, issues);
                (left, None)
            }
            Match::Blocked(issue) => {
                issues.push(issue);
                (blocked(row, record, entry, issues), None)
            }
        }
    }

    /// The username, if it can be one.
    fn legal_username<'r>(&self, record: &'r Record, issues: &mut Vec<Issue>) -> Option<&'r str> {
        match username::check(record.fields.username.as_deref().unwrap_or_default()) {
            Ok(username) => return Some(username),
            Err(username::UsernameError::Empty) => issues.push(Issue::MissingUsername),
            Err(_) => issues.push(Issue::IllegalUsername),
        }
        None
    }

    /// Whether an earlier row has the same entry or name. It counts whatever became of that row: which of the two is
    /// meant is for the source to say.
    fn look_behind(
        &mut self,
        row: u32,
        entry: Option<(&EntryRef, u64)>,
        username: Option<&str>,
        issues: &mut Vec<Issue>,
    ) {
        let hasher = &self.hasher;
        let hash = |name: &str| hasher.hash_one(name);
        let of_entry =
            entry.and_then(|(entry, own_hash)| self.entries.add(entry.external_id.as_str(), row, own_hash, hash));
        let of_name = username.and_then(|username| {
            let key = key_into(username, &mut self.buffer);
            self.names.add(key, row, hash(key), hash)
        });
        issues.extend(of_entry.or(of_name).map(|row| Issue::DuplicateRow { row }));
    }

    fn created(
        &mut self,
        row: u32,
        record: &Record,
        username: &str,
        entry: Option<(&EntryRef, u64)>,
        mut issues: Vec<Issue>,
        index: &Index<'_>,
    ) -> Row {
        let fields = &record.fields;
        if let Some(email) = set_text(&fields.email) {
            issues.extend(self.same_email(email, None, index));
        }
        let name = shown_name(
            username,
            set_text(&fields.display_name),
            set_text(&fields.first_name),
            set_text(&fields.last_name),
        );
        Row {
            row,
            username: username.to_owned(),
            name,
            entry: entry.map(|(entry, _)| entry.clone()),
            action: Action::Create,
            fields: creation(fields),
            unchanged_fields: 0,
            add_roles: self.policy.roles.iter().cloned().collect(),
            moved_from: None,
            reason: Reason::Unknown,
            issues,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one row in the making; a struct for them would be used once")]
    fn changed(
        &mut self,
        row: u32,
        record: &Record,
        user: &User,
        reason: Reason,
        entry: Option<(&EntryRef, u64)>,
        mut issues: Vec<Issue>,
        index: &Index<'_>,
    ) -> Row {
        let Difference { fields, unchanged } = difference(&record.fields, &user.fields);
        let add_roles = self.missing_roles(user);
        let User { user_id, version, .. } = *user;
        let (entry_ref, link) = (entry.map(|(entry, _)| entry), user.link.as_ref());
        let moved_from =
            link.zip(entry_ref).filter(|(link, entry)| link.dn != entry.dn).map(|(link, _)| link.dn.clone());
        let action = if entry.is_some() && link.is_none() {
            Action::Link { user_id, version }
        } else if fields.is_empty() && add_roles.is_empty() && moved_from.is_none() {
            Action::Unchanged { user_id, version }
        } else {
            Action::Update { user_id, version }
        };
        let mut planned = stored_row(row, user, entry, action, reason, vec![]);
        if !fields.is_empty() {
            (planned.username, planned.name) = names_after(record, user);
            if fields.iter().any(|change| change.field == Field::Email)
                && let Some(email) = set_text(&record.fields.email)
            {
                issues.extend(self.same_email(email, Some(user), index));
            }
        }
        planned.fields = fields;
        if planned.disables() {
            issues.extend((user_id == self.policy.acting_user).then_some(Issue::ActingUser));
            issues.extend((Some(user_id) == self.policy.last_administrator).then_some(Issue::LastAdministrator));
        }
        if issues.iter().any(Issue::blocks) {
            return blocked(row, record, entry, issues);
        }
        Row { unchanged_fields: unchanged, add_roles, moved_from, issues, ..planned }
    }

    fn missing_roles(&self, user: &User) -> Vec<RoleCode> {
        if self.policy.roles_to_existing {
            self.policy.roles.difference(&user.roles).cloned().collect()
        } else {
            vec![]
        }
    }

    /// Asked only where a row gives somebody an address: to say it of rows without a change would not help anyone.
    fn same_email(&mut self, email: &str, own: Option<&User>, index: &Index<'_>) -> Option<Issue> {
        let other = index.other_with_email(email, own, &mut self.buffer)?;
        Some(Issue::SameEmail { user_id: other.user_id, username: other.fields.username.clone() })
    }
}

/// A row that shows a user as it is stored.
fn stored_row(
    row: u32,
    user: &User,
    entry: Option<(&EntryRef, u64)>,
    action: Action,
    reason: Reason,
    issues: Vec<Issue>,
) -> Row {
    Row {
        row,
        username: user.fields.username.clone(),
        name: user.fields.shown_name(),
        entry: entry.map(|(entry, _)| entry.clone()),
        action,
        fields: vec![],
        unchanged_fields: 0,
        add_roles: vec![],
        moved_from: None,
        reason,
        issues,
    }
}

/// A row that cannot be applied shows what the source has, as far as it can be shown.
fn blocked(row: u32, record: &Record, entry: Option<(&EntryRef, u64)>, issues: Vec<Issue>) -> Row {
    let fields = &record.fields;
    let username = shown(fields.username.as_deref().unwrap_or_default(), username::MAX_LENGTH);
    let [display, first, last] = [&fields.display_name, &fields.first_name, &fields.last_name].map(set_text);
    let name = shown(&shown_name(&username, display, first, last), username::MAX_LENGTH);
    Row {
        row,
        username,
        name,
        entry: entry.map(|(entry, _)| entry.clone()),
        action: Action::Block,
        fields: vec![],
        unchanged_fields: 0,
        add_roles: vec![],
        moved_from: None,
        reason: Reason::Blocked,
        issues,
    }
}

/// Username and shown name of a user after everything that a record says of it.
fn names_after(record: &Record, user: &User) -> (String, String) {
    use identity::field::Patch;
    fn after<'a>(patch: &'a Patch<String>, stored: &'a Option<String>) -> Option<&'a str> {
        if matches!(patch, Patch::Keep) { stored.as_deref() } else { set_text(patch) }
    }
    let (patch, stored) = (&record.fields, &user.fields);
    let username = patch.username.as_deref().map_or(stored.username.as_str(), str::trim);
    let display = after(&patch.display_name, &stored.display_name);
    let first = after(&patch.first_name, &stored.first_name);
    let last = after(&patch.last_name, &stored.last_name);
    (username.to_owned(), shown_name(username, display, first, last))
}
