//! Time in the reader's zone.

use js_sys::{Date, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// A point in time as the reader's zone and language write it, to the minute.
pub fn local_time(at: i64, language: &str) -> Option<String> {
    // Exact up to the year 287396.
    let date = Date::new(&JsValue::from_f64(at as f64));
    let options = Object::new();
    for (option, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        Reflect::set(&options, &option.into(), &value.into()).ok()?;
    }
    date.to_locale_string(&as_spoken_here(language), &options).as_string()
}

/// The browser's own variant of a language, if it speaks it: an English reader in London writes dates otherwise than one in
/// New York.
fn as_spoken_here(language: &str) -> String {
    let own = window().navigator().language();
    own.filter(|own| own.split('-').next() == Some(language)).unwrap_or_else(|| language.to_owned())
}
