//! What was decided about a file, kept in this tab. Not the file: browsers do not give it twice without being asked.

use crate::browser::{Chosen, find_draft, forget_draft, keep_draft};
use crate::file::messages::{Correction, ReadAs};
use crate::file::objects::ObjectChoices;
use identity::id::{ProfileId, UserId};
use identity::import::FileOptions;
use plan::Selection;
use plan::sheet::SheetMapping;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const KEY: &str = "muster.file";

/// What was decided, and about which file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// By whom.
    pub user_id: UserId,
    /// The file.
    pub chosen: Chosen,
    /// How it is read.
    pub read_as: ReadAs,
    /// Which column is which field.
    pub mapping: SheetMapping,
    /// What is decided beside it.
    pub options: FileOptions,
    /// The profile that this came from.
    #[serde(default)]
    pub profile: Option<ProfileId>,
    /// What is picked of a plan of users.
    pub selection: Selection,
    /// The rows of groups or roles that are left out, by their places in the file.
    #[serde(default)]
    pub left_out: BTreeSet<u32>,
    /// The corrected cells.
    pub corrections: Vec<Correction>,
    /// What is looked for in the review.
    #[serde(default)]
    pub words: String,
    /// What the rows are, and what is decided about groups and roles.
    pub objects: ObjectChoices,
}

/// Keeps it; whether the browser had room for it.
pub fn keep(draft: &Draft) -> bool {
    serde_json::to_string(draft).is_ok_and(|text| keep_draft(KEY, &text))
}

/// What was kept, by whomever.
pub fn find() -> Option<Draft> {
    serde_json::from_str(&find_draft(KEY)?).ok()
}

/// Forgets it.
pub fn forget() {
    forget_draft(KEY);
}
