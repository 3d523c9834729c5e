//! The demo directory: an LDAP server in the process, over seeded people, with failure switches.
//!
//! It is for trying Muster without a directory at hand. What it holds lives in memory and is the same at every
//! start; what was added or modified is gone with the process.

mod people;
mod server;
mod switches;
mod tree;

pub use server::{Demo, DemoError, MAX_MESSAGE};
pub use switches::{Failure, Switches};

/// The top of the demo's tree.
pub const BASE_DN: &str = "dc=demo,dc=muster";
/// Where its people are.
pub const PEOPLE_DN: &str = "ou=people,dc=demo,dc=muster";
/// Where its groups are.
pub const GROUPS_DN: &str = "ou=groups,dc=demo,dc=muster";
/// The account that may search, add and modify.
pub const BIND_DN: &str = "cn=muster,dc=demo,dc=muster";
/// The password of that account, and of everyone in the demo.
pub const BIND_PASSWORD: &str = "demo";
/// How many people there are.
pub const PEOPLE: usize = 1_200;
/// How many groups there are.
pub const GROUPS: usize = 40;
