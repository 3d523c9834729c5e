//! Groups and roles: what changes in them. They are few, so a file of them is planned and applied as a whole.

use serde::{Deserialize, Serialize};

/// A text of a group or a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// The name of a group.
    Name,
    /// What people call it.
    Label,
    /// What it is for.
    Description,
}

/// One text, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChange {
    /// Which.
    pub attribute: Attribute,
    /// `None`: it had none.
    pub before: Option<String>,
    /// `None`: it has none afterwards.
    pub after: Option<String>,
}

impl TextChange {
    /// The change, if it is one.
    pub fn of(attribute: Attribute, before: Option<&str>, after: Option<&str>) -> Option<Self> {
        let text = |text: Option<&str>| text.map(str::to_owned);
        (before != after).then(|| Self { attribute, before: text(before), after: text(after) })
    }
}

/// What became of a group or a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It was made.
    Created,
    /// It was changed.
    Changed,
    /// It was removed.
    Removed,
}

/// What is kept of a change of a group or a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectNote {
    /// What became of it.
    pub fate: Fate,
    /// Its texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<TextChange>,
    /// Permissions that a role gives since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added_permissions: Vec<String>,
    /// Permissions that it no longer gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed_permissions: Vec<String>,
}

impl ObjectNote {
    /// A note without anything in it.
    pub fn new(fate: Fate) -> Self {
        Self { fate, texts: vec![], added_permissions: vec![], removed_permissions: vec![] }
    }
}
