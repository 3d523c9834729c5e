//! What is known of a request: where it came from, how long it took, how it ended.

use app::error::AppError;
use app::services::session::ClientAddress;
use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use server_fn::error::FromServerFnError as _;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

/// Whether the last address of `X-Forwarded-For` is believed.
#[derive(Debug, Clone, Copy)]
pub struct TrustForwardedFor(pub bool);

/// Notes the client's address in the request, for counting failed sign-ins.
pub async fn locate(
    State(TrustForwardedFor(trust)): State<TrustForwardedFor>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let forwarded = if trust { forwarded_for(request.headers()) } else { None };
    if let Some(address) = forwarded.or(peer) {
        request.extensions_mut().insert(ClientAddress(address));
    }
    next.run(request).await
}

/// The last address: the one that our own proxy wrote. Those before it are whatever the client sent.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

/// Counts and logs requests by route, not by address: addresses of pages hold what people search for.
pub async fn observe(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    let labels = [("method", method.to_owned()), ("route", route.clone()), ("status", status.to_string())];
    metrics::counter!("muster_http_requests_total", &labels).increment(1);
    metrics::histogram!("muster_http_request_seconds", "route" => route.clone()).record(took);
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::debug!(method, route, status, took_ms, "request");
    response
}

/// A method as it is counted. A client may invent as many as it likes, and every number that is counted stays.
fn known(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];
    KNOWN.into_iter().find(|known| method == known).unwrap_or("other")
}

/// Gives the errors of server functions the status that they have: leptos answers 500 to all of them, and whoever
/// watches the server would be woken by a wrong password.
pub async fn true_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let is_error = response.headers().contains_key(server_fn::error::SERVER_FN_ERROR_HEADER);
    if !is_error || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, 1024 * 1024).await else {
        return Response::from_parts(parts, Body::empty());
    };
    let error = AppError::de(bytes.clone());
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let AppError::TooManyAttempts { retry_after_seconds } = error {
        parts.headers.insert(header::RETRY_AFTER, retry_after_seconds.into());
    }
    Response::from_parts(parts, Body::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_proxy_wrote_is_believed() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "203.0.113.9, 198.51.100.7".parse().expect("a value"));
        assert_eq!(forwarded_for(&headers), Some(IpAddr::from([198, 51, 100, 7])));
        headers.append("x-forwarded-for", "192.0.2.1".parse().expect("a value"));
        assert_eq!(forwarded_for(&headers), Some(IpAddr::from([192, 0, 2, 1])));
        headers.append("x-forwarded-for", "unknown".parse().expect("a value"));
        assert_eq!(forwarded_for(&headers), None);
    }
}
