//! The only crate that speaks SQL. One file per noun; SQLite and PostgreSQL behind one [`Store`].
//!
//! What a person or a worker decides comes in as values; what the database answers goes out as values.
//! Rows of tables never leave this crate. Times are milliseconds since 1970 UTC.

pub mod access;
pub mod ahead;
pub mod credentials;
pub mod directories;
pub mod editing;
pub mod error;
pub mod events;
pub mod exporting;
pub mod grouping;
pub mod groups;
pub mod jobs;
pub mod news;
pub mod object_files;
pub mod object_jobs;
pub mod objects;
pub mod page;
pub mod password_links;
pub mod plans;
pub mod pool;
pub mod profiles;
pub mod rest;
pub mod role_editing;
pub mod roles;
pub mod secrets;
pub mod sessions;
pub mod snapshot;
pub mod undone;
pub mod uploads;
pub mod users;

mod apply;
mod committing;
mod dialect;
mod history;
mod job_row;
mod picked;
mod plan_rows;
mod refusal;
mod report;
mod revision;
mod schema;
mod sql;
mod user_row;
mod work;

pub use error::{StoreError, Trouble};
pub use page::Page;
pub use pool::Store;
