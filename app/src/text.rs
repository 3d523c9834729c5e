//! The texts of the interface, in the reader's language.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
pub use browser::{language, set_language};
#[cfg(feature = "ssr")]
pub use server::language;

/// What the build script made of `locales/`.
#[expect(missing_docs, reason = "generated")]
#[expect(clippy::all, reason = "generated")]
pub mod catalogue {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

pub use catalogue::i18n::Locale as Language;

/// The cookie that keeps the chosen language.
pub const LANGUAGE_COOKIE: &str = "language";

/// A text of `locales/`: `text!(users.title)`, `text!(common.users, count = 3)`.
///
/// A text without arguments is a `&'static str`, one with arguments a `String`. It is not reactive: another language
/// loads the page anew.
#[macro_export]
macro_rules! text {
    ($($key:tt)*) => {
        $crate::text_in!($crate::text::language(), $($key)*)
    };
}

/// [`text!`] in a given language.
#[macro_export]
macro_rules! text_in {
    ($language:expr, $($key:tt)*) => {
        leptos_i18n::td_string!($language, $($key)*)
    };
}
