//! The way to another page before this one is shown: by status and header on the server, by loading in the browser.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
pub use browser::send_to;
#[cfg(feature = "ssr")]
pub use server::send_to;
