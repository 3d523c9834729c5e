//! What a search says of an entry before it is imported (R4).

use crate::issue::Issue;
use crate::row::{Action, Row};
use serde::{Deserialize, Serialize};

/// The state of an entry before import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RowState {
    /// It would become a new user.
    New,
    /// Its user would change.
    WillSync {
        /// How many fields differ. None when only its DN does, or when it gets roles and no more.
        fields: u32,
    },
    /// The internal user of its name would become its user, as the directory's settings say.
    WillLink {
        /// How many fields differ.
        fields: u32,
    },
    /// Its user is as it is.
    UpToDate,
    /// The directory's settings leave it out: an internal user has its name.
    Skipped,
    /// It cannot be imported.
    Blocked {
        /// Why, and whatever else is worth a look.
        issues: Vec<Issue>,
    },
}

impl RowState {
    /// The state of a row that was planned for the entry.
    pub fn of(row: &Row) -> Self {
        let fields = u32::try_from(row.fields.len()).unwrap_or(u32::MAX);
        match row.action {
            Action::Create => RowState::New,
            Action::Update { .. } => RowState::WillSync { fields },
            Action::Link { .. } => RowState::WillLink { fields },
            Action::Unchanged { .. } => RowState::UpToDate,
            Action::Skip { .. } => RowState::Skipped,
            Action::Block => RowState::Blocked { issues: row.issues.clone() },
        }
    }

    /// Every code, in the order of the filters.
    pub const CODES: [&'static str; 6] = ["new", "will_sync", "will_link", "up_to_date", "skipped", "blocked"];

    /// The text that addresses hold.
    pub fn code(&self) -> &'static str {
        match self {
            RowState::New => "new",
            RowState::WillSync { .. } => "will_sync",
            RowState::WillLink { .. } => "will_link",
            RowState::UpToDate => "up_to_date",
            RowState::Skipped => "skipped",
            RowState::Blocked { .. } => "blocked",
        }
    }
}
