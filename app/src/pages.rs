//! One file per route.

pub mod demo;
pub mod directories;
pub mod directory;
pub mod file;
pub mod group;
pub mod groups;
pub mod import;
pub mod job;
pub mod jobs;
pub mod not_found;
pub mod part;
pub mod password;
pub mod profiles;
pub mod review;
pub mod role;
pub mod roles;
pub mod settings;
pub mod sign_in;
pub mod user;
pub mod users;
