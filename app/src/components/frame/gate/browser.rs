//! In the browser.

/// Loads another page.
pub fn send_to(path: &str) {
    crate::browser::go_to(path);
}
