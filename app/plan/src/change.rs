//! The change of one field.

use identity::field::{Field, Value};
use serde::{Deserialize, Serialize};

/// One field, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// The value in the snapshot; `None` when it had none, and for new users.
    pub before: Option<Value>,
    /// The value afterwards; `None` clears.
    pub after: Option<Value>,
    /// What a reader could overlook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// What a reader could overlook in a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Only capitals and small letters differ.
    CaseOnly,
    /// Only white space differs.
    SpaceOnly,
}
