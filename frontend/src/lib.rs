//! The browser's entry point.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page once this module is loaded.
#[wasm_bindgen]
pub async fn hydrate() {
    app::browser::start().await;
}
