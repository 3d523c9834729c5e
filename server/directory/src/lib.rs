//! The only crate that speaks LDAP. It reads safely: a result that is not complete cannot pass for complete, by type,
//! every wait has an end, and what a server sends is believed only as far as it is checked.

mod ber;
pub mod connect;
mod entry;
pub mod error;
mod message;
mod request;
pub mod search;
pub mod test;
pub mod tls;
mod wire;

pub use connect::{Session, Target};
pub use error::{Cause, DirectoryError};
pub use search::{Completion, NothingElsewhere, Pages, Search, SearchPage};
