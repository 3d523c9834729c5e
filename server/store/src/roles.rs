//! Roles.

use crate::{Store, StoreError};
use identity::role::{Role, RoleCode};
use std::collections::BTreeSet;

/// A role and how many users have it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ListedRole {
    /// The role.
    pub role: Role,
    /// Users to whom it is assigned directly.
    pub users: u32,
}

impl Store {
    /// All roles, by code.
    pub async fn list_roles(&self) -> Result<Vec<ListedRole>, StoreError> {
        todo!()
    }

    /// Of these codes, those that no role has.
    pub async fn unknown_roles(&self, _codes: &BTreeSet<RoleCode>) -> Result<BTreeSet<RoleCode>, StoreError> {
        todo!()
    }
}
