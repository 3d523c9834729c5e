//! Wakes the page that the server rendered.

use super::typed::Typed;
use crate::{App, pages::part, text};
use leptos::prelude::*;
use std::time::Duration;

/// How long the parts of a page that wait for something take to wake at most.
const REST: Duration = Duration::from_millis(30);

/// Called once by the browser's entry point.
pub async fn start() {
    console_error_panic_hook::set_once();
    let language = document().document_element().and_then(|html| html.get_attribute("lang"));
    text::set_language(language.as_deref().unwrap_or("en"));
    // Without its part a page stays as the server wrote it. The browser's console says what was missing.
    if part::load(&location().pathname().unwrap_or_default()).await.is_err() {
        return;
    }
    let typed = Typed::find();
    leptos::mount::hydrate_body(App);
    // After the parts of the page that waited for something have woken too.
    set_timeout(move || wake(typed), REST);
}

fn wake(typed: Typed) {
    typed.give_back();
    // Whoever watches from outside, such as a test, sees that the page answers from now on.
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-awake", "");
    }
}
