//! Passwords of Muster's own (internal users). Hashing (Argon2id) is done by the caller's thread pool, not here.

use crate::{Store, StoreError};
use identity::id::UserId;

/// What a sign-in is checked against.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The user.
    pub user_id: UserId,
    /// Argon2id in PHC format; `None` when the user has no usable password.
    pub password_hash: Option<String>,
    /// The password was given by somebody else and must be replaced at sign-in.
    pub must_change: bool,
    /// Whether the user may sign in.
    pub enabled: bool,
}

impl Store {
    /// The credentials of a username.
    pub async fn find_credentials(&self, _username: &str) -> Result<Option<Credentials>, StoreError> {
        todo!()
    }

    /// Sets a password. All other sessions of the user end, but for `keep` (a hashed session id).
    pub async fn set_password(
        &self,
        _user_id: UserId,
        _password_hash: &str,
        _must_change: bool,
        _keep: Option<&[u8]>,
        _now: i64,
    ) -> Result<(), StoreError> {
        todo!()
    }

    /// Makes the first administrator when there is no user at all (R36). `None` when there was one.
    pub async fn create_first_administrator(
        &self,
        _username: &str,
        _password_hash: &str,
        _must_change: bool,
        _now: i64,
    ) -> Result<Option<UserId>, StoreError> {
        todo!()
    }
}
