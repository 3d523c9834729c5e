//! What is applied: the picked rows and fields of a plan, nothing else.

use crate::change::FieldChange;
use crate::input::EntryRef;
use crate::planner::Plan;
use crate::row::{Action, Row};
use crate::selection::{Part, Selection};
use identity::field::Field;
use identity::id::UserId;
use identity::role::RoleCode;
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
    pub add_roles: Vec<RoleCode>,
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
        if !selection.picks_row(row.row, row.kind()) {
            return None;
        }
        let picks = |field: &Field| selection.picks_part(row, &Part::Field(field.clone()));
        let fields: Vec<_> = row.fields.iter().filter(|change| picks(&change.field)).cloned().collect();
        let add_roles = if selection.picks_part(row, &Part::Roles) { row.add_roles.clone() } else { vec![] };
        let has_parts = !(row.fields.is_empty() && row.add_roles.is_empty());
        if has_parts && fields.is_empty() && add_roles.is_empty() {
            return None;
        }
        Some(Self { row: row.row, target, fields, entry: row.entry.clone(), add_roles })
    }
}

/// What is applied of a plan by a selection, in the order of its rows.
pub fn changeset(plan: &Plan, selection: &Selection) -> Vec<Change> {
    plan.rows.iter().filter_map(|row| Change::of(row, selection)).collect()
}
