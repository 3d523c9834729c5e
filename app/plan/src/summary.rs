//! A plan in numbers.

use crate::digest::Digest;
use crate::guard::Guard;
use crate::row::Kind;
use identity::field::Field;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Rows by kind. Their sum is the number of rows; warnings are counted beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the kind of the same name")]
pub struct Counts {
    pub create: u32,
    pub update: u32,
    pub rename: u32,
    pub disable: u32,
    pub unchanged: u32,
    pub skipped: u32,
    pub blocked: u32,
    /// Rows with a warning, whatever their kind.
    pub warnings: u32,
}

impl Counts {
    /// The rows of a kind.
    pub fn of(&self, kind: Kind) -> u32 {
        match kind {
            Kind::Create => self.create,
            Kind::Update => self.update,
            Kind::Rename => self.rename,
            Kind::Disable => self.disable,
            Kind::Unchanged => self.unchanged,
            Kind::Skipped => self.skipped,
            Kind::Blocked => self.blocked,
        }
    }

    /// Counts one more row.
    pub fn add(&mut self, kind: Kind, warning: bool) {
        *match kind {
            Kind::Create => &mut self.create,
            Kind::Update => &mut self.update,
            Kind::Rename => &mut self.rename,
            Kind::Disable => &mut self.disable,
            Kind::Unchanged => &mut self.unchanged,
            Kind::Skipped => &mut self.skipped,
            Kind::Blocked => &mut self.blocked,
        } += 1;
        self.warnings += u32::from(warning);
    }

    /// All rows.
    pub fn rows(&self) -> u32 {
        Kind::ALL.into_iter().map(|kind| self.of(kind)).sum()
    }

    /// The rows that can be picked.
    pub fn changes(&self) -> u32 {
        Kind::ALL.into_iter().filter(|kind| kind.is_change()).map(|kind| self.of(kind)).sum()
    }
}

/// A plan without its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Rows by kind.
    pub counts: Counts,
    /// What a person must confirm before it is applied.
    pub guards: Vec<Guard>,
    /// The fields that change in rows that update: those that can be left out everywhere.
    #[serde(default)]
    pub fields: BTreeSet<Field>,
    /// Names the plan by its content.
    pub digest: Digest,
}
