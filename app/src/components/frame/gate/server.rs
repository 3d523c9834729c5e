//! On the server.

/// Answers with a redirect instead of the page.
pub fn send_to(path: &str) {
    leptos_axum::redirect(path);
}
