//! In the browser.

/// Loads another page.
pub(in super::super) fn send_to(path: &str) {
    crate::browser::go_to(path);
}
