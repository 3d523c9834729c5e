//! Texts that outlive a reload of this tab, and nothing else.

use leptos::prelude::window;

/// Keeps a text. A browser that keeps nothing is no error: the text is a convenience.
pub fn keep_draft(key: &str, text: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(key, text);
    }
}

/// The text that was kept.
pub fn find_draft(key: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(key).ok()?
}

/// Forgets a text.
pub fn forget_draft(key: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(key);
    }
}

/// Forgets all of them.
pub fn forget_drafts() {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.clear();
    }
}
