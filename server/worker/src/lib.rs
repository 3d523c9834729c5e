//! Claims jobs and applies their changesets; reads directories and plans imports.

pub mod file;
pub mod pace;
pub mod planning;
pub mod reading;
pub mod runner;
pub mod standstill;

pub use runner::Worker;
pub use standstill::Standstill;
