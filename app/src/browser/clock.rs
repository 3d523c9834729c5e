//! Time in the reader's zone.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

/// A point in time as the reader's zone and language write it, to the minute.
pub fn local_time(at: i64, language: &str) -> Option<String> {
    // Exact up to the year 287396.
    let date = Date::new(&JsValue::from_f64(at as f64));
    let options = Object::new();
    for (option, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        Reflect::set(&options, &option.into(), &value.into()).ok()?;
    }
    date.to_locale_string(language, &options).as_string()
}
