//! The document around the application.

use crate::{App, appearance, text};
use leptos::prelude::*;
use leptos_i18n::Locale as _;
use leptos_meta::MetaTags;

/// The document that the server sends for every page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let theme = appearance::theme().code();
    let stylesheet = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    view! {
        <!DOCTYPE html>
        <html lang=text::language().as_str() data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=stylesheet />
                <HydrationScripts options=options.clone() />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
