//! Connecting and binding.

use crate::error::DirectoryError;
use identity::directory::DirectorySettings;
use secrecy::SecretString;

/// A directory, ready to be connected to: settings with the password.
#[derive(Debug, Clone)]
pub struct Target {
    /// The settings.
    pub settings: DirectorySettings,
    /// The password of the bind DN; `None` binds anonymously, which needs an empty bind DN.
    pub password: Option<SecretString>,
}

/// A bound connection, pinned to one of the directory's URLs.
#[derive(Debug)]
pub struct Session {
    // owner: directory
}

impl Target {
    /// Connects to the first URL that answers, protects the connection, binds.
    pub async fn connect(&self) -> Result<Session, DirectoryError> {
        todo!()
    }
}
