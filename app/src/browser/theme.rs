//! The theme of the document.

use crate::appearance::Theme;
use leptos::prelude::*;

const ATTRIBUTE: &str = "data-theme";

/// The theme in use.
pub fn theme() -> Theme {
    let code = document().document_element().and_then(|html| html.get_attribute(ATTRIBUTE));
    Theme::parse(code.as_deref().unwrap_or_default())
}

/// Changes it at once.
pub fn set_theme(theme: Theme) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute(ATTRIBUTE, theme.code());
    }
}
