//! Sessions, for the session layer of the server. The id arrives hashed (SHA-256): the cookie's value is stored nowhere.

use crate::{Store, StoreError};
use identity::id::UserId;

/// A stored session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// The session layer's own record, as JSON.
    pub record: String,
    /// Whose it is, once somebody signed in.
    pub user_id: Option<UserId>,
    /// When it ends.
    pub expires_at: i64,
}

impl Store {
    /// Writes a session; `false` when `create` is asked and the id exists.
    pub async fn save_session(
        &self,
        _hashed_id: &[u8],
        _session: &StoredSession,
        _create: bool,
    ) -> Result<bool, StoreError> {
        todo!()
    }

    /// A session that has not ended.
    pub async fn find_session(&self, _hashed_id: &[u8], _now: i64) -> Result<Option<StoredSession>, StoreError> {
        todo!()
    }

    /// Ends a session.
    pub async fn delete_session(&self, _hashed_id: &[u8]) -> Result<(), StoreError> {
        todo!()
    }

    /// Removes those that ended.
    pub async fn delete_expired_sessions(&self, _now: i64) -> Result<u64, StoreError> {
        todo!()
    }
}
