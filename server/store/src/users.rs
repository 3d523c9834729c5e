//! Users: list, find, create and edit by hand, history.

use crate::{Page, Store, StoreError};
use identity::id::{DirectoryId, JobId, UserId};
use identity::role::RoleCode;
use identity::user::{Origin, User, UserFields};
use plan::FieldChange;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which users to list, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UserQuery {
    /// Part of a username, name or e-mail address; blank for all. Matched without regard to case.
    pub text: String,
    /// Only of this origin.
    pub origin: Option<Origin>,
    /// Only those who may (or may not) sign in.
    pub enabled: Option<bool>,
    /// Only those who have this role.
    pub role: Option<RoleCode>,
    /// Only those of this directory.
    pub directory_id: Option<DirectoryId>,
    /// The order.
    pub sort: UserSort,
    /// From the end.
    pub descending: bool,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// What users are sorted by; equal ones by username.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the field of the same name")]
pub enum UserSort {
    #[default]
    Username,
    Name,
    Email,
    Department,
    UpdatedAt,
}

/// A user in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUser {
    /// The user.
    pub user: User,
    /// When it last changed.
    pub updated_at: i64,
}

/// One change of a user, as it is kept (R33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserChange {
    /// The version that it led to.
    pub version: i64,
    /// When.
    pub at: i64,
    /// Who: the username at that time.
    pub author: String,
    /// The job, if it was one.
    pub job_id: Option<JobId>,
    /// The fields, with old and new values.
    pub fields: Vec<FieldChange>,
    /// Roles that were given.
    pub added_roles: Vec<RoleCode>,
    /// Roles that were taken away.
    pub removed_roles: Vec<RoleCode>,
    /// The DN, when the link was made or the entry moved.
    pub dn: Option<String>,
}

/// The answer to a write by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// Done.
    Applied(UserId),
    /// The user changed since it was shown; nothing was written.
    Stale,
    /// Another user has this username; nothing was written.
    UsernameTaken,
    /// There is no such user.
    Gone,
    /// It would leave no enabled administrator; nothing was written.
    LastAdministrator,
}

impl Store {
    /// A part of the list of users.
    pub async fn list_users(&self, _query: &UserQuery) -> Result<Page<ListedUser>, StoreError> {
        todo!()
    }

    /// A user by number.
    pub async fn find_user(&self, _user_id: UserId) -> Result<Option<ListedUser>, StoreError> {
        todo!()
    }

    /// A user by name, compared by [`identity::username::UsernameKey`].
    pub async fn find_user_by_name(&self, _username: &str) -> Result<Option<ListedUser>, StoreError> {
        todo!()
    }

    /// Makes an internal user by hand.
    pub async fn create_user(
        &self,
        _fields: &UserFields,
        _roles: &BTreeSet<RoleCode>,
        _author: UserId,
        _now: i64,
    ) -> Result<Written, StoreError> {
        todo!()
    }

    /// Edits a user by hand: all fields and roles as they shall be. Writes history for what differs; nothing
    /// differs: nothing is written, the version stays.
    pub async fn edit_user(
        &self,
        _user_id: UserId,
        _version: i64,
        _fields: &UserFields,
        _roles: &BTreeSet<RoleCode>,
        _author: UserId,
        _now: i64,
    ) -> Result<Written, StoreError> {
        todo!()
    }

    /// The changes of a user, newest first; those before a version, when one is given.
    pub async fn user_history(
        &self,
        _user_id: UserId,
        _before: Option<i64>,
        _limit: u32,
    ) -> Result<Vec<UserChange>, StoreError> {
        todo!()
    }
}
