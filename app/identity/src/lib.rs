//! The words that every part of Muster shares, as types. Pure: no I/O, no clock, no randomness.

pub mod assignment;
pub mod attribute;
pub mod cause;
pub mod directory;
pub mod dn;
pub mod email;
pub mod entry;
pub mod external_id;
pub mod field;
pub mod filter;
pub mod group;
pub mod id;
pub mod import;
pub mod locale;
pub mod matching;
pub mod pattern;
pub mod profile;
pub mod query;
pub mod role;
pub mod time_zone;
pub mod user;
pub mod username;
