//! One row of a plan: what would happen to one record.

mod shown;

use crate::change::FieldChange;
use crate::input::EntryRef;
use crate::issue::Issue;
use identity::assignment::Assignment;
use identity::field::{Field, Value};
use identity::group::GroupName;
use identity::id::UserId;
use identity::username::UsernameKey;
use serde::{Deserialize, Serialize};

/// What would happen to one record. What is empty is not written: most rows of most plans change nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number, from 0, in the order of the source.
    pub row: u32,
    /// The number of the row in the file, as the spreadsheet shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The username afterwards, as written; what the source has when the row is blocked, cut to the length of a
    /// username and without its control characters.
    pub username: String,
    /// The name to show.
    pub name: String,
    /// The entry that it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryRef>,
    /// What would be done, and to whom.
    pub action: Action,
    /// The fields that change, in the order of [`identity::field::Field`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// How many mapped fields stay as they are.
    pub unchanged_fields: u32,
    /// Roles that the user would get.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_roles: Vec<Assignment>,
    /// Roles that the user would lose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove_roles: Vec<Assignment>,
    /// Groups that the user would join.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_groups: Vec<GroupName>,
    /// Groups that the user would leave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove_groups: Vec<GroupName>,
    /// The DN at the last sync, when the entry has another one now (renamed or moved).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
    /// Why this is the row's user, or why it has none.
    pub reason: Reason,
    /// What is wrong or worth a look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

/// What would be done to a record's user. A user is named with the version that the plan was computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are the same in each: the user and the version planned from")]
pub enum Action {
    /// A new user.
    Create,
    /// Changes of fields, roles or DN.
    Update { user_id: UserId, version: i64 },
    /// An internal user becomes external, and changes.
    Link { user_id: UserId, version: i64 },
    /// Nothing to do.
    Unchanged { user_id: UserId, version: i64 },
    /// Left out by the policy.
    Skip { user_id: UserId },
    /// Cannot be applied; the issues say why.
    Block,
}

/// Why a record belongs to a user (R10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// No user has its external id or its name.
    Unknown,
    /// A user is linked to this entry.
    ExternalId,
    /// A user of this source has this name.
    Username,
    /// A user has the name that the row says it had until now.
    OldUsername,
    /// An internal user has this name, and this row was chosen to be linked.
    ChosenLink,
    /// An internal user has this name, and the policy says what follows.
    PolicyLink,
    /// An internal user has this name, and the policy leaves it alone.
    PolicySkip,
    /// An issue blocks it.
    Blocked,
}

impl Row {
    /// What it counts as.
    pub fn kind(&self) -> Kind {
        match self.action {
            Action::Create => Kind::Create,
            Action::Unchanged { .. } => Kind::Unchanged,
            Action::Skip { .. } => Kind::Skipped,
            Action::Block => Kind::Blocked,
            Action::Update { .. } | Action::Link { .. } => {
                if self.disables() {
                    Kind::Disable
                } else if self.moved_from.is_some() || self.renames() {
                    Kind::Rename
                } else {
                    Kind::Update
                }
            }
        }
    }

    /// Whether the user could sign in and no longer can.
    pub fn disables(&self) -> bool {
        self.fields
            .iter()
            .any(|change| change.before == Some(Value::Flag(true)) && change.after == Some(Value::Flag(false)))
    }

    /// Whether the user gets another username. Another spelling of the same one (`JDoe`, `jdoe`) is none.
    pub fn renames(&self) -> bool {
        self.fields.iter().any(|change| match (&change.field, &change.before, &change.after) {
            (Field::Username, Some(Value::Text(before)), Some(Value::Text(after))) => {
                UsernameKey::of(before) != UsernameKey::of(after)
            }
            _ => false,
        })
    }

    /// Whether it gives or takes roles or groups.
    pub fn assigns(&self) -> bool {
        !self.add_roles.is_empty() || !self.add_groups.is_empty() || self.takes()
    }

    /// Whether it takes roles or groups away.
    pub fn takes(&self) -> bool {
        !self.remove_roles.is_empty() || !self.remove_groups.is_empty()
    }

    /// Whether an issue is worth a look although it does not block.
    pub fn has_warning(&self) -> bool {
        self.issues.iter().any(|issue| !issue.blocks())
    }
}

/// What a row counts as: the tiles of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A new user.
    Create,
    /// Changes of fields or roles, or a link.
    Update,
    /// Another username (not only another spelling of it) or another DN, whatever else changes, unless it disables.
    Rename,
    /// The user could sign in and no longer can.
    Disable,
    /// Nothing to do.
    Unchanged,
    /// Left out by the policy.
    Skipped,
    /// Cannot be applied.
    Blocked,
}

impl Kind {
    /// Every kind, in the order of the tiles.
    pub const ALL: [Kind; 7] =
        [Kind::Create, Kind::Update, Kind::Rename, Kind::Disable, Kind::Unchanged, Kind::Skipped, Kind::Blocked];

    /// The text that is stored and that addresses hold.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Create => "create",
            Kind::Update => "update",
            Kind::Rename => "rename",
            Kind::Disable => "disable",
            Kind::Unchanged => "unchanged",
            Kind::Skipped => "skipped",
            Kind::Blocked => "blocked",
        }
    }

    /// The kind with this text.
    pub fn parse(code: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether a row of this kind can be picked.
    pub fn is_change(self) -> bool {
        matches!(self, Kind::Create | Kind::Update | Kind::Rename | Kind::Disable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_not_written_and_was_once() {
        let stored = r#"{"row":7,"username":"eve","name":"Eve","entry":null,"action":{"action":"unchanged","user_id":1,
            "version":2},"fields":[],"unchanged_fields":3,"add_roles":[],"moved_from":null,"reason":{"reason":"username"},
            "issues":[]}"#;
        let row: Row = serde_json::from_str(stored).expect("a row of an earlier version");
        let written = serde_json::to_string(&row).expect("texts and numbers");
        let short =
            r#"{"row":7,"username":"eve","name":"Eve","action":{"action":"unchanged","user_id":1,"version":2},"#;
        assert_eq!(written, format!(r#"{short}"unchanged_fields":3,"reason":{{"reason":"username"}}}}"#));
        assert_eq!(serde_json::from_str::<Row>(&written).expect("a row"), row);
    }
}
