//! How much a request may send, and how long it may take.

use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http_body_util::Limited;
use std::time::Duration;

/// Bytes of a body.
const BODY: usize = 1024 * 1024;
/// Bytes of a selection: a hundred thousand rows picked one by one.
const COMMIT_BODY: usize = 16 * 1024 * 1024;
/// Until a page must begin to answer.
const PAGE: Duration = Duration::from_secs(30);
/// Until a server function must begin to answer. Those that read a directory have its own, shorter deadline.
const CALL: Duration = Duration::from_secs(15 * 60);

/// Refuses bodies that are too long, by what they say and by what they are; ends what takes too long. An answer that
/// has begun is not cut short: event streams and searches last as long as somebody reads them.
pub async fn limit(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let takes_selection =
        ["/api/commit_plan", "/api/count_picked", "/api/replan"].iter().any(|start| path.starts_with(start));
    let (body, time) = if takes_selection {
        (COMMIT_BODY, CALL)
    } else if path.starts_with("/api/") {
        (BODY, CALL)
    } else {
        (BODY, PAGE)
    };
    if request.body().size_hint().lower() > body as u64 {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let request = request.map(|sent| Body::new(Limited::new(sent, body)));
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::GATEWAY_TIMEOUT.into_response(),
    }
}
