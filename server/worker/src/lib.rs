//! Claims jobs and applies their changesets; reads directories and plans imports.

pub mod pace;
pub mod planning;
pub mod reading;
pub mod runner;

pub use runner::Worker;
