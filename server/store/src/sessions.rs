//! Sessions, for the session layer of the server. The id arrives hashed (SHA-256): the cookie's value is stored nowhere.

use crate::sql::sql;
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
    /// Writes a session; `false` when `create` is asked and the id exists, or it is not and the session has ended.
    pub async fn save_session(
        &self,
        hashed_id: &[u8],
        session: &StoredSession,
        create: bool,
    ) -> Result<bool, StoreError> {
        let StoredSession { record, user_id, expires_at } = session;
        let mut work = self.write("save a session").await?;
        let statement = if create {
            sql("INSERT INTO sessions (session_id, user_id, record, expires_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (session_id) DO NOTHING")
        } else {
            // Never an insert: a session that was ended while a request was under way stays ended.
            sql("UPDATE sessions SET user_id = $2, record = $3, expires_at = $4 WHERE session_id = $1")
        };
        let statement = statement.bind(hashed_id).bind(user_id.map(|user_id| user_id.0)).bind(record).bind(*expires_at);
        let written = work.run(statement).await?;
        work.commit().await?;
        Ok(written == 1)
    }

    /// A session that has not ended.
    pub async fn find_session(&self, hashed_id: &[u8], now: i64) -> Result<Option<StoredSession>, StoreError> {
        let mut work = self.read("find a session").await?;
        let statement =
            sql("SELECT record, user_id, expires_at FROM sessions WHERE session_id = $1 AND expires_at > $2");
        let row = work.first::<(String, Option<i64>, i64)>(statement.bind(hashed_id).bind(now)).await?;
        Ok(row.map(|(record, user_id, expires_at)| StoredSession { record, user_id: user_id.map(UserId), expires_at }))
    }

    /// Ends a session.
    pub async fn delete_session(&self, hashed_id: &[u8]) -> Result<(), StoreError> {
        let mut work = self.write("end a session").await?;
        work.run(sql("DELETE FROM sessions WHERE session_id = $1").bind(hashed_id)).await?;
        work.commit().await
    }

    /// Removes those that ended.
    pub async fn delete_expired_sessions(&self, now: i64) -> Result<u64, StoreError> {
        let mut work = self.write("remove sessions that ended").await?;
        let removed = work.run(sql("DELETE FROM sessions WHERE expires_at <= $1").bind(now)).await?;
        work.commit().await?;
        Ok(removed)
    }
}
