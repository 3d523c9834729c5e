//! Search filters (RFC 4515): a tree that is read, printed and asked whether an entry matches.

mod error;
mod evaluate;
mod parse;
mod print;

pub use error::{FilterError, FilterReason};

use crate::attribute::Description;
use serde::{Deserialize, Serialize};

/// How deep filters may be nested: `(a=b)` is 1 deep, `(!(a=b))` is 2.
pub const MAX_DEPTH: u32 = 64;
/// The longest text that is read, in bytes, as it is written and as it is printed.
pub const MAX_LENGTH: usize = 16 * 1024;
/// The most filters in a filter, itself included.
pub const MAX_TERMS: u32 = 1024;

/// A filter. Values are bytes: mostly UTF-8, but a filter may look for anything.
///
/// Built of checked parts, so that printing one never says anything else than it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Filter {
    /// All of them; without any, everything (RFC 4526).
    And(Vec<Filter>),
    /// One of them at least; without any, nothing (RFC 4526).
    Or(Vec<Filter>),
    /// What this one does not match.
    Not(Box<Filter>),
    /// `attribute=value`
    Equality(Assertion),
    /// `attribute=ab*cd*ef`
    Substrings(Description, Pattern),
    /// `attribute>=value`
    GreaterOrEqual(Assertion),
    /// `attribute<=value`
    LessOrEqual(Assertion),
    /// `attribute=*`
    Present(Description),
    /// `attribute~=value`
    Approx(Assertion),
    /// `attribute:dn:rule:=value`
    Extensible(Extensible),
}

/// An attribute and a value to compare its values with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Assertion {
    /// The attribute.
    pub attribute: Description,
    /// The value.
    pub value: Vec<u8>,
}

/// Parts of a value. There is at least one, and none is empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    initial: Option<Vec<u8>>,
    any: Vec<Vec<u8>>,
    last: Option<Vec<u8>>,
}

/// A match by a rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Extensible {
    target: Target,
    dn: bool,
    value: Vec<u8>,
}

/// What an extensible match compares. There is an attribute or a rule, or both.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Target {
    Attribute(Description),
    Rule(Description),
    Both { attribute: Description, rule: Description },
}

impl Filter {
    /// Reads a filter. White space between filters is accepted, so that long ones can be laid out.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::parse(text)
    }

    /// Escapes a value, so that it stands for itself wherever it is written into a filter's text.
    pub fn escape(value: &str) -> String {
        print::escape(value.as_bytes())
    }

    /// `attribute=value`; the value, text or bytes, is taken as it is.
    pub fn equal(attribute: &str, value: impl AsRef<[u8]>) -> Result<Self, FilterError> {
        let attribute = description(attribute)?;
        Ok(Filter::Equality(Assertion { attribute, value: value.as_ref().to_vec() }))
    }

    /// `attribute=*text*`; the text is taken as it is. Without a text, `attribute=*`.
    pub fn contains(attribute: &str, text: &str) -> Result<Self, FilterError> {
        Ok(Self::substrings(description(attribute)?, None, vec![text.as_bytes().to_vec()], None))
    }

    /// `attribute=*`
    pub fn present(attribute: &str) -> Result<Self, FilterError> {
        description(attribute).map(Filter::Present)
    }

    /// `attribute=initial*any*any*last`. Empty parts are left out, and no parts at all are `attribute=*`.
    pub fn substrings(
        attribute: Description,
        initial: Option<Vec<u8>>,
        mut any: Vec<Vec<u8>>,
        last: Option<Vec<u8>>,
    ) -> Self {
        let filled = |part: &Vec<u8>| !part.is_empty();
        any.retain(filled);
        let (initial, last) = (initial.filter(filled), last.filter(filled));
        if initial.is_none() && any.is_empty() && last.is_none() {
            return Filter::Present(attribute);
        }
        Filter::Substrings(attribute, Pattern { initial, any, last })
    }

    /// `attribute:dn:rule:=value`. `None` when there is neither an attribute nor a rule.
    pub fn extensible(
        attribute: Option<Description>,
        rule: Option<Description>,
        dn: bool,
        value: Vec<u8>,
    ) -> Option<Self> {
        let target = match (attribute, rule) {
            (Some(attribute), Some(rule)) => Target::Both { attribute, rule },
            (Some(attribute), None) => Target::Attribute(attribute),
            (None, Some(rule)) => Target::Rule(rule),
            (None, None) => return None,
        };
        Some(Filter::Extensible(Extensible { target, dn, value }))
    }

    /// All of these; of one, that one.
    pub fn and(filters: Vec<Filter>) -> Self {
        <[Filter; 1]>::try_from(filters).map_or_else(Filter::And, |[only]| only)
    }

    /// One of these at least; of one, that one.
    pub fn or(filters: Vec<Filter>) -> Self {
        <[Filter; 1]>::try_from(filters).map_or_else(Filter::Or, |[only]| only)
    }

    /// Whether it stays within the limits that a text is read with: filters that were put together may not.
    pub fn check(&self) -> Result<(), FilterError> {
        let (depth, terms) = self.measure();
        let too = |reason| Err(FilterError { position: 0, reason });
        if depth > MAX_DEPTH {
            too(FilterReason::TooDeep)
        } else if terms > MAX_TERMS {
            too(FilterReason::TooManyTerms)
        } else if self.to_string().len() > MAX_LENGTH {
            too(FilterReason::TooLong)
        } else {
            Ok(())
        }
    }

    /// Depth and number of terms.
    fn measure(&self) -> (u32, u32) {
        let below = match self {
            Filter::And(filters) | Filter::Or(filters) => filters.as_slice(),
            Filter::Not(filter) => std::slice::from_ref(filter.as_ref()),
            _ => &[],
        };
        let (depth, terms) = below
            .iter()
            .map(Filter::measure)
            .fold((0, 0), |(deepest, sum), (depth, terms)| (deepest.max(depth), sum + terms));
        (depth + 1, terms + 1)
    }
}

fn description(attribute: &str) -> Result<Description, FilterError> {
    Description::parse(attribute).map_err(|_| FilterError { position: 0, reason: FilterReason::Attribute })
}

impl std::str::FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Filter {
    type Error = FilterError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Filter> for String {
    fn from(filter: Filter) -> String {
        filter.to_string()
    }
}

#[cfg(test)]
mod tests;
