//! Whether the server is well: `/healthz`, `/readyz`, `muster healthcheck`.

use app::services::{Services, report};
use axum::extract::State;
use axum::http::StatusCode;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;
use store::Trouble;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// The process runs and answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// The database answers too, has the schema that this program knows, and takes what workers write.
pub async fn ready(State(services): State<Services>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(Duration::from_secs(5), services.store.ping()).await {
        Ok(Ok(())) => match services.standstill.trouble() {
            None | Some(Trouble::Passing) => (StatusCode::OK, "ok"),
            Some(Trouble::DiskFull) => {
                (StatusCode::SERVICE_UNAVAILABLE, "the disk of the database is full, and a job waits for room")
            }
            Some(Trouble::Lasting) => {
                (StatusCode::SERVICE_UNAVAILABLE, "the database refuses what a job writes: the log says why")
            }
        },
        Ok(Err(error)) => {
            tracing::warn!(error = report::chain(&error), "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database is not available")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}

/// Asks the server that listens at this address.
pub async fn ask(listen: SocketAddr) -> ExitCode {
    match tokio::time::timeout(Duration::from_secs(5), status(reachable(listen))).await {
        Ok(Ok(line)) if line.split(' ').nth(1) == Some("200") => ExitCode::SUCCESS,
        Ok(Ok(line)) => {
            eprintln!("muster: the server answers “{}”", line.trim());
            ExitCode::FAILURE
        }
        Ok(Err(error)) => {
            eprintln!("muster: {listen} does not answer: {error}");
            ExitCode::FAILURE
        }
        Err(_) => {
            eprintln!("muster: {listen} does not answer in time");
            ExitCode::FAILURE
        }
    }
}

/// An address that listens everywhere is reached on this machine.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// The first line of the answer.
async fn status(address: SocketAddr) -> std::io::Result<String> {
    let mut connection = tokio::net::TcpStream::connect(address).await?;
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await?;
    let mut answer = vec![];
    connection.take(64 * 1024).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned())
}
