//! A file of groups or roles: what is decided about it, and what it would do.

pub mod sheet;

use super::messages::Corrected;
use identity::id::JobId;
use plan::objects::group::GroupPlan;
use plan::objects::role::{RolePlan, Tripped};
use plan::sheet::{Blank, ObjectColumn, SheetKind, names_objects, object_columns, suggest_kind};
use serde::{Deserialize, Serialize};

/// What the rows of a file are, and what was decided about those of groups and roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectChoices {
    /// What the rows are.
    pub kind: SheetKind,
    /// What the columns are, one for each header. Those of users are in a mapping.
    pub columns: Vec<ObjectColumn>,
    /// What a blank label or description says.
    pub blank: Blank,
    /// Whether labels of groups and roles that exist change too (R19).
    pub change_labels: bool,
    /// Whether a role has a row for each of its permissions; `None`: as it looks.
    pub row_per_permission: Option<bool>,
}

impl Default for ObjectChoices {
    fn default() -> Self {
        Self {
            kind: SheetKind::Users,
            columns: vec![],
            blank: Blank::default(),
            change_labels: false,
            row_per_permission: None,
        }
    }
}

impl ObjectChoices {
    /// What the headers say.
    pub fn suggest(headers: &[String]) -> Self {
        Self::of(suggest_kind(headers), headers)
    }

    /// The columns of a file of this kind.
    pub fn of(kind: SheetKind, headers: &[String]) -> Self {
        Self { kind, columns: object_columns(kind, headers), ..Self::default() }
    }

    /// Says what a column is. Two columns cannot be the same thing: the other one is no longer read.
    pub fn choose(&mut self, column: u32, what: ObjectColumn) {
        for other in &mut self.columns {
            if *other == what {
                *other = ObjectColumn::Ignored;
            }
        }
        if let Some(place) = self.columns.get_mut(column as usize) {
            *place = what;
        }
    }

    /// Whether there is a column by which the groups or roles are known. A file of roles may know labels only.
    pub fn names_them(&self) -> bool {
        names_objects(self.kind, &self.columns)
    }
}

/// What a file of groups or roles would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ObjectsPlanned {
    Groups(GroupPlan),
    Roles(RolePlan),
}

/// A plan that was made in the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedObjects {
    /// The plan.
    pub plan: ObjectsPlanned,
    /// The rows of the file that each row of the plan was made from, by their places below the header.
    pub places: Vec<Vec<u32>>,
    /// The cells that were corrected for it.
    pub corrected: Corrected,
}

/// What became of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ObjectsAnswer {
    /// Everything that was picked was written.
    Applied {
        /// The job that tells of it.
        job_id: JobId,
        /// New ones.
        created: u32,
        /// Changed ones.
        updated: u32,
    },
    /// Nothing was written: the file would do something else by now.
    Changed,
    /// Nothing was written: it must be confirmed first.
    Guarded(Tripped),
    /// Nothing is picked.
    Empty,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(headers: &[&str]) -> Vec<String> {
        headers.iter().map(|header| (*header).to_owned()).collect()
    }

    #[test]
    fn a_thing_has_one_column() {
        let mut choices = ObjectChoices::suggest(&headers(&["role", "label", "permissions", "description"]));
        assert_eq!((choices.kind, choices.names_them()), (SheetKind::Roles, true));
        assert_eq!(choices.columns[3], ObjectColumn::Description);
        choices.choose(3, ObjectColumn::Role);
        assert_eq!((&choices.columns[0], &choices.columns[3]), (&ObjectColumn::Ignored, &ObjectColumn::Role));
        choices.choose(3, ObjectColumn::Ignored);
        assert!(choices.names_them(), "a label will do");
        choices.choose(1, ObjectColumn::Ignored);
        assert!(!choices.names_them());
        choices.choose(9, ObjectColumn::Role);
        assert!(!choices.names_them(), "there is no such column");
    }
}
