//! Real servers for tests and benchmarks, on loopback ports, and people to fill them. Each server is a child of the
//! test, lives in a temporary folder and ends with its value.

pub mod certificates;
pub mod hostile;
pub mod people;
pub mod postgres;
pub mod slapd;
pub mod smtp;

pub use hostile::Hostile;
pub use people::{People, Person};
pub use postgres::Postgres;
pub use slapd::{Slapd, SlapdBuilder};
pub use smtp::Smtp;

use socket2::{Domain, Socket, Type};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

/// A port of the loopback that is free at the moment, below those that the system gives to outgoing connections: none of
/// these takes it before a server listens there. The search begins elsewhere in each process.
pub fn free_port() -> u16 {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    loop {
        let step = std::process::id().wrapping_mul(97).wrapping_add(ASKED.fetch_add(1, Ordering::Relaxed));
        let port = 10_000 + (step % 20_000) as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A port of the loopback where nobody listens, and nobody else can while this value lives.
#[derive(Debug)]
pub struct ClosedPort(Socket);

impl ClosedPort {
    /// Takes one.
    pub fn take() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("the system has sockets");
        socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("the loopback has a free port");
        Self(socket)
    }

    /// The URL of a directory that would be there.
    pub fn ldap_url(&self) -> String {
        let address = self.0.local_addr().ok().and_then(|address| address.as_socket()).expect("a bound socket");
        format!("ldap://{address}")
    }
}
