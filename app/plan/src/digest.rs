//! The name of a plan by its content.

use crate::change::{FieldChange, Mark};
use crate::input::EntryRef;
use crate::issue::Issue;
use crate::row::{Action, Reason, Row};
use identity::field::Value;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// SHA-256 over the rows of a plan, as lower-case hexadecimal: two plans with the same digest do the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(pub String);

impl Digest {
    /// The digest of a plan with these rows.
    pub fn of(rows: &[Row]) -> Self {
        let mut digester = Digester::default();
        rows.iter().for_each(|row| digester.add(row));
        digester.finish()
    }

    /// As text.
    pub(crate) fn from_hash(hash: Sha256) -> Self {
        let bytes: [u8; 32] = hash.finalize().into();
        let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("half a byte is a hexadecimal digit");
        Self(bytes.into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
    }
}

/// How many bytes are gathered before they are hashed.
const PIECE: usize = 16 * 1024;

/// Computes a digest row by row. Numbers are written as LEB128, texts and lists after their length and choices as one
/// byte, so that no two different plans are written alike.
#[derive(Debug)]
pub(crate) struct Digester {
    hash: Sha256,
    piece: Vec<u8>,
}

impl Default for Digester {
    fn default() -> Self {
        let mut hash = Sha256::new();
        // The form of what follows. Another form must not give the digest of this one by chance.
        hash.update(b"muster plan 2\n");
        Self { hash, piece: Vec::with_capacity(PIECE + 1024) }
    }
}

impl Digester {
    /// Adds the next row.
    pub(crate) fn add(&mut self, row: &Row) {
        // Destructured so that a new part of a row does not compile until the digest decides about it.
        let Row {
            // Rows are numbered in their order.
            row: _,
            // Where it stands is not what it does.
            line: _,
            username,
            name,
            entry,
            action,
            fields,
            unchanged_fields: _,
            add_roles,
            remove_roles,
            add_groups,
            remove_groups,
            moved_from,
            reason,
            issues,
        } = row;
        match action {
            Action::Create => self.piece.push(0),
            Action::Update { user_id, version } => self.user(1, user_id.0, *version),
            Action::Link { user_id, version } => self.user(2, user_id.0, *version),
            Action::Unchanged { user_id, version } => self.user(3, user_id.0, *version),
            Action::Skip { user_id } => self.user(4, user_id.0, 0),
            Action::Block => self.piece.push(5),
        }
        self.list(issues, Self::issue);
        // What such a row shows is the user as it is, and version and number say that already. Most rows of most
        // plans are of this kind.
        if !matches!(action, Action::Unchanged { .. }) {
            self.text(username);
            self.text(name);
            self.option(entry.as_ref(), |this, EntryRef { external_id, dn }| {
                this.text(external_id.as_str());
                this.text(dn);
            });
            self.list(fields, Self::field);
            self.list(add_roles, |this, role| this.text(&role.text()));
            self.list(remove_roles, |this, role| this.text(&role.text()));
            self.list(add_groups, |this, group| this.text(group.as_str()));
            self.list(remove_groups, |this, group| this.text(group.as_str()));
            self.option(moved_from.as_ref(), |this, dn| this.text(dn));
            self.piece.push(match reason {
                Reason::Unknown => 0,
                Reason::ExternalId => 1,
                Reason::Username => 2,
                Reason::ChosenLink => 3,
                Reason::PolicyLink => 4,
                Reason::PolicySkip => 5,
                Reason::Blocked => 6,
                Reason::OldUsername => 7,
            });
        }
        if self.piece.len() >= PIECE {
            self.hash.update(&self.piece);
            self.piece.clear();
        }
    }

    /// The digest of all rows added.
    pub(crate) fn finish(mut self) -> Digest {
        self.hash.update(&self.piece);
        Digest::from_hash(self.hash)
    }

    fn field(&mut self, change: &FieldChange) {
        let FieldChange { field, before, after, mark } = change;
        self.text(&field.name());
        self.option(before.as_ref(), Self::value);
        self.option(after.as_ref(), Self::value);
        self.piece.push(match mark {
            None => 0,
            Some(Mark::CaseOnly) => 1,
            Some(Mark::SpaceOnly) => 2,
        });
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Flag(flag) => self.piece.extend([0, u8::from(*flag)]),
            Value::Text(text) => {
                self.piece.push(1);
                self.text(text);
            }
            Value::Many(values) => {
                self.piece.push(2);
                self.list(values, |this, value| this.text(value));
            }
        }
    }

    fn issue(&mut self, issue: &Issue) {
        match issue {
            Issue::MissingUsername => self.piece.push(0),
            Issue::IllegalUsername => self.piece.push(1),
            Issue::MissingExternalId { attribute } => self.named(2, attribute),
            Issue::InternalUserExists { user_id } => self.user(3, user_id.0, 0),
            Issue::LinkedElsewhere { user_id } => self.user(4, user_id.0, 0),
            Issue::MatchesTwoUsers { user_id, other_id } => self.user(5, user_id.0, other_id.0),
            Issue::DuplicateRow { row, line: _ } => self.user(6, i64::from(*row), 0),
            Issue::NotText { attribute } => self.named(7, attribute),
            Issue::NotFlag { attribute } => self.named(8, attribute),
            Issue::TooLong { field } => self.named(9, &field.name()),
            Issue::LastAdministrator => self.piece.push(10),
            Issue::ActingUser => self.piece.push(11),
            Issue::SameEmail { user_id, username } => {
                self.user(12, user_id.0, 0);
                self.text(username);
            }
            Issue::UnknownRole { role } => self.named(13, role),
            Issue::UnknownGroup { group } => self.named(14, group),
            Issue::MayNotGrant { role } => self.named(15, role.as_str()),
            Issue::OwnedByDirectory { field } => self.named(16, &field.name()),
            Issue::UnknownOldName { username } => self.named(17, username),
            Issue::HasPassword { column } => self.named(18, column),
            Issue::NotSplit { column } => self.named(19, column),
            Issue::BeyondAuthor { role } => self.named(20, role.as_str()),
            Issue::IllegalScope { role } => self.named(21, role),
            Issue::Misshapen { field } => self.named(22, &field.name()),
        }
    }

    fn user(&mut self, choice: u8, number: i64, version: i64) {
        self.piece.push(choice);
        self.number(number.cast_unsigned());
        self.number(version.cast_unsigned());
    }

    fn named(&mut self, choice: u8, name: &str) {
        self.piece.push(choice);
        self.text(name);
    }

    fn option<T: ?Sized>(&mut self, value: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.piece.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(items.len() as u64);
        for item in items {
            write(self, item);
        }
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.piece.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, mut number: u64) {
        while number > 127 {
            self.piece.push((number as u8) | 128);
            number >>= 7;
        }
        self.piece.push(number as u8);
    }
}
