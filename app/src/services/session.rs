//! What a session holds, and the address that a request came from.

use super::{now_ms, report};
use crate::error::AppError;
use axum::Extension;
use identity::id::UserId;
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;
use tower_sessions::session::{Error, Id};
use tower_sessions::{Session, session_store};

/// The key of the user's number in a session's record. The session store of the server reads it too.
pub const USER: &str = "user_id";
/// The key of the time of the sign-in.
pub const SIGNED_IN_AT: &str = "signed_in_at";
/// How the session store begins to say that there is no room for a session: its errors are texts.
pub const DISK_FULL: &str = "the disk is full";
/// A session ends when it was not used for so long.
pub const IDLE: std::time::Duration = std::time::Duration::from_secs(12 * 60 * 60);
/// A session ends so long after the sign-in, used or not.
pub const ABSOLUTE: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 60 * 60);

/// Where a request came from, for counting failed sign-ins. The server puts it into every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Where the request in hand came from, if the server knows.
pub async fn address() -> Option<IpAddr> {
    let address = leptos_axum::extract::<Extension<ClientAddress>>().await.ok();
    address.map(|Extension(ClientAddress(address))| address)
}

/// The session of the request in hand, signed in or not.
pub async fn current() -> Result<Session, AppError> {
    leptos_axum::extract::<Session>().await.map_err(|error| report::internal(&error))
}

/// Who is signed in, if the session has not reached its greatest age.
pub async fn user_id(session: &Session) -> Result<Option<UserId>, AppError> {
    let signed_in_at: Option<i64> = session.get(SIGNED_IN_AT).await?;
    let age = signed_in_at.map(|at| now_ms().saturating_sub(at));
    match age {
        Some(age) if u128::try_from(age).is_ok_and(|age| age < ABSOLUTE.as_millis()) => {
            Ok(session.get::<i64>(USER).await?.map(UserId))
        }
        _ => Ok(None),
    }
}

/// Signs a user in. The session gets another id, so that one that was known before is worth nothing.
pub async fn begin(session: &Session, user_id: UserId) -> Result<(), AppError> {
    session.cycle_id().await?;
    session.insert(USER, user_id.0).await?;
    session.insert(SIGNED_IN_AT, now_ms()).await?;
    // Written now and not with the answer, where all that could be said is that something failed.
    session.save().await.map_err(|error| match error {
        Error::Store(session_store::Error::Backend(why)) if why.starts_with(DISK_FULL) => AppError::DiskFull,
        other => other.into(),
    })
}

/// What is stored of a session's id: a copy of the database opens no session.
pub fn hashed(id: &Id) -> [u8; 32] {
    Sha256::digest(id.0.to_be_bytes()).into()
}
