//! `/metrics`: numbers for Prometheus.

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use std::net::SocketAddr;

/// Seconds: from a lookup to a long run.
const BUCKETS: [f64; 12] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 600.0];

/// Begins to count, for the whole process.
pub fn start() -> Result<PrometheusHandle, BuildError> {
    let counts = PrometheusBuilder::new().set_buckets(&BUCKETS)?.install_recorder()?;
    metrics::describe_counter!("muster_http_requests_total", "Requests by method, route and status.");
    metrics::describe_histogram!("muster_http_request_seconds", "Seconds until an answer began, by route.");
    metrics::describe_counter!("muster_job_runs_total", "Runs of jobs by how they ended.");
    metrics::describe_histogram!("muster_job_run_seconds", "Seconds of a run of a job.");
    metrics::describe_counter!("muster_job_rows_total", "Rows of jobs by outcome.");
    metrics::describe_histogram!("muster_job_page_seconds", "Seconds of a page of a job.");
    metrics::describe_gauge!("muster_info", "1, with the version of the program.");
    metrics::gauge!("muster_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    Ok(counts)
}

/// The numbers, for programs of this machine: whoever comes from elsewhere, or through a proxy, finds nothing here.
pub async fn for_this_machine(
    State(counts): State<PrometheusHandle>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip"].iter().any(|name| headers.contains_key(*name));
    if forwarded || !peer.ip().to_canonical().is_loopback() {
        return StatusCode::NOT_FOUND.into_response();
    }
    render(&counts)
}

/// The numbers on an address of their own, for whoever reaches it.
pub fn router(counts: PrometheusHandle) -> Router {
    Router::new()
        .route("/metrics", get(|State(counts): State<PrometheusHandle>| async move { render(&counts) }))
        .with_state(counts)
}

fn render(counts: &PrometheusHandle) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], counts.render()).into_response()
}
