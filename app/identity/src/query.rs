//! What a person types into the search bar (R2), and the filter that it becomes.

use crate::{
    attribute::Description,
    directory::UserSchema,
    filter::{Filter, FilterError, FilterReason},
};

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
    /// The longest text that is not a filter, in characters.
    pub const MAX_TEXT: usize = 256;

    /// Understands a text. Blank is everyone.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let blanks = text.chars().take_while(|c| c.is_whitespace()).count() as u32;
        let text = text.trim();
        if text.starts_with('(') {
            let shift = |FilterError { position, reason }| FilterError { position: position + blanks, reason };
            return Filter::parse(text).map(Query::Filter).map_err(shift);
        }
        // Some servers end a value at NUL: a search for `a␀b` would find whoever has an `a`.
        if let Some(position) = text.chars().position(|c| c == '\0') {
            return Err(FilterError { position: blanks + position as u32, reason: FilterReason::Unescaped });
        }
        if text.chars().nth(Self::MAX_TEXT).is_some() {
            let position = blanks + Self::MAX_TEXT as u32;
            return Err(FilterError { position, reason: FilterReason::TextTooLong });
        }
        let everyone = text.chars().all(|c| c == '*' || c.is_whitespace());
        Ok(if everyone { Query::All } else { Query::Text(text.to_owned()) })
    }

    /// The filter to send: the schema's people, of whom every word is found in one of the searched attributes.
    /// `*` in a word stands for any text; everything else stands for itself. The position in an error is that
    /// of the schema's filter.
    pub fn into_filter(&self, users: &UserSchema) -> Result<Filter, FilterError> {
        let people = Filter::parse(&users.filter)?;
        let filter = match self {
            Query::All => people,
            Query::Filter(filter) => Filter::and(vec![people, filter.clone()]),
            Query::Text(text) => {
                let attributes = searched(users)?;
                let words = text.split_whitespace().filter(|word| word.contains(|c| c != '*'));
                let mut all = vec![people];
                all.extend(words.map(|word| {
                    let parts = || word.split('*').map(|part| part.as_bytes().to_vec()).collect();
                    Filter::or(
                        attributes
                            .iter()
                            .map(|attribute| Filter::substrings(attribute.clone(), None, parts(), None))
                            .collect(),
                    )
                }));
                Filter::and(all)
            }
        };
        filter.check()?;
        Ok(filter)
    }
}

/// The searched attributes, or the username's when none is set.
fn searched(users: &UserSchema) -> Result<Vec<Description>, FilterError> {
    let only = std::slice::from_ref(&users.username_attribute);
    let names = if users.search_attributes.is_empty() { only } else { &users.search_attributes };
    let error = |_| FilterError { position: 0, reason: FilterReason::Attribute };
    names.iter().map(|name| Description::parse(name.trim()).map_err(error)).collect()
}

#[cfg(test)]
mod tests;
