//! What a person types into the search bar (R2), and the filter that it becomes.

use crate::filter::{Filter, FilterError};

/// A search bar's text, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// `*`: everyone.
    All,
    /// A name, part of a name, a keyword: looked for in the searched attributes, escaped.
    Text(String),
    /// An LDAP filter: the text began with `(`.
    Filter(Filter),
}

impl Query {
    /// Understands a text. Blank is everyone.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let text = text.trim();
        if text.starts_with('(') {
            return Filter::parse(text).map(Query::Filter);
        }
        Ok(if text.is_empty() || text == "*" { Query::All } else { Query::Text(text.to_owned()) })
    }
}
