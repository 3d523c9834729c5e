//! The binary as its users meet it: started, asked over HTTP, stopped.

mod commands;
mod events;
mod health;
mod http;
mod import;
mod killed;
mod muster;
mod security;
mod sign_in;
mod site;
