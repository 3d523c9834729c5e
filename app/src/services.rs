//! What server functions stand on: the store, who asks, and whether they may.

pub mod access;
pub mod file_policy;
pub mod password;
pub mod report;
pub mod session;
pub mod sign_in;
pub mod throttle;

pub use access::{Actor, authorized, signed_in};
pub use identity::role::Permission;
pub use sign_in::{change_password, sign_in, sign_out};

use crate::error::{AppError, What};
use identity::id::DirectoryId;
use std::sync::Arc;
use store::Store;
use store::directories::Directory;

/// Everything that server functions use. Cheap to clone; given to them by leptos' context.
#[derive(Debug, Clone)]
pub struct Services {
    /// The database.
    pub store: Store,
    /// The failure switches of the demo directory, when one runs in this process.
    pub demo: Option<demo::Switches>,
    /// What keeps the workers of this process from writing.
    pub standstill: worker::Standstill,
    passwords: password::Passwords,
    sign_ins: Arc<throttle::Throttle>,
}

impl Services {
    /// Services over a store.
    pub fn new(store: Store, demo: Option<demo::Switches>) -> Self {
        let standstill = worker::Standstill::default();
        Self { store, demo, standstill, passwords: password::Passwords::new(), sign_ins: Arc::default() }
    }

    /// The time, in milliseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        now_ms()
    }

    /// Hashing of passwords.
    pub fn passwords(&self) -> &password::Passwords {
        &self.passwords
    }

    /// A directory that must exist.
    pub async fn directory(&self, directory_id: DirectoryId) -> Result<Directory, AppError> {
        self.store.find_directory(directory_id).await?.ok_or(AppError::not_found(What::Directory))
    }

    /// A directory that must exist, ready to be connected to with its stored password.
    pub async fn target(&self, directory_id: DirectoryId) -> Result<directory::Target, AppError> {
        let Directory { settings, .. } = self.directory(directory_id).await?;
        let password = self.store.directory_password(directory_id).await?;
        Ok(directory::Target { settings, password })
    }
}

/// The time, in milliseconds since 1970 UTC.
pub fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    // A clock before 1970 is a machine without one: everything is due.
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The services of the request in hand. For server functions that need no user: `sign_in` alone.
pub fn services() -> Result<Services, AppError> {
    leptos::prelude::use_context::<Services>().ok_or_else(|| report::internal_text("no services in the context"))
}
