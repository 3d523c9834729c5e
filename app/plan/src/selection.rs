//! Which rows and fields of a plan a person wants.

use identity::field::Field;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which rows and fields are picked. Kept as exceptions, so that a hundred thousand picked rows are a few bytes.
/// Rows that are no change are never picked, whatever a selection says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Whether rows are picked unless named in `rows`.
    pub all: bool,
    /// The rows for which it is the other way round.
    pub rows: BTreeSet<u32>,
    /// Fields that are not picked in any row that updates.
    pub unpicked_fields: BTreeSet<Field>,
    /// Parts that are not picked in single rows.
    pub unpicked: BTreeMap<u32, BTreeSet<Part>>,
}

/// A part of a row that can be left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The change of a field. The username of a new user cannot be left out.
    Field(Field),
    /// The roles that the row gives.
    Roles,
}

impl Default for Selection {
    /// Everything.
    fn default() -> Self {
        Self { all: true, rows: BTreeSet::new(), unpicked_fields: BTreeSet::new(), unpicked: BTreeMap::new() }
    }
}
