//! Accepts connections, and gives each only so long to say what it wants.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Until the headers of a request must be there, and how long a connection may idle between two: whoever sends a byte
/// now and then would hold a connection for ever.
pub const HEADERS: Duration = Duration::from_secs(30);

/// Serves until the token is cancelled, and then until the requests in hand are answered. HTTP/1 alone: browsers speak
/// HTTP/2 to the proxy in front, which does TLS.
pub async fn serve(mut listener: TcpListener, router: Router, headers: Duration, shutdown: CancellationToken) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            // This one waits a moment when there are too many open files.
            (stream, peer) = Listener::accept(&mut listener) => {
                connections.spawn(answer(stream, peer, router.clone(), headers, shutdown.clone()));
            }
            Some(_) = connections.join_next() => {}
            () = shutdown.cancelled() => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn answer(stream: TcpStream, peer: SocketAddr, router: Router, headers: Duration, shutdown: CancellationToken) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.call(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(headers);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // What a client breaks off is its own matter.
        _ = connection.as_mut() => return,
        () = shutdown.cancelled() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    /// What a client reads until the server closes, after having sent this.
    async fn read_after(sent: &str, headers: Duration) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let router = Router::new()
            .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }));
        let shutdown = CancellationToken::new();
        let served = tokio::spawn(serve(listener, router, headers, shutdown.clone()));
        let mut client = TcpStream::connect(address).await.expect("it listens");
        client.write_all(sent.as_bytes()).await.expect("it reads");
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.expect("it closes in good order");
        shutdown.cancel();
        served.await.expect("it ends");
        answer
    }

    #[tokio::test]
    async fn whoever_does_not_finish_the_headers_is_not_waited_for() {
        for sent in ["", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
            let answer = read_after(sent, Duration::from_millis(50)).await;
            assert!(!answer.contains("127.0.0.1"), "{answer}");
        }
    }

    #[tokio::test]
    async fn a_request_is_answered_and_knows_its_client() {
        let answer =
            read_after("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", Duration::from_secs(60)).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
    }

    #[tokio::test]
    async fn the_end_does_not_wait_for_those_who_ask_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let shutdown = CancellationToken::new();
        let served = tokio::spawn(serve(listener, Router::new(), Duration::from_secs(3600), shutdown.clone()));
        let mut client = TcpStream::connect(address).await.expect("it listens");
        client.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.expect("it reads");
        let mut byte = [0];
        client.read_exact(&mut byte).await.expect("it answers");
        shutdown.cancel();
        served.await.expect("it ends");
    }
}
