//! Cookies of taste (language, theme), which the server reads before it renders.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// Keeps a value for a year, for this site alone.
pub fn set_cookie(name: &str, value: &str) {
    if let Some(document) = document().dyn_ref::<HtmlDocument>() {
        // A browser that refuses cookies keeps nothing; the page goes on with what it has.
        let _ = document.set_cookie(&format!("{name}={value}; path=/; max-age=31536000; samesite=lax"));
    }
}
