//! When two usernames are the same name.

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

/// What usernames are compared by: NFKC, full case folding, NFKC again (Unicode 3.13, D145 without
/// the removal of ignorables). Names are shown as they were written and compared by this key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct UsernameKey(String);

impl UsernameKey {
    /// The key of a username. White space around the name does not count.
    pub fn of(username: &str) -> Self {
        let username = username.trim();
        // Most names are ASCII, and theirs is the hot path of every comparison.
        if username.is_ascii() {
            return Self(username.to_ascii_lowercase());
        }
        let composed: String = username.nfkc().collect();
        Self(UniCase::unicode(composed).to_folded_case().nfkc().collect())
    }

    /// The text that is stored and compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a username is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsernameError {
    /// Nothing, or white space only.
    #[error("a username cannot be empty")]
    Empty,
    /// Longer than [`MAX_LENGTH`].
    #[error("a username has at most {MAX_LENGTH} characters")]
    TooLong,
    /// A line break, NUL or another control character.
    #[error("a username cannot contain control characters")]
    Control,
}

/// The longest username, in characters.
pub const MAX_LENGTH: usize = 255;

/// Accepts a username as written, without the white space around it.
pub fn check(username: &str) -> Result<&str, UsernameError> {
    let username = username.trim();
    if username.is_empty() {
        return Err(UsernameError::Empty);
    }
    // Most names are ASCII, and every row of a plan asks.
    if username.is_ascii() && username.len() <= MAX_LENGTH && !username.bytes().any(|byte| byte.is_ascii_control()) {
        return Ok(username);
    }
    if username.chars().count() > MAX_LENGTH {
        return Err(UsernameError::TooLong);
    }
    if username.chars().any(char::is_control) {
        return Err(UsernameError::Control);
    }
    Ok(username)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(left: &str, right: &str) {
        assert_eq!(UsernameKey::of(left), UsernameKey::of(right), "{left} and {right}");
    }

    #[test]
    fn case_and_form_do_not_make_another_name() {
        same("JDoe", "jdoe");
        same("straße", "STRASSE");
        same("Jürgen", "Ju\u{308}rgen");
        same("ﬁona", "FIONA");
        same("Σίσυφος", "ΣΊΣΥΦΟΣ");
        same("İ", "i\u{307}");
    }

    #[test]
    fn different_names_stay_different() {
        assert_ne!(UsernameKey::of("jdoe"), UsernameKey::of("jdoé"));
        assert_ne!(UsernameKey::of("ı"), UsernameKey::of("i"));
    }

    #[test]
    fn an_illegal_name_says_why() {
        assert_eq!(check(" eve "), Ok("eve"));
        assert_eq!(check(" \t"), Err(UsernameError::Empty));
        assert_eq!(check("a\0b"), Err(UsernameError::Control));
        assert_eq!(check(&"x".repeat(256)), Err(UsernameError::TooLong));
    }
}
