//! The demo directory as its clients see it.

mod bytes;
mod ldapsearch;
mod peer;
