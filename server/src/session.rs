//! Sessions: a cookie in the browser, a row in the store, and nothing that opens one from the other.

use crate::config::Settings;
use app::services::session::{DISK_FULL, IDLE, SIGNED_IN_AT, USER, hashed};
use app::services::{now_ms, report};
use async_trait::async_trait;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use identity::id::UserId;
use std::collections::HashMap;
use store::sessions::StoredSession;
use store::{Store, Trouble};
use time::OffsetDateTime;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// The key of the time at which a session was last written.
const SEEN_AT: &str = "seen_at";
/// How often the end of a session in use is moved on: not at every request, since each is a write.
const TOUCH_EVERY_MS: i64 = 10 * 60 * 1000;

/// The session layer's store.
#[derive(Debug, Clone)]
pub struct Sessions(pub Store);

/// The cookie's name: browsers keep one with this prefix only from https, for this host and the whole site.
fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-muster" } else { "muster" }
}

/// The layer that gives every request its session.
pub fn layer(store: Store, settings: &Settings) -> SessionManagerLayer<Sessions> {
    let secure = settings.cookies_are_secure();
    let idle = time::Duration::try_from(IDLE).expect("twelve hours are a duration");
    SessionManagerLayer::new(Sessions(store))
        .with_name(cookie_name(secure))
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(idle))
}

/// Keeps a session in use from ending.
pub async fn keep(session: Session, request: Request, next: Next) -> Response {
    if let Err(error) = touch(&session).await {
        // The request finds out for itself that there is no session.
        tracing::warn!(error = report::chain(&error), "a session was not moved on");
    }
    next.run(request).await
}

async fn touch(session: &Session) -> std::result::Result<(), tower_sessions::session::Error> {
    // Without a cookie there is nothing to keep, and nothing to ask the store.
    if session.id().is_none() || session.get::<i64>(SIGNED_IN_AT).await?.is_none() {
        return Ok(());
    }
    let now = now_ms();
    let seen_at: Option<i64> = session.get(SEEN_AT).await?;
    if seen_at.is_none_or(|at| now.saturating_sub(at) > TOUCH_EVERY_MS) {
        session.insert(SEEN_AT, now).await?;
    }
    Ok(())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self.0.save_session(&hashed(&record.id), &stored(record)?, true).await.map_err(backend)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let saved = self.0.save_session(&hashed(&record.id), &stored(record)?, false).await;
        match saved {
            // Signing in makes a new session, so here only its end was to be moved on. Looking is possible without that.
            Err(error) if error.trouble() == Trouble::DiskFull => {
                tracing::warn!(error = report::chain(&error), "the disk is full: a session was not moved on");
                Ok(())
            }
            saved => saved.map(drop).map_err(backend),
        }
    }

    async fn load(&self, session_id: &Id) -> Result<Option<Record>> {
        let found = self.0.find_session(&hashed(session_id), now_ms()).await.map_err(backend)?;
        found.map(|session| record(*session_id, &session)).transpose()
    }

    async fn delete(&self, session_id: &Id) -> Result<()> {
        self.0.delete_session(&hashed(session_id)).await.map_err(backend)
    }
}

/// What is stored: everything but the id.
fn stored(record: &Record) -> Result<StoredSession> {
    let text = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
    let user_id = record.data.get(USER).and_then(serde_json::Value::as_i64).map(UserId);
    let expires_at = i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX);
    Ok(StoredSession { record: text, user_id, expires_at })
}

fn record(id: Id, session: &StoredSession) -> Result<Record> {
    let data: HashMap<String, serde_json::Value> =
        serde_json::from_str(&session.record).map_err(|error| Error::Decode(error.to_string()))?;
    let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(i128::from(session.expires_at) * 1_000_000)
        .map_err(|error| Error::Decode(error.to_string()))?;
    Ok(Record { id, data, expiry_date })
}

fn backend(error: store::StoreError) -> Error {
    let why = report::chain(&error);
    Error::Backend(if error.trouble() == Trouble::DiskFull { format!("{DISK_FULL}: {why}") } else { why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_does_not_hold_the_id() {
        let id = Id(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        let data = HashMap::from([(USER.to_owned(), serde_json::json!(7))]);
        let expiry_date = OffsetDateTime::from_unix_timestamp(1_700_000_000).expect("a time");
        let before = Record { id, data, expiry_date };
        let session = stored(&before).expect("stores");
        assert_eq!(session.user_id, Some(UserId(7)));
        assert!(!session.record.contains(&id.to_string()) && !session.record.contains(&id.0.to_string()));
        assert_eq!(record(id, &session).expect("reads"), before);
    }
}
