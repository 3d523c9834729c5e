//! Workbooks as a person drops them: good, odd and hostile. The same answers natively and in wasm.

mod cells;
mod hostile;
mod libreoffice;
mod package;
mod sheets;
mod shown;
mod streaming;

// What needs a writer of workbooks, or many cases, is tested where it is quick.
#[cfg(not(target_arch = "wasm32"))]
mod arbitrary;
#[cfg(not(target_arch = "wasm32"))]
mod written;
