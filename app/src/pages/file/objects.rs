//! The import of a file of groups or roles: what its columns are, what it would do, the commit.

pub mod columns;
mod commit;
mod decisions;
mod details;
mod example;
mod guard;
pub mod kind;
pub mod line;
pub mod review;
pub mod state;
mod table;
pub mod words;
