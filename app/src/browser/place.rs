//! Where the tab is.

use leptos::prelude::*;

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// An address of this site, from a path: as whoever looks at it reached it.
pub fn whole_address(path: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}{path}")
}

/// Loads another page from the server: who is signed in, or the language, is another one there.
pub fn go_to(path: &str) {
    let _ = window().location().set_href(path);
}
