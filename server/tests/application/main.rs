//! The binary as its users meet it: started, asked over HTTP, stopped.

mod caller;
mod commands;
mod directories;
mod events;
mod full_disk;
mod health;
mod http;
mod import;
mod importing;
mod imports;
mod killed;
mod large_directories;
mod muster;
mod openldap;
mod permissions;
mod replanning;
mod roles;
mod search_text;
mod security;
mod sign_in;
mod site;
mod standstill;
mod users;
