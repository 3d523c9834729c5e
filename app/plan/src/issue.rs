//! What is wrong, or worth a look, with one row. Issues are data: the other rows go on.

use identity::field::Field;
use identity::id::UserId;
use identity::role::RoleCode;
use serde::{Deserialize, Serialize};

/// An issue of a row. Texts for people are made from it by the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "issue", rename_all = "snake_case")]
pub enum Issue {
    /// The source has no username here.
    MissingUsername,
    /// The username cannot be one: too long, or with control characters.
    IllegalUsername,
    /// The entry has no external id, so it could not be found again.
    MissingExternalId {
        /// The attribute that should hold it.
        attribute: String,
    },
    /// An internal user has this name.
    InternalUserExists {
        /// That user.
        user_id: UserId,
    },
    /// A user of another directory has this name, or the user of this name belongs to another entry.
    LinkedElsewhere {
        /// That user.
        user_id: UserId,
    },
    /// The record matches one user by its external id and another by its name: the entry was renamed, and its
    /// new name belongs to somebody else. Two entries that swapped their names are two such rows.
    MatchesTwoUsers {
        /// By external id.
        user_id: UserId,
        /// By username.
        other_id: UserId,
    },
    /// An earlier row has the same username or external id.
    DuplicateRow {
        /// That row.
        row: u32,
        /// Its number in the file, as the spreadsheet shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
    },
    /// A value is not text, or has characters that cannot be stored; the field is left alone.
    NotText {
        /// The attribute or column.
        attribute: String,
    },
    /// A value is neither yes nor no where one of them is needed; the field is left alone.
    NotFlag {
        /// The attribute or column.
        attribute: String,
    },
    /// A value is too long for a field; the field is left alone.
    TooLong {
        /// The field.
        field: Field,
    },
    /// The change would disable the last administrator.
    LastAdministrator,
    /// The change would disable the person who plans it.
    ActingUser,
    /// No role has this code.
    UnknownRole {
        /// As the source writes it, cut.
        role: String,
    },
    /// No group has this name.
    UnknownGroup {
        /// As the source writes it, cut.
        group: String,
    },
    /// The source names a role within a scope that cannot be one.
    IllegalScope {
        /// As the source writes it, cut.
        role: String,
    },
    /// The author may neither give nor take this role: nobody grants what they do not have.
    MayNotGrant {
        /// The role.
        role: RoleCode,
    },
    /// The change concerns what lets somebody sign in as this user, whose role gives more than the author may do:
    /// username, e-mail address, whether it may sign in, or the entry that it belongs to.
    BeyondAuthor {
        /// The role.
        role: RoleCode,
    },
    /// The field of this user belongs to a directory, and the file says something else; the field is left alone.
    OwnedByDirectory {
        /// The field.
        field: Field,
    },
    /// Nobody has the username that the row says the user had until now.
    UnknownOldName {
        /// As the source writes it, cut.
        username: String,
    },
    /// A password stands in the file. None is ever read (R17): the row waits until the column is gone.
    HasPassword {
        /// The column.
        column: String,
    },
    /// The values of a cell cannot be told apart: a quote in it is not closed.
    NotSplit {
        /// The column.
        column: String,
    },
    /// The value that this row gives does not have the shape of the field's values: no e-mail address, language or time
    /// zone. Directories hold such things, so it is written all the same.
    Misshapen {
        /// The field.
        field: Field,
    },
    /// Another user has the e-mail address that this row gives. It may be the same person: a hint, never a match (R10).
    SameEmail {
        /// That user.
        user_id: UserId,
        /// The name to show.
        username: String,
    },
}

impl Issue {
    /// Whether the row cannot be applied; otherwise it is a warning.
    pub fn blocks(&self) -> bool {
        match self {
            Issue::MissingUsername
            | Issue::IllegalUsername
            | Issue::MissingExternalId { .. }
            | Issue::InternalUserExists { .. }
            | Issue::LinkedElsewhere { .. }
            | Issue::MatchesTwoUsers { .. }
            | Issue::DuplicateRow { .. }
            | Issue::LastAdministrator
            | Issue::ActingUser
            | Issue::UnknownRole { .. }
            | Issue::IllegalScope { .. }
            | Issue::UnknownGroup { .. }
            | Issue::MayNotGrant { .. }
            | Issue::BeyondAuthor { .. }
            | Issue::UnknownOldName { .. }
            | Issue::HasPassword { .. }
            | Issue::NotSplit { .. } => true,
            Issue::NotText { .. }
            | Issue::NotFlag { .. }
            | Issue::TooLong { .. }
            | Issue::OwnedByDirectory { .. }
            | Issue::Misshapen { .. }
            | Issue::SameEmail { .. } => false,
        }
    }
}
