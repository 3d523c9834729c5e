//! What server functions stand on: the store, who asks, and whether they may.

pub mod access;
pub mod file_policy;
pub mod mail;
pub mod password;
pub mod password_link;
pub mod report;
pub mod session;
pub mod sign_in;
pub mod throttle;

pub use access::{Actor, authorized, signed_in, signed_in_by};
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
    /// The address that browsers use, as the settings say: links that leave the site begin with it. Never taken from a
    /// request, whose `Host` is whatever somebody sent.
    pub public_url: Option<String>,
    passwords: password::Passwords,
    sign_ins: Arc<throttle::Throttle>,
    /// Asking for a password is counted by itself: it must not keep anybody from signing in.
    asks: Arc<throttle::Throttle>,
    asked: Option<mail::Asked>,
}

impl Services {
    /// Services over a store.
    pub fn new(store: Store, demo: Option<demo::Switches>) -> Self {
        let standstill = worker::Standstill::default();
        let (sign_ins, asks) = Default::default();
        let passwords = password::Passwords::new();
        Self { store, demo, standstill, public_url: None, passwords, sign_ins, asks, asked: None }
    }

    /// With the address that browsers use.
    pub fn with_public_url(self, public_url: Option<String>) -> Self {
        Self { public_url, ..self }
    }

    /// With what takes requests for passwords that are answered by e-mail.
    pub fn with_mail(self, asked: mail::Asked) -> Self {
        Self { asked: Some(asked), ..self }
    }

    /// Whether whoever asks for a password is sent one: only when letters can be sent.
    pub fn sends_mail(&self) -> bool {
        self.asked.is_some()
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
        let found = self.store.find_sealed_directory(directory_id).await?;
        let (Directory { settings, .. }, password) = found.ok_or(AppError::not_found(What::Directory))?;
        let password = self.store.open_password(&password)?;
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
