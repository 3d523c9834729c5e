//! Groups and roles: what changes in them. They are few, so a file of them is planned and applied as a whole.

pub mod group;
pub mod role;

use crate::digest::Digest;
use identity::field::Patch;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The longest description of a group or a role, in characters.
pub const MAX_DESCRIPTION: usize = 2000;

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

/// What is wrong with a record of a group or a role. Issues are data: the other records go on. Each blocks its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "issue", rename_all = "snake_case")]
pub enum ObjectIssue {
    /// There is neither a name nor a code.
    MissingName,
    /// The text cannot be the name of a group or the code of a role.
    IllegalName,
    /// An earlier record has the same name or code.
    DuplicateRow {
        /// That row.
        row: u32,
    },
    /// A text is too long, or has characters that cannot be stored.
    NotText {
        /// Which.
        attribute: Attribute,
    },
    /// The text cannot be the code of a permission.
    IllegalPermission {
        /// As the source writes it, cut.
        permission: String,
    },
    /// The author may neither give nor take this permission: nobody gives what they do not have.
    MayNotGive {
        /// The permission.
        permission: String,
    },
    /// The role of all rights is never changed by a file.
    AdministratorRole,
    /// A cell that is needed says nothing that can be understood: the error of a formula, values that cannot be told
    /// apart, a mark that is neither yes nor no.
    Unreadable {
        /// The column, by its header.
        column: String,
    },
}

/// How many records became what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ObjectCounts {
    /// New ones.
    pub create: u32,
    /// Those that change.
    pub update: u32,
    /// Those that are as the file says.
    pub unchanged: u32,
    /// Those that cannot be applied.
    pub blocked: u32,
}

impl ObjectCounts {
    /// All records.
    pub fn rows(self) -> u32 {
        let Self { create, update, unchanged, blocked } = self;
        create + update + unchanged + blocked
    }
}

/// What a plan of groups or roles does, as a name: two plans with the same digest do the same.
fn digest(rows: impl Iterator<Item = Vec<String>>) -> Digest {
    let mut hash = Sha256::new();
    hash.update(b"muster objects 1\n");
    // Lengths before texts, so that no two different plans are written alike.
    for texts in rows {
        hash.update((texts.len() as u64).to_le_bytes());
        for text in texts {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
    }
    Digest::from_hash(hash)
}

/// A text of a record: what it is afterwards, with a note when it cannot be stored.
fn text_after(
    before: Option<&str>,
    patch: &Patch<String>,
    attribute: Attribute,
    longest: usize,
    issues: &mut Vec<ObjectIssue>,
) -> Option<String> {
    let text = match patch {
        Patch::Keep => return before.map(str::to_owned),
        Patch::Clear => return None,
        Patch::Set(text) => text.trim(),
    };
    if text.chars().take(longest + 1).count() > longest || text.chars().any(char::is_control) {
        issues.push(ObjectIssue::NotText { attribute });
    }
    (!text.is_empty()).then(|| text.to_owned())
}
