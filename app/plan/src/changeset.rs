//! What is applied: the picked rows and fields of a plan, nothing else.

use crate::change::FieldChange;
use crate::input::EntryRef;
use crate::planner::Plan;
use crate::row::{Action, Row};
use crate::selection::{Part, Selection};
use identity::assignment::Assignment;
use identity::field::Field;
use identity::group::GroupName;
use identity::id::UserId;
use serde::{Deserialize, Serialize};

/// One change to apply, ready: whoever applies it decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The plan's row.
    pub row: u32,
    /// Whom it concerns.
    pub target: Target,
    /// The picked field changes.
    pub fields: Vec<FieldChange>,
    /// The entry that the user is (or becomes) linked to.
    pub entry: Option<EntryRef>,
    /// Roles to give.
    pub add_roles: Vec<Assignment>,
    /// Roles to take away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove_roles: Vec<Assignment>,
    /// Groups to join.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_groups: Vec<GroupName>,
    /// Groups to leave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove_groups: Vec<GroupName>,
}

/// Whom a change concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "target", rename_all = "snake_case")]
pub enum Target {
    /// A new user.
    Create,
    /// A stored user, if it still has this version.
    Existing {
        /// The user.
        user_id: UserId,
        /// The version that the plan was computed from.
        version: i64,
    },
}

impl Change {
    /// What is left of a row by a selection: `None` when the row is not picked, is no change, or has parts of which
    /// none is picked. The entry goes along with whatever is picked, so that a link and a new DN are never lost; a row
    /// that is nothing but a link or a new DN has no parts and goes by its own mark.
    pub fn of(row: &Row, selection: &Selection) -> Option<Self> {
        let target = match row.action {
            Action::Create => Target::Create,
            Action::Update { user_id, version } | Action::Link { user_id, version } => {
                Target::Existing { user_id, version }
            }
            Action::Unchanged { .. } | Action::Skip { .. } | Action::Block => return None,
        };
        if !selection.picks(row) {
            return None;
        }
        let picks = |field: &Field| selection.picks_part(row, &Part::Field(field.clone()));
        let fields: Vec<_> = row.fields.iter().filter(|change| picks(&change.field)).cloned().collect();
        Some(Self {
            row: row.row,
            target,
            fields,
            entry: row.entry.clone(),
            add_roles: picked(row, selection, Part::Roles, &row.add_roles),
            remove_roles: picked(row, selection, Part::RemovedRoles, &row.remove_roles),
            add_groups: picked(row, selection, Part::Groups, &row.add_groups),
            remove_groups: picked(row, selection, Part::LeftGroups, &row.remove_groups),
        })
    }
}

fn picked<T: Clone>(row: &Row, selection: &Selection, part: Part, all: &[T]) -> Vec<T> {
    if selection.picks_part(row, &part) { all.to_vec() } else { vec![] }
}

impl Row {
    /// Cuts the row down to a change that was picked of it.
    pub fn cut_to(&mut self, change: Change) {
        let Change { row: _, target: _, fields, entry: _, add_roles, remove_roles, add_groups, remove_groups } = change;
        self.fields = fields;
        self.add_roles = add_roles;
        self.remove_roles = remove_roles;
        self.add_groups = add_groups;
        self.remove_groups = remove_groups;
    }
}

/// What is applied of a plan by a selection, in the order of its rows.
pub fn changeset(plan: &Plan, selection: &Selection) -> Vec<Change> {
    plan.rows.iter().filter_map(|row| Change::of(row, selection)).collect()
}
