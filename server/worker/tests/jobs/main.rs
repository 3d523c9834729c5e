//! Jobs that are run, stopped, killed and resumed, on both databases.

mod installation;
mod killed;
mod running;
