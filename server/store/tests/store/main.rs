//! The store on real databases: every test runs on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod access;
mod ahead;
mod applying;
mod directories;
mod events;
mod exporting;
mod groups;
mod jobs;
mod object_jobs;
mod password_links;
mod plans;
mod profiles;
mod reference;
mod refusal;
mod report;
mod roles;
mod schema;
mod scopes;
mod snapshot;
mod support;
mod tls;
mod users;
