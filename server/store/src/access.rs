//! Who may do what.

use crate::{Store, StoreError};
use identity::id::UserId;
use identity::role::RoleCode;
use std::collections::BTreeSet;

/// A signed-in user and what it may do, read anew for every request: a right that was taken away is gone at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The user.
    pub user_id: UserId,
    /// As written.
    pub username: String,
    /// The name to show.
    pub name: String,
    /// Permission codes of all its roles.
    pub permissions: BTreeSet<String>,
    /// The password must be replaced first.
    pub must_change_password: bool,
}

impl Store {
    /// What a user may do; `None` when it is gone or disabled.
    pub async fn find_access(&self, _user_id: UserId) -> Result<Option<Access>, StoreError> {
        todo!()
    }

    /// The only enabled administrator (a role with `muster:admin`), if there is exactly one.
    pub async fn last_administrator(&self) -> Result<Option<UserId>, StoreError> {
        todo!()
    }

    /// The roles that give `muster:admin`.
    pub async fn administrator_roles(&self) -> Result<BTreeSet<RoleCode>, StoreError> {
        todo!()
    }

    /// Permission codes that a set of roles gives together.
    pub async fn permissions_of_roles(&self, _roles: &BTreeSet<RoleCode>) -> Result<BTreeSet<String>, StoreError> {
        todo!()
    }
}
