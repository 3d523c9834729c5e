//! The language of the page that the server sent.

use super::Language;
use std::sync::atomic::{AtomicU8, Ordering};

static LANGUAGE: AtomicU8 = AtomicU8::new(0);

/// The language of this page.
pub fn language() -> Language {
    match LANGUAGE.load(Ordering::Relaxed) {
        1 => Language::de,
        _ => Language::en,
    }
}

/// Takes over what the server chose, from `<html lang>`.
pub fn set_language(code: &str) {
    LANGUAGE.store(u8::from(code.starts_with("de")), Ordering::Relaxed);
}

/// A title of the window as the browser is told it.
pub fn window_title(title: &str) -> String {
    title.to_owned()
}
