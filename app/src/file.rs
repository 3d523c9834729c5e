//! A file that is read, mapped, planned and corrected in the browser, in a worker of its own: nothing of it leaves the
//! machine before the picked rows are sent up (R12).
//!
//! [`messages`] are what the page and the worker say to each other; everything else here runs in the worker.

pub mod corrections;
pub mod desk;
mod known;
pub mod memory;
pub mod messages;
pub mod objects;
pub mod planned;
pub mod reading;
pub mod rest;
pub mod upload;
mod words;
