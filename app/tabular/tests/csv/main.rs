//! Reading and writing CSV. What is not a property runs natively and in the browser.

mod dialect;
mod encoding;
mod format;
mod libreoffice;
mod limits;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod quotes;
mod reading;
mod support;
mod writing;
