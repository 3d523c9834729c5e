//! Records in, rows out.

use crate::assignment::{KnownGroups, Wanted, refusals};
use crate::change::FieldChange;
use crate::correlation::{Candidates, Match};
use crate::diff::{Difference, creation, difference, set_text};
use crate::digest::{Digest, Digester};
use crate::guard::Tally;
use crate::index::Index;
use crate::input::{EntryRef, PlanInput, Policy, Record, Snapshot};
use crate::issue::Issue;
use crate::row::{Action, Reason, Row};
use crate::seen::Seen;
use crate::sign_in;
use crate::summary::{Counts, Summary};
use crate::text::same_name;
use hashbrown::DefaultHashBuilder;
use identity::assignment::Assignment;
use identity::dn::Dn;
use identity::field::{Field, Value};
use identity::user::User;
use identity::username::{self, UsernameError};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

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

/// The same with a blank digest, which takes much of the time: [`Digest::of`] makes it for whoever needs it later.
pub fn plan_without_digest(input: PlanInput<'_>) -> Plan {
    let PlanInput { records, snapshot, policy } = input;
    let mut planner = Planner { digester: None, ..Planner::new(policy.clone()) };
    let rows = planner.page(records, snapshot);
    Plan { rows, summary: planner.finish() }
}

/// Plans a source page by page. The rows do not depend on where the pages end, as long as the snapshot of each page
/// holds the users that its records concern. Of the pages behind it, it keeps the numbers of the users met, usernames
/// and external ids that no user has, and counts.
#[derive(Debug)]
pub struct Planner {
    policy: Policy,
    groups: KnownGroups,
    hasher: DefaultHashBuilder,
    seen: Seen,
    next_row: u32,
    /// The numbers of the rows in the file so far; none for directories.
    lines: Vec<u32>,
    counts: Counts,
    tally: Tally,
    fields: BTreeSet<Field>,
    digester: Option<Digester>,
    buffer: String,
}

/// A record that can be planned.
struct Said<'r> {
    record: &'r Record,
    username: &'r str,
    entry: Option<&'r EntryRef>,
    wanted: Wanted,
}

impl Planner {
    /// Before the first page.
    pub fn new(policy: Policy) -> Self {
        Self {
            groups: KnownGroups::of(&policy),
            policy,
            hasher: DefaultHashBuilder::default(),
            seen: Seen::default(),
            next_row: 0,
            lines: Vec::new(),
            counts: Counts::default(),
            tally: Tally::default(),
            fields: BTreeSet::new(),
            digester: Some(Digester::default()),
            buffer: String::new(),
        }
    }

    /// The rows of the next page of records, one each.
    pub fn page(&mut self, records: &[Record], snapshot: &Snapshot) -> Vec<Row> {
        let hasher = self.hasher.clone();
        let mut index = Index::new(snapshot, self.policy.directory_id, &hasher);
        self.seen.reserve(records.len(), &hasher);
        records.iter().map(|record| self.row(record, &mut index)).collect()
    }

    /// The numbers, after the last page.
    pub fn finish(self) -> Summary {
        let Self { counts, tally, fields, digester, .. } = self;
        let digest = digester.map_or_else(|| Digest(String::new()), Digester::finish);
        Summary { counts, guards: tally.guards(counts.rows()), fields, digest }
    }

