//! An entry as a directory answered it.

use crate::attribute;
use serde::{Deserialize, Serialize};

/// An entry. Attributes come in the order of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The DN as the directory wrote it (RFC 4514 text; not always valid, never trusted).
    pub dn: String,
    /// Attribute description → values.
    pub attributes: Vec<(String, Vec<AttributeValue>)>,
}

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeValue {
    /// Valid UTF-8.
    Text(String),
    /// Anything else.
    Binary(Vec<u8>),
}

impl AttributeValue {
    /// As it came.
    pub fn bytes(&self) -> &[u8] {
        match self {
            AttributeValue::Text(text) => text.as_bytes(),
            AttributeValue::Binary(bytes) => bytes,
        }
    }
}

impl Entry {
    /// The values of an attribute, by its name without regard to case or options: `cn` also finds
    /// `CN;lang-de`. Empty when the entry does not have it.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &AttributeValue> {
        self.attributes
            .iter()
            .filter(move |(description, _)| attribute::same(description, name))
            .flat_map(|(_, values)| values)
    }

    /// The values that are text and not blank.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values(name).filter_map(|value| match value {
            AttributeValue::Text(text) if !text.trim().is_empty() => Some(text.as_str()),
            AttributeValue::Text(_) | AttributeValue::Binary(_) => None,
        })
    }
}
