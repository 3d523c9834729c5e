//! `/events`: one stream for each browser, from rows, so that one that was away gets what it missed.

use app::services::session::{self, hashed};
use app::services::{Actor, Permission, Services, now_ms, report};
use async_stream::stream;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use identity::id::{EventId, UserId};
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;
use tower_sessions::Session;

/// Events that are sent before the session is looked at again.
const PAGE: u32 = 200;
/// How long a browser waits before it comes again, in milliseconds.
const RETRY: Duration = Duration::from_secs(2);
/// How a job goes on is not told more often than this: one that writes ten pages a second is one line here and there.
const GAP: Duration = Duration::from_millis(150);
/// A comment that shows proxies and browsers that the stream stands.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Events after `Last-Event-ID` (without it, from now on), until the session ends or the server does.
pub async fn events(
    State(services): State<Services>,
    State(shutdown): State<CancellationToken>,
    session: Session,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    let user_id = session::user_id(&session).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let (Some(user_id), Some(session_id)) = (user_id, session.id()) else { return Err(StatusCode::UNAUTHORIZED) };
    let listener = Listener { services, user_id, session: hashed(&session_id) };
    let Some(mut actor) = listener.still_there().await? else { return Err(StatusCode::UNAUTHORIZED) };
    let asked = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let mut after = match asked {
        Some(event_id) => event_id,
        None => listener.services.store.last_event_id().await.map_err(unavailable)?,
    };
    let mut news = listener.services.store.news();
    let events = stream! {
        // The first line tells the browser that it is heard, and from where it would go on.
        yield Ok(Event::default().retry(RETRY).id(after.to_string()).comment("muster"));
        let mut quiet_until = Instant::now();
        loop {
            let due = match listener.services.store.events_after(user_id, after, PAGE).await {
                Ok(due) => due,
                // The browser comes again, and begins where it was.
                Err(error) => {
                    tracing::warn!(error = report::chain(&error), "an event stream ended");
                    break;
                }
            };
            let more = due.len() >= PAGE as usize;
            let waits = !more && Instant::now() < quiet_until && !due.iter().any(|(_, event)| is_end(event));
            if !waits {
                if !due.is_empty() {
                    quiet_until = Instant::now() + GAP;
                }
                for (event_id, event) in due {
                    after = EventId(after.0.max(event_id.0));
                    if let Some(line) = line(&actor, event_id, &event) {
                        yield Ok(line);
                    }
                }
            }
            if !more {
                tokio::select! {
                    () = news.wait() => {}
                    () = sleep_until(quiet_until), if waits => {}
                    () = shutdown.cancelled() => break,
                }
            }
            match listener.still_there().await {
                Ok(Some(now)) => actor = now,
                Ok(None) | Err(_) => break,
            }
        }
    };
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

/// Whose stream it is.
struct Listener {
    services: Services,
    user_id: UserId,
    session: [u8; 32],
}

impl Listener {
    /// The user as it is now; `None` once the session ended or the user may not sign in any more.
    async fn still_there(&self) -> Result<Option<Actor>, StatusCode> {
        let store = &self.services.store;
        let session = store.find_session(&self.session, now_ms()).await.map_err(unavailable)?;
        if session.is_none_or(|session| session.user_id != Some(self.user_id)) {
            return Ok(None);
        }
        let access = store.find_access(self.user_id).await.map_err(unavailable)?;
        let access = access.filter(|access| !access.must_change_password);
        Ok(access.map(|access| Actor::new(self.services.clone(), access)))
    }
}

/// Whether somebody may be waiting for it: the end of a job is told at once.
fn is_end(event: &job::Event) -> bool {
    match event {
        job::Event::Job { state, .. } => state.is_over(),
        job::Event::Notification(_) => true,
    }
}

/// An event as a line of the stream, if the user may see it. Notifications are one's own.
fn line(actor: &Actor, event_id: EventId, event: &job::Event) -> Option<Event> {
    let visible = match event {
        job::Event::Job { .. } => actor.may(Permission::UsersRead),
        job::Event::Notification(_) => true,
    };
    let line = Event::default().id(event_id.to_string());
    // Numbers and texts: there is nothing in an event that JSON does not have.
    visible.then(|| line.json_data(event).ok()).flatten()
}

fn unavailable(error: store::StoreError) -> StatusCode {
    tracing::warn!(error = report::chain(&error), "events are not available");
    StatusCode::SERVICE_UNAVAILABLE
}
