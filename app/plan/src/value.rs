//! Which texts are values of a field, whatever source they come from.

use identity::username;

/// The longest text of a field, in characters.
pub const MAX_TEXT: usize = 1_000;
/// The longest values of a custom attribute, in characters, all together.
pub const MAX_CUSTOM: usize = 100_000;

/// The characters of a text, counted only so far that it is clear whether there are more than `limit`.
pub(crate) fn length_up_to(text: &str, limit: usize) -> usize {
    text.chars().take(limit + 1).count()
}

/// Whether a text has more characters than `limit`.
pub(crate) fn is_longer(text: &str, limit: usize) -> bool {
    text.len() > limit && length_up_to(text, limit) > limit
}

/// Whether a text has characters that cannot be stored: line breaks, NUL and the like.
pub(crate) fn has_control(text: &str) -> bool {
    // The quick way for most texts; there are control characters beyond ASCII too.
    if text.is_ascii() { text.bytes().any(|byte| byte.is_ascii_control()) } else { text.chars().any(char::is_control) }
}

/// A username, or so much of it that it is still too long to be one.
pub(crate) fn cut(text: &str) -> &str {
    if text.len() <= username::MAX_LENGTH {
        return text;
    }
    text.char_indices().nth(username::MAX_LENGTH + 1).map_or(text, |(end, _)| &text[..end])
}

/// Whether a word says yes or no, in English or German. An `x` is what people tick a cell with.
pub(crate) fn flag(text: &str) -> Option<bool> {
    const YES: [&str; 10] = ["true", "1", "yes", "on", "ja", "wahr", "aktiv", "active", "enabled", "x"];
    const NO: [&str; 9] = ["false", "0", "no", "off", "nein", "falsch", "inaktiv", "inactive", "disabled"];
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&YES) {
        Some(true)
    } else if is(&NO) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_is_a_word_in_one_of_two_languages() {
        for word in ["YES", "Ja", "1", "On", "Wahr", "AKTIV", "Active", "enabled", "x", "True"] {
            assert_eq!(flag(word), Some(true), "{word}");
        }
        for word in ["no", "NEIN", "0", "off", "Falsch", "inaktiv", "Inactive", "Disabled", "FALSE"] {
            assert_eq!(flag(word), Some(false), "{word}");
        }
        for word in ["", "2", "jein", "-", "yes please", "١"] {
            assert_eq!(flag(word), None, "{word}");
        }
    }

    #[test]
    fn a_text_is_longer_in_characters_not_in_bytes() {
        assert!(!is_longer("üüü", 3));
        assert!(is_longer("üüüü", 3));
    }
}
