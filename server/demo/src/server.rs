//! The server: listens, and gives each connection a task.

mod answer;
mod connection;
mod filter;
mod operation;
mod paging;
mod search;
mod wire;

pub use wire::MAX_MESSAGE;

use crate::{switches::Switches, tree::Tree};
use connection::Connection;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, RwLock},
    time::Duration,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_util::sync::{CancellationToken, DropGuard};

/// The most connections at a time; more wait in the listener's queue.
const MAX_CONNECTIONS: usize = 256;

/// A running demo directory. It stops when this is dropped, and closes its connections.
#[derive(Debug)]
pub struct Demo {
    address: SocketAddr,
    switches: Switches,
    _stop: DropGuard,
}

/// Why the demo directory did not start.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The port is taken, or the address is not this machine's.
    #[error("the demo directory cannot listen on {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

/// What all connections share.
struct Shared {
    /// Held for the moment of a look-up or a change, never while something is sent.
    tree: RwLock<Tree>,
    switches: Switches,
}

impl Demo {
    /// Starts on this address, within the current tokio runtime. Port 0 takes any that is free.
    pub async fn start(address: SocketAddr) -> Result<Self, DemoError> {
        let listening = |source| DemoError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        let switches = Switches::default();
        let shared = Arc::new(Shared { tree: RwLock::new(Tree::seeded()), switches: switches.clone() });
        let stop = CancellationToken::new();
        tokio::spawn(stop.clone().run_until_cancelled_owned(accept(listener, shared, stop.clone())));
        tracing::debug!(%address, "the demo directory listens");
        Ok(Self { address, switches, _stop: stop.drop_guard() })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address as a directory's settings want it: `ldap://127.0.0.1:3890`.
    pub fn url(&self) -> String {
        format!("ldap://{}", self.address)
    }

    /// The switches of its failures.
    pub fn switches(&self) -> Switches {
        self.switches.clone()
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        // Closed is what a semaphore is when somebody closes it, and nobody does.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((socket, peer)) => {
                let connection = Connection::new(socket, Arc::clone(&shared));
                let stop = stop.clone();
                tokio::spawn(async move {
                    if let Some(Err(error)) = stop.run_until_cancelled(connection.serve()).await {
                        tracing::debug!(%peer, %error, "a connection of the demo directory ended");
                    }
                    drop(place);
                });
            }
            Err(error) => {
                // Too many open files, mostly: it goes on when some are closed.
                tracing::warn!(%error, "the demo directory could not accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}
