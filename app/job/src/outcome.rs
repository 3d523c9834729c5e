//! What became of a row.

use serde::{Deserialize, Serialize};

/// What became of a row. Each is an expected answer, not an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The change was written.
    Applied,
    /// The user already was as the change wants it, by this very job: a page done again after a crash.
    AlreadyApplied,
    /// The user changed after the plan was made. Nothing was written; the row can be planned again.
    Stale,
    /// The store could not accept the change. Nothing was written.
    Rejected(Rejection),
}

/// Why the store could not accept a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// Another user has this username by now.
    UsernameTaken,
    /// Another user is linked to this entry by now.
    EntryTaken,
    /// The user was removed.
    UserGone,
    /// The role was removed.
    RoleGone,
    /// The group was removed, or has another name.
    GroupGone,
    /// The user, or a role that is given or taken, may do more than the job's author.
    NotAllowed,
}

impl Outcome {
    /// The text that is stored and that addresses hold.
    pub fn code(&self) -> &'static str {
        match self {
            Outcome::Applied => "applied",
            Outcome::AlreadyApplied => "already_applied",
            Outcome::Stale => "stale",
            Outcome::Rejected(Rejection::UsernameTaken) => "username_taken",
            Outcome::Rejected(Rejection::EntryTaken) => "entry_taken",
            Outcome::Rejected(Rejection::UserGone) => "user_gone",
            Outcome::Rejected(Rejection::RoleGone) => "role_gone",
            Outcome::Rejected(Rejection::GroupGone) => "group_gone",
            Outcome::Rejected(Rejection::NotAllowed) => "not_allowed",
        }
    }

    /// The outcome with this text.
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "applied" => Outcome::Applied,
            "already_applied" => Outcome::AlreadyApplied,
            "stale" => Outcome::Stale,
            "username_taken" => Outcome::Rejected(Rejection::UsernameTaken),
            "entry_taken" => Outcome::Rejected(Rejection::EntryTaken),
            "user_gone" => Outcome::Rejected(Rejection::UserGone),
            "role_gone" => Outcome::Rejected(Rejection::RoleGone),
            "group_gone" => Outcome::Rejected(Rejection::GroupGone),
            "not_allowed" => Outcome::Rejected(Rejection::NotAllowed),
            _ => return None,
        })
    }
}
