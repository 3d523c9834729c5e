//! Where the tab is.

use leptos::prelude::*;

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Loads another page from the server: who is signed in, or the language, is another one there.
pub fn go_to(path: &str) {
    let _ = window().location().set_href(path);
}
