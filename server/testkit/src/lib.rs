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

/// A port of the loopback that is free at the moment.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("the loopback has a free port");
    listener.local_addr().expect("a bound listener has an address").port()
}
