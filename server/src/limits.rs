//! How much a request may send, and how long it may take.

use crate::errors;
use app::error::AppError;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http_body_util::{BodyExt as _, Limited};
use std::time::Duration;

/// Bytes of a body.
const BODY: usize = 1024 * 1024;
/// Bytes of what may be long: a hundred thousand rows picked one by one, a record of a file with a thousand long cells.
const LONG_BODY: usize = 16 * 1024 * 1024;
/// Bytes that are read away of a body that is too long.
const READ_AWAY: usize = 64 * 1024 * 1024;
/// The server functions that take such.
const TAKE_LONG: [&str; 5] =
    ["/api/commit_plan", "/api/count_picked", "/api/plan_directory_import", "/api/replan", "/api/upload_chunk"];
/// Until a page must begin to answer.
const PAGE: Duration = Duration::from_secs(30);
/// Until a server function or an export must begin to answer. Those that read a directory have its own, shorter deadline.
const CALL: Duration = Duration::from_secs(15 * 60);

/// Refuses bodies that are too long, by what they say and by what they are; ends what takes too long. An answer that
/// has begun is not cut short: event streams and searches last as long as somebody reads them.
pub async fn limit(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (body, time) = if TAKE_LONG.iter().any(|start| path.starts_with(start)) {
        (LONG_BODY, CALL)
    } else if path.starts_with("/api/") || path.starts_with("/export/") {
        (BODY, CALL)
    } else {
        (BODY, PAGE)
    };
    if request.body().size_hint().lower() > body as u64 {
        return too_large(request.into_body(), body).await;
    }
    let request = request.map(|sent| Body::new(Limited::new(sent, body)));
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::GATEWAY_TIMEOUT.into_response(),
    }
}

/// Refuses a body. What it still sends is read away first: a browser whose connection is closed while it sends never
/// sees the answer, and would tell of a server that was not reached.
async fn too_large(body: Body, limit: usize) -> Response {
    let mut rest = Limited::new(body, READ_AWAY);
    let read_away = async { while let Some(Ok(_)) = rest.frame().await {} };
    // Whoever takes longer does without the answer.
    let _ = tokio::time::timeout(PAGE, read_away).await;
    errors::answer(&AppError::RequestTooLarge { limit_bytes: limit as u64 })
}
