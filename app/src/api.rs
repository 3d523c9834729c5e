//! Every server function, one file per noun. Each begins with `authorized(…)`, sign-in aside.

#![expect(
    missing_docs,
    reason = "the macro makes a public struct of a function's arguments and cannot carry documentation to its fields"
)]

pub mod demo;
pub mod directory;
pub mod file;
pub mod group;
pub mod import;
pub mod job;
pub mod json;
pub mod lines;
pub mod notification;
pub mod object_file;
pub mod password;
pub mod plan;
pub mod profile;
pub mod role;
pub mod search;
pub mod session;
pub mod user;
