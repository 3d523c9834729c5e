//! What the rows of a job are.

use serde::{Deserialize, Serialize};

/// What the rows of a job are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Users: a worker applies what was picked of a plan.
    Users,
    /// Groups of a file. The job is over when it is made.
    Groups,
    /// Roles of a file, as groups.
    Roles,
}

impl JobKind {
    /// The text that is stored.
    pub fn code(self) -> &'static str {
        match self {
            JobKind::Users => "users",
            JobKind::Groups => "groups",
            JobKind::Roles => "roles",
        }
    }

    /// The kind with this text.
    pub fn parse(code: &str) -> Option<Self> {
        [JobKind::Users, JobKind::Groups, JobKind::Roles].into_iter().find(|kind| kind.code() == code)
    }
}
