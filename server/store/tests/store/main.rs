//! The store on real databases: every test runs on SQLite and on PostgreSQL.

mod access;
mod applying;
mod directories;
mod events;
mod jobs;
mod plans;
mod reference;
mod schema;
mod snapshot;
mod support;
mod users;
