//! The texts of the interface, in the reader's language.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
pub use browser::{language, set_language, window_title};
#[cfg(all(test, feature = "ssr"))]
pub use server::in_language;
#[cfg(feature = "ssr")]
pub use server::{Reader, language, window_title};

/// What the build script made of `locales/`.
#[expect(missing_docs, reason = "generated")]
#[expect(clippy::all, reason = "generated")]
pub mod catalogue {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

pub use catalogue::i18n::Locale as Language;

/// The cookie that keeps the chosen language.
pub const LANGUAGE_COOKIE: &str = "language";

/// A number as the reader's language writes it: `100,000` or `100.000`.
pub fn number(number: impl Into<u64>) -> String {
    let mark = match language() {
        Language::en => ',',
        Language::de => '.',
    };
    grouped(number.into(), mark)
}

fn grouped(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

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

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn three_digits_stand_together() {
        let texts = [0, 999, 1_000, 100_001, 1_234_567].map(|number| grouped(number, ','));
        assert_eq!(texts, ["0", "999", "1,000", "100,001", "1,234,567"]);
    }
}
