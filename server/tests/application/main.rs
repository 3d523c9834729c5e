//! The binary as its users meet it: started, asked over HTTP, stopped.

mod commands;
mod events;
mod health;
mod http;
mod muster;
mod security;
mod sign_in;
