//! Why a text is not a filter, and where.

use super::{MAX_DEPTH, MAX_LENGTH, MAX_TERMS};
use serde::{Deserialize, Serialize};

/// Why a text is not a filter, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{reason} (at character {})", position + 1)]
pub struct FilterError {
    /// The character (a Unicode scalar value, not a byte) at which it went wrong, from 0; the number of
    /// characters when the end of the text came too early.
    pub position: u32,
    /// What is wrong there.
    pub reason: FilterReason,
}

/// What is wrong with a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FilterReason {
    /// Longer than [`MAX_LENGTH`].
    #[error("a filter has at most {MAX_LENGTH} bytes")]
    TooLong,
    /// A text of the search bar that is longer than [`crate::query::Query::MAX_TEXT`].
    #[error("a text to search for has at most {} characters", crate::query::Query::MAX_TEXT)]
    TextTooLong,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("filters are nested at most {MAX_DEPTH} deep")]
    TooDeep,
    /// More terms than [`MAX_TERMS`].
    #[error("a filter has at most {MAX_TERMS} terms")]
    TooManyTerms,
    /// No `(` where a filter must begin.
    #[error("“(” is expected here")]
    Open,
    /// No `)` where a filter must end.
    #[error("“)” is expected here")]
    Close,
    /// Something after the last `)`.
    #[error("the filter is complete before this")]
    Trailing,
    /// No legal attribute.
    #[error("an attribute's name is expected here")]
    Attribute,
    /// No comparison after the attribute.
    #[error("“=”, “>=”, “<=”, “~=” or “:=” is expected here")]
    Comparison,
    /// `*` where the comparison knows no parts of values.
    #[error("“*” stands for any text only after “=”; here it is written \\2a")]
    Asterisk,
    /// `(` or NUL within a value.
    #[error("this character is written as a backslash and two hexadecimal digits")]
    Unescaped,
    /// `\` without two hexadecimal digits.
    #[error("a backslash is followed by two hexadecimal digits")]
    Escape,
    /// No legal matching rule.
    #[error("the name or number of a matching rule is expected here")]
    Rule,
}