    fn row(&mut self, record: &Record, index: &mut Index<'_, '_>) -> Row {
        // The rows of a file belong to no entry, whatever they say.
        let entry = record.entry.as_ref().filter(|_| self.policy.directory_id.is_some());
        let mut issues = record.issues.clone();
        let username = legal_username(record, &mut issues);
        let renames =
            |old: &&str| self.policy.directory_id.is_none() && username.is_none_or(|new| !same_name(old, new));
        let old_username = record.old_username.as_deref().filter(renames);
        let candidates = Candidates::find(entry, old_username, username, index);
        issues.extend(candidates.unknown_old_name(old_username));
        // An earlier row counts whatever became of it: which of the two is meant is for the source to say.
        let entry_text = entry.map(|entry| entry.external_id.as_str());
        let names = (username, old_username);
        let earlier = self.seen.add(self.next_row, entry_text, names, candidates, &self.hasher, &mut self.buffer);
        issues.extend(earlier.map(|row| Issue::DuplicateRow { row, line: self.lines.get(row as usize).copied() }));
        let lacks_entry = self.policy.directory_id.is_some() && entry.is_none();
        if lacks_entry && !issues.iter().any(|issue| matches!(issue, Issue::MissingExternalId { .. })) {
            issues.push(Issue::MissingExternalId { attribute: String::new() });
        }
        let row = match username.filter(|_| !issues.iter().any(Issue::blocks)) {
            None => Row::blocked(self.next_row, record, entry, issues),
            Some(username) => {
                let wanted = Wanted::of(record, &self.policy, &self.groups, &mut issues);
                self.matched(Said { record, username, entry, wanted }, candidates, issues, index)
            }
        };
        self.next_row += 1;
        self.lines.extend(record.line);
        self.counts.add(row.kind(), row.has_warning());
        self.tally.add(&row, candidates.by_name, &self.policy.administrator_roles);
        self.note_fields(&row);
        if let Some(digester) = &mut self.digester {
            digester.add(&row);
        }
        row
    }

    fn note_fields(&mut self, row: &Row) {
        if row.action == Action::Create {
            return;
        }
        for change in &row.fields {
            // Mostly there: nothing is copied then.
            if !self.fields.contains(&change.field) {
                self.fields.insert(change.field.clone());
            }
        }
    }

    fn matched(
        &self,
        said: Said<'_>,
        candidates: Candidates<'_>,
        mut issues: Vec<Issue>,
        index: &mut Index<'_, '_>,
    ) -> Row {
        let Said { record, entry, .. } = said;
        match candidates.decide(entry, &self.policy) {
            _ if issues.iter().any(Issue::blocks) => Row::blocked(self.next_row, record, entry, issues),
            Match::Nobody => self.created(said, issues, index),
            Match::User(user, reason) => self.changed(said, user, reason, issues, index),
            Match::Left(user) => {
                let action = Action::Skip { user_id: user.user_id };
                Row { issues, ..Row::stored(self.next_row, record, user, entry, action, Reason::PolicySkip) }
            }
            Match::Blocked(issue) => {
                issues.push(issue);
                Row::blocked(self.next_row, record, entry, issues)
            }
        }
    }

    fn created(&self, said: Said<'_>, mut issues: Vec<Issue>, index: &mut Index<'_, '_>) -> Row {
        let Said { record, username, entry, wanted } = said;
        let mut row = Row {
            fields: creation(&record.fields),
            add_roles: self.policy.roles.iter().cloned().collect(),
            ..Row::created(self.next_row, record, username, entry)
        };
        issues.extend(misshapen(&row.fields));
        issues.extend(same_email(record, None, index));
        wanted.give(&mut row);
        issues.extend(refusals(&row, None, &self.policy));
        if issues.iter().any(Issue::blocks) {
            return Row::blocked(self.next_row, record, entry, issues);
        }
        Row { issues, ..row }
    }

