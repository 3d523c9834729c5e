//! What is applied: the picked rows and fields of a plan, nothing else.

use crate::change::FieldChange;
use crate::input::EntryRef;
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
