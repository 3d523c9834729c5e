//! The users that a page of records may concern, read in one transaction.

use crate::{Store, StoreError};
use identity::id::DirectoryId;
use plan::{Record, Snapshot};

impl Store {
    /// Users linked to one of the records' entries in this directory, users with one of their usernames (by key), and
    /// users with one of their e-mail addresses. Three set-based reads, whatever the number of records.
    pub async fn snapshot(
        &self,
        _directory_id: Option<DirectoryId>,
        _records: &[Record],
    ) -> Result<Snapshot, StoreError> {
        todo!()
    }
}
