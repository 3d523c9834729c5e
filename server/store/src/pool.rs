//! The two databases behind one type.

use crate::error::StoreError;
use crate::secrets::SecretKey;

/// A database with Muster's tables. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    // owner: store — `pool: Pool`, `enum Pool { Sqlite(SqlitePool), Postgres(PgPool) }`, and the key.
}

impl Store {
    /// Opens `sqlite://path/to/file.db` (made when it is missing, readable by its owner only) or `postgres://…`.
    /// The schema is not touched.
    pub async fn open(_url: &str, _key: SecretKey) -> Result<Self, StoreError> {
        todo!()
    }

    /// Brings the schema up to date, and the built-in roles. Safe to run by several servers at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        todo!()
    }

    /// Whether the database answers and its schema is the one that this program knows.
    pub async fn ping(&self) -> Result<(), StoreError> {
        todo!()
    }
}
