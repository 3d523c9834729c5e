//! What a person must confirm before a plan is applied (R26).

use identity::role::RoleCode;
use serde::{Deserialize, Serialize};

/// Something that a plan does and that is never done by the way. The person types the number of users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "guard", rename_all = "snake_case")]
pub enum Guard {
    /// Users get a role that makes them administrators.
    GivesAdministrator {
        /// The role.
        role: RoleCode,
        /// How many users get it.
        users: u32,
    },
    /// More users would be disabled than a mistake should be able to.
    DisablesMany {
        /// How many.
        users: u32,
    },
    /// More users would get another username than a mistake should be able to.
    RenamesMany {
        /// How many.
        users: u32,
    },
}

impl Guard {
    /// The number to type.
    pub fn users(&self) -> u32 {
        match self {
            Guard::GivesAdministrator { users, .. } | Guard::DisablesMany { users } | Guard::RenamesMany { users } => {
                *users
            }
        }
    }
}
