//! Where the people of a job come from.

use serde::{Deserialize, Serialize};

/// Where the people of a job come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobSource {
    /// A search of a directory.
    Directory,
    /// A file.
    File,
}

impl JobSource {
    /// Every source.
    pub const ALL: [JobSource; 2] = [JobSource::Directory, JobSource::File];

    /// The text that addresses hold.
    pub fn code(self) -> &'static str {
        match self {
            JobSource::Directory => "directory",
            JobSource::File => "file",
        }
    }

    /// The source with this text.
    pub fn parse(code: &str) -> Option<Self> {
        JobSource::ALL.into_iter().find(|source| source.code() == code)
    }
}
