//! Relative distinguished names: the steps of a DN.

use crate::{attribute, matching};

/// One step of a DN: a type with a value, or several of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rdn {
    /// Never empty.
    pub(super) parts: Vec<RdnPart>,
}

/// A type and its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RdnPart {
    pub(super) attribute: String,
    pub(super) value: RdnValue,
}

/// A value in a DN.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RdnValue {
    /// Text.
    Text(String),
    /// Bytes that are not UTF-8, written as hexadecimal pairs: `\FF`.
    Bytes(Vec<u8>),
    /// The BER encoding of a value, written as `#` and hexadecimal digits.
    Ber(Vec<u8>),
}

/// The type of an RDN is not an attribute's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an attribute's name")]
pub struct RdnError(String);

/// Names and numbers of the types in RFC 4514's table: equal when compared.
const SHORT_NAMES: [(&str, &str); 9] = [
    ("2.5.4.3", "cn"),
    ("2.5.4.7", "l"),
    ("2.5.4.8", "st"),
    ("2.5.4.10", "o"),
    ("2.5.4.11", "ou"),
    ("2.5.4.6", "c"),
    ("2.5.4.9", "street"),
    ("0.9.2342.19200300.100.1.25", "dc"),
    ("0.9.2342.19200300.100.1.1", "uid"),
];

impl Rdn {
    /// An RDN of one part. The value is text and needs no escapes.
    pub fn new(attribute: &str, value: &str) -> Result<Self, RdnError> {
        if !attribute::is_name(attribute) {
            return Err(RdnError(attribute.chars().take(80).collect()));
        }
        let value = RdnValue::Text(value.to_owned());
        Ok(Self { parts: vec![RdnPart { attribute: attribute.to_owned(), value }] })
    }

    /// Its parts, in the order in which they were written.
    pub fn parts(&self) -> &[RdnPart] {
        &self.parts
    }

    /// Whether both have the same parts, in any order. One that stands there twice is one.
    pub fn same_as(&self, other: &Rdn) -> bool {
        self.key() == other.key()
    }

    pub(super) fn key(&self) -> String {
        let mut keys: Vec<String> = self.parts.iter().map(|part| part.normalised().to_string()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.join("+")
    }
}

impl RdnPart {
    /// The type, as it was written.
    pub fn attribute(&self) -> &str {
        &self.attribute
    }

    /// The value.
    pub fn value(&self) -> &RdnValue {
        &self.value
    }

    fn normalised(&self) -> RdnPart {
        let lower = self.attribute.to_ascii_lowercase();
        let attribute = SHORT_NAMES.iter().find(|(oid, _)| *oid == lower).map_or(lower, |(_, name)| (*name).to_owned());
        let value = match (&self.value, self.value.text()) {
            (_, Some(text)) => RdnValue::Text(matching::fold(text)),
            (other, None) => other.clone(),
        };
        RdnPart { attribute, value }
    }
}

impl RdnValue {
    /// The text, if the value is one: also that of a BER-encoded string.
    pub fn text(&self) -> Option<&str> {
        match self {
            RdnValue::Text(text) => Some(text),
            RdnValue::Bytes(_) => None,
            // OCTET STRING, UTF8String, PrintableString, IA5String with a short length.
            RdnValue::Ber(ber) => match ber.as_slice() {
                [0x04 | 0x0c | 0x13 | 0x16, length @ 0..=0x7f, content @ ..]
                    if content.len() == usize::from(*length) =>
                {
                    std::str::from_utf8(content).ok()
                }
                _ => None,
            },
        }
    }
}
