//! How far a job is.

use serde::{Deserialize, Serialize};

/// Rows of a job by what became of them. Counts up only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// All rows of the changeset.
    pub total: u32,
    /// Written (or found written by this job).
    pub applied: u32,
    /// Left alone because the user had changed.
    pub stale: u32,
    /// Not accepted by the store.
    pub rejected: u32,
}

impl Progress {
    /// Rows that have an outcome.
    pub fn done(&self) -> u32 {
        self.applied + self.stale + self.rejected
    }

    /// Whole percent, 100 only when every row has an outcome.
    pub fn percent(&self) -> u8 {
        if self.done() >= self.total {
            return 100;
        }
        u8::try_from(u64::from(self.done()) * 100 / u64::from(self.total)).unwrap_or(99).min(99)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_percent_means_done() {
        let progress = |total, applied| Progress { total, applied, ..Progress::default() };
        assert_eq!(progress(1000, 999).percent(), 99);
        assert_eq!(progress(1000, 1000).percent(), 100);
        assert_eq!(progress(0, 0).percent(), 100);
        assert_eq!(progress(u32::MAX, u32::MAX / 2).percent(), 49);
    }
}