    fn changed(
        &self,
        said: Said<'_>,
        user: &User,
        reason: Reason,
        mut issues: Vec<Issue>,
        index: &mut Index<'_, '_>,
    ) -> Row {
        let Said { record, entry, wanted, username: _ } = said;
        let record = &*self.unowned(record, user, &mut issues);
        let Difference { fields, unchanged } = difference(&record.fields, &user.fields);
        let User { user_id, version, .. } = *user;
        let moved = user.link.as_ref().zip(entry).filter(|(link, entry)| !same_dn(&link.dn, &entry.dn));
        let mut row = Row::stored(self.next_row, record, user, entry, Action::Update { user_id, version }, reason);
        row.unchanged_fields = unchanged;
        row.add_roles = self.missing_roles(user);
        wanted.compare(user, &self.policy, &mut row);
        if entry.is_some() && user.link.is_none() {
            row.action = Action::Link { user_id, version };
        } else if fields.is_empty() && !row.assigns() && moved.is_none() {
            row.action = Action::Unchanged { user_id, version };
        }
        if row.assigns() {
            issues.extend(refusals(&row, Some(user), &self.policy));
        }
        if !fields.is_empty() {
            row.show_after(record, user);
            row.fields = fields;
            issues.extend(misshapen(&row.fields));
            if row.fields.iter().any(|change| change.field == Field::Email) {
                issues.extend(same_email(record, Some(user), index));
            }
            if row.disables() {
                issues.extend((user_id == self.policy.acting_user).then_some(Issue::ActingUser));
                issues.extend((Some(user_id) == self.policy.last_administrator).then_some(Issue::LastAdministrator));
            }
        }
        if sign_in::concerned(user, &row.fields, self.policy.directory_id) {
            let beyond = user.roles.iter().map(|has| &has.role).find(|role| self.policy.beyond.contains(*role));
            issues.extend(beyond.map(|role| Issue::BeyondAuthor { role: role.clone() }));
        }
        if issues.iter().any(Issue::blocks) {
            return Row::blocked(self.next_row, record, entry, issues);
        }
        row.moved_from = moved.map(|(link, _)| link.dn.clone());
        row.issues = issues;
        row
    }

    /// The record without what it says of fields that a directory owns in this user.
    fn unowned<'r>(&self, record: &'r Record, user: &User, issues: &mut Vec<Issue>) -> Cow<'r, Record> {
        let owner = user.link.as_ref().map(|link| link.directory_id);
        let owned = owner.and_then(|owner| self.policy.file.as_ref()?.owned.get(&owner));
        let Some(owned) = owned else { return Cow::Borrowed(record) };
        let mut record = Cow::Borrowed(record);
        for change in difference(&record.fields, &user.fields).fields {
            if owned.contains(&change.field) {
                record.to_mut().fields.forget(&change.field);
                issues.push(Issue::OwnedByDirectory { field: change.field });
            }
        }
        record
    }

    fn missing_roles(&self, user: &User) -> Vec<Assignment> {
        if self.policy.roles_to_existing {
            self.policy.roles.difference(&user.roles).cloned().collect()
        } else {
            vec![]
        }
    }
}

/// Whether two texts name the same entry, however each is spelled. Servers answer with what somebody typed years ago, in
/// capitals or with blanks, and another server of the same directory may answer otherwise.
fn same_dn(left: &str, right: &str) -> bool {
    let key = |text| Dn::parse(text).map(|dn| dn.key());
    left == right || matches!((key(left), key(right)), (Ok(left), Ok(right)) if left == right)
}

/// The username, if it can be one.
fn legal_username<'r>(record: &'r Record, issues: &mut Vec<Issue>) -> Option<&'r str> {
    match username::check(record.fields.username.as_deref().unwrap_or_default()) {
        Ok(username) => return Some(username),
        Err(UsernameError::Empty) => issues.push(Issue::MissingUsername),
        Err(UsernameError::TooLong | UsernameError::Control) => issues.push(Issue::IllegalUsername),
    }
    None
}

/// Asked of what a row changes: to say it of values that are there already would not help anyone.
fn misshapen(fields: &[FieldChange]) -> impl Iterator<Item = Issue> {
    let is_wrong = |change: &&FieldChange| match &change.after {
        Some(Value::Text(text)) => !change.field.fits(text),
        _ => false,
    };
    fields.iter().filter(is_wrong).map(|change| Issue::Misshapen { field: change.field.clone() })
}

/// Asked only where a row gives somebody an address.
fn same_email(record: &Record, own: Option<&User>, index: &mut Index<'_, '_>) -> Option<Issue> {
    let other = index.other_with_email(set_text(&record.fields.email)?, own)?;
    Some(Issue::SameEmail { user_id: other.user_id, username: other.fields.username.clone() })
}
