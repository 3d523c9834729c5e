//! Rows before anything is decided about them: whom they show.

use crate::diff::set_text;
use crate::input::{EntryRef, Record};
use crate::issue::Issue;
use crate::row::{Action, Reason, Row};
use crate::text::shown;
use identity::field::Patch;
use identity::user::{User, shown_name};
use identity::username;

impl Row {
    /// Shows a user as it is stored.
    pub(crate) fn stored(
        row: u32,
        record: &Record,
        user: &User,
        entry: Option<&EntryRef>,
        action: Action,
        reason: Reason,
    ) -> Self {
        Self {
            row,
            line: record.line,
            username: user.fields.username.clone(),
            name: user.fields.shown_name(),
            entry: entry.cloned(),
            action,
            fields: vec![],
            unchanged_fields: 0,
            add_roles: vec![],
            remove_roles: vec![],
            add_groups: vec![],
            remove_groups: vec![],
            moved_from: None,
            reason,
            issues: vec![],
        }
    }

    /// Shows a new user.
    pub(crate) fn created(row: u32, record: &Record, username: &str, entry: Option<&EntryRef>) -> Self {
        Self {
            row,
            line: record.line,
            username: username.to_owned(),
            name: name_in(record, username),
            entry: entry.cloned(),
            action: Action::Create,
            fields: vec![],
            unchanged_fields: 0,
            add_roles: vec![],
            remove_roles: vec![],
            add_groups: vec![],
            remove_groups: vec![],
            moved_from: None,
            reason: Reason::Unknown,
            issues: vec![],
        }
    }

    /// Shows what the source has, as far as it can be shown, and why it cannot be applied.
    pub(crate) fn blocked(row: u32, record: &Record, entry: Option<&EntryRef>, issues: Vec<Issue>) -> Self {
        let username = shown(record.fields.username.as_deref().unwrap_or_default(), username::MAX_LENGTH);
        let name = shown(&name_in(record, &username), username::MAX_LENGTH);
        let created = Self::created(row, record, "", entry);
        Self { username, name, action: Action::Block, reason: Reason::Blocked, issues, ..created }
    }

    /// Shows the user as it is after everything that a record says of it.
    pub(crate) fn show_after(&mut self, record: &Record, user: &User) {
        let (patch, stored) = (&record.fields, &user.fields);
        let username = patch.username.as_deref().map_or(stored.username.as_str(), str::trim);
        let display = after(&patch.display_name, &stored.display_name);
        let first = after(&patch.first_name, &stored.first_name);
        let last = after(&patch.last_name, &stored.last_name);
        self.name = shown_name(username, display, first, last);
        self.username = username.to_owned();
    }
}

fn name_in(record: &Record, username: &str) -> String {
    let fields = &record.fields;
    let [display, first, last] = [&fields.display_name, &fields.first_name, &fields.last_name].map(set_text);
    shown_name(username, display, first, last)
}

fn after<'a>(patch: &'a Patch<String>, stored: &'a Option<String>) -> Option<&'a str> {
    if matches!(patch, Patch::Keep) { stored.as_deref() } else { set_text(patch) }
}
