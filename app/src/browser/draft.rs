//! Texts that outlive a reload of this tab, and nothing else.

use leptos::prelude::window;

/// Keeps a text; whether the browser had room for it. One that keeps nothing is no error: the text is a convenience.
/// Without room nothing is kept under the key, since an older text would come back as if it were the last.
pub fn keep_draft(key: &str, text: &str) -> bool {
    let Ok(Some(storage)) = window().session_storage() else { return false };
    let is_kept = storage.set_item(key, text).is_ok();
    if !is_kept {
        let _ = storage.remove_item(key);
    }
    is_kept
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
