//! Why a job failed.

use serde::{Deserialize, Serialize};

/// Why a job failed. Stored as its code; pages have texts for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobFailure {
    /// The disk of the database is full.
    DiskFull,
    /// The database did not accept a page of changes, and would not accept it later either.
    NotAccepted,
}

impl JobFailure {
    /// The text that is stored.
    pub fn code(self) -> &'static str {
        match self {
            JobFailure::DiskFull => "disk_full",
            JobFailure::NotAccepted => "not_accepted",
        }
    }

    /// The one with this text.
    pub fn parse(code: &str) -> Option<Self> {
        [JobFailure::DiskFull, JobFailure::NotAccepted].into_iter().find(|failure| failure.code() == code)
    }
}
