//! Directories and their encrypted passwords.

use crate::{Store, StoreError};
use identity::directory::DirectorySettings;
use identity::id::DirectoryId;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// A stored directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// Its number.
    pub directory_id: DirectoryId,
    /// Counts up at every change.
    pub version: i64,
    /// Its settings.
    pub settings: DirectorySettings,
    /// Whether a password is stored.
    pub has_password: bool,
    /// Users that are linked to it.
    pub users: u32,
}

/// The answer to an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryWritten {
    /// Done.
    Applied,
    /// Changed since it was shown; nothing was written.
    Stale,
    /// A directory of this name exists; nothing was written.
    NameTaken,
    /// There is no such directory.
    Gone,
}

impl Store {
    /// All directories, by name.
    pub async fn list_directories(&self) -> Result<Vec<Directory>, StoreError> {
        todo!()
    }

    /// One directory.
    pub async fn find_directory(&self, _directory_id: DirectoryId) -> Result<Option<Directory>, StoreError> {
        todo!()
    }

    /// Adds one; `None` when the name is taken.
    pub async fn add_directory(
        &self,
        _settings: &DirectorySettings,
        _password: Option<&SecretString>,
        _now: i64,
    ) -> Result<Option<DirectoryId>, StoreError> {
        todo!()
    }

    /// Changes one. `password: None` keeps the stored one; whether that is allowed is the caller's rule.
    pub async fn edit_directory(
        &self,
        _directory_id: DirectoryId,
        _version: i64,
        _settings: &DirectorySettings,
        _password: Option<&SecretString>,
        _now: i64,
    ) -> Result<DirectoryWritten, StoreError> {
        todo!()
    }

    /// Removes one. Its users stay, with their links forgotten: they become internal, which their history says.
    pub async fn remove_directory(&self, _directory_id: DirectoryId, _now: i64) -> Result<bool, StoreError> {
        todo!()
    }

    /// The stored password, opened.
    pub async fn directory_password(&self, _directory_id: DirectoryId) -> Result<Option<SecretString>, StoreError> {
        todo!()
    }
}
