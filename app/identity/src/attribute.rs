//! Attribute descriptions (RFC 4512 2.5): a name without regard to case, then options.

use serde::{Deserialize, Serialize};

/// The longest description that is accepted, in bytes.
pub const MAX_LENGTH: usize = 255;

/// The name without its options: `cn;lang-de` → `cn`.
pub fn name(description: &str) -> &str {
    description.split_once(';').map_or(description, |(name, _)| name)
}

/// Whether a description has this name. The name has no options.
pub fn same(description: &str, wanted: &str) -> bool {
    // Filters ask this of every attribute of every entry: no searching for the semicolon.
    let Some((name, options)) = description.as_bytes().split_at_checked(wanted.len()) else { return false };
    matches!(options.first(), None | Some(b';')) && name.eq_ignore_ascii_case(wanted.as_bytes())
}

/// Whether this is a name alone: a letter, then letters, digits and hyphens; or numbers with dots.
pub fn is_name(text: &str) -> bool {
    text.len() <= MAX_LENGTH && (is_keystring(text) || is_numeric_oid(text))
}

/// Whether this is a name, perhaps with options.
pub fn is_description(text: &str) -> bool {
    let mut parts = text.split(';');
    text.len() <= MAX_LENGTH
        && parts.next().is_some_and(is_name)
        && parts.all(|option| !option.is_empty() && option.bytes().all(is_keychar))
}

fn is_keychar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn is_keystring(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(is_keychar)
}

fn is_numeric_oid(text: &str) -> bool {
    let is_number = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) && (part == "0" || !part.starts_with('0'))
    };
    text.contains('.') && text.split('.').all(is_number)
}

/// A legal description. Holding one means that it can be written into a filter or a DN as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Description(String);

/// The text is not an attribute description.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an attribute's name: it is a letter, then letters, digits and hyphens")]
pub struct DescriptionError(String);

impl Description {
    /// Accepts a description.
    pub fn parse(text: &str) -> Result<Self, DescriptionError> {
        if is_description(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(DescriptionError(text.chars().take(80).collect()))
        }
    }

    /// The description as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without options.
    pub fn name(&self) -> &str {
        name(&self.0)
    }
}

impl std::fmt::Display for Description {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Description {
    type Error = DescriptionError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Description> for String {
    fn from(description: Description) -> String {
        description.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_options_are_told_apart() {
        assert_eq!(name("cn;lang-de"), "cn");
        assert!(same("CN;lang-de", "cn"));
        assert!(same("cn", "CN"));
        assert!(!same("cnx", "cn") && !same("c", "cn") && !same("c;n", "cn") && !same("c;lang-de", "cn"));
    }

    #[test]
    fn the_examples_of_rfc_4512_are_legal() {
        for text in ["2.5.4.0", "cn;lang-de;lang-en", "owner", "1.3.6.1.4.1.1466.0", "x-a-1", "0.9.2342"] {
            assert!(is_description(text), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in ["", " cn", "cn ", "1cn", "2.5.", "2", "02.5", "c_n", "cn;", "cn;;a", "cn)", "cn=*", "ä", "-a", "*"]
        {
            assert!(!is_description(text), "{text}");
        }
        assert!(!is_description(&"a".repeat(256)));
        assert!(!is_name("cn;lang-de"));
    }
}
