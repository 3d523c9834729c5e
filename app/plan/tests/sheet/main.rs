//! Columns of sheets, and what their rows say: natively and as wasm.

mod headers;
mod mapping;
mod names;
mod notation;
mod objects;
mod profiles;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod rows;
