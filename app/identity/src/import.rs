//! What a person asks to import: the ticked entries of a directory (R6) or the records of a file (R12), and what was
//! decided about them.

use crate::{
    assignment::Assignment,
    external_id::ExternalId,
    id::{DirectoryId, UploadId, UserId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Ticked entries of a search, and what was decided about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRequest {
    /// Where they were found.
    pub directory_id: DirectoryId,
    /// The text of the search bar that found them.
    pub query: String,
    /// Which of them are wanted.
    pub picked: Picked,
    /// Entries that other searches of the same directory found, wanted as well.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub earlier: BTreeSet<ExternalId>,
    /// Roles for the new users.
    pub roles: BTreeSet<Assignment>,
    /// Whether those who were imported before get the roles too.
    pub roles_to_existing: bool,
    /// Whose roles are given as well.
    pub copy_from: Option<UserId>,
    /// The entries that become the internal user of the same name (R9).
    pub link: BTreeSet<ExternalId>,
}

/// How many entries of other searches an import holds. They are asked for by name, some at a time, and a directory
/// without an index for their names reads all that it has each time.
pub const MAX_EARLIER: usize = 1_000;

/// The records of a file that were sent up, and what was decided about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRequest {
    /// Where the records are.
    pub upload_id: UploadId,
    /// The name of the file.
    pub name: String,
    /// What was decided.
    pub options: FileOptions,
    /// Only the records of these rows of the file; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<BTreeSet<u32>>,
}

/// What is decided about the records of a file before they are planned.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileOptions {
    /// Roles for the new users.
    pub roles: BTreeSet<Assignment>,
    /// Whether those who are there already get the roles too.
    pub roles_to_existing: bool,
}

/// Which entries of a search are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picked {
    /// All that match, also those that were never drawn.
    All {
        /// But not these.
        except: BTreeSet<ExternalId>,
    },
    /// These, and no others.
    Only(BTreeSet<ExternalId>),
}

impl Picked {
    /// Whether an entry is wanted.
    pub fn contains(&self, external_id: &ExternalId) -> bool {
        match self {
            Picked::All { except } => !except.contains(external_id),
            Picked::Only(ids) => ids.contains(external_id),
        }
    }

    /// These, and others.
    pub fn and(self, others: &BTreeSet<ExternalId>) -> Self {
        match self {
            Picked::All { mut except } => {
                except.retain(|id| !others.contains(id));
                Picked::All { except }
            }
            Picked::Only(mut ids) => {
                ids.extend(others.iter().cloned());
                Picked::Only(ids)
            }
        }
    }
}

impl ImportRequest {
    /// Everything that a query finds, nothing decided: what a search shows.
    pub fn everything(directory_id: DirectoryId, query: String) -> Self {
        Self {
            directory_id,
            query,
            picked: Picked::All { except: BTreeSet::new() },
            earlier: BTreeSet::new(),
            roles: BTreeSet::new(),
            roles_to_existing: false,
            copy_from: None,
            link: BTreeSet::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_picked_is_said_by_exceptions_or_by_name() {
        let id = |text: &str| ExternalId::from_text(text).expect("not blank");
        let some = BTreeSet::from([id("a")]);
        assert!(Picked::Only(some.clone()).contains(&id("a")));
        assert!(!Picked::Only(some.clone()).contains(&id("b")));
        assert!(!Picked::All { except: some.clone() }.contains(&id("a")));
        assert!(Picked::All { except: some.clone() }.contains(&id("b")));
        let others = BTreeSet::from([id("b")]);
        assert_eq!(Picked::Only(some.clone()).and(&others), Picked::Only(BTreeSet::from([id("a"), id("b")])));
        assert_eq!(Picked::All { except: others.clone() }.and(&others), Picked::All { except: BTreeSet::new() });
    }
}
