//! The directory crate against a real OpenLDAP, and against peers that mean harm.

mod failures;
mod harm;
mod pages;
mod protection;
mod steps;
mod target;
