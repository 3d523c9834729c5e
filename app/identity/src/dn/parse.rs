//! Reads DNs: RFC 4514 3, with the blanks of RFC 2253 4.

use super::{Dn, MAX_LENGTH, Rdn, RdnPart, RdnValue};
use crate::attribute;
use serde::{Deserialize, Serialize};

/// Why a text is not a DN, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{reason} (at character {})", position + 1)]
pub struct DnError {
    /// The character (a Unicode scalar value, not a byte) at which it went wrong, from 0; the number of
    /// characters when the end of the text came too early.
    pub position: u32,
    /// What is wrong there.
    pub reason: DnReason,
}

/// What is wrong with a DN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DnReason {
    /// Longer than [`MAX_LENGTH`].
    #[error("a DN has at most {MAX_LENGTH} bytes")]
    TooLong,
    /// No legal attribute type.
    #[error("an attribute's name is expected here")]
    AttributeType,
    /// A type without `=`.
    #[error("“=” is expected after the attribute's name")]
    Equals,
    /// A character that must be escaped.
    #[error("this character needs a backslash before it")]
    Unescaped,
    /// `\` before something that it does not escape.
    #[error("a backslash is followed by a special character or by two hexadecimal digits")]
    Escape,
    /// `#` without pairs of hexadecimal digits.
    #[error("“#” is followed by pairs of hexadecimal digits")]
    HexString,
}

pub(super) fn parse(text: &str) -> Result<Dn, DnError> {
    let mut reader = Reader { text, position: 0 };
    let dn = if text.len() > MAX_LENGTH {
        reader.position = text.floor_char_boundary(MAX_LENGTH);
        Err(DnReason::TooLong)
    } else {
        reader.dn().map(|rdns| Dn { rdns })
    };
    // A control character is printed as three bytes, and what is printed must be read again.
    let is_readable = |dn: &Dn| text.len() <= MAX_LENGTH / 3 || dn.to_string().len() <= MAX_LENGTH;
    let dn = dn.and_then(|dn| if is_readable(&dn) { Ok(dn) } else { Err(DnReason::TooLong) });
    dn.map_err(|reason| DnError { position: text[..reader.position].chars().count() as u32, reason })
}

/// Where the reading stands. When something is wrong, `position` is where: always at the edge of a character.
struct Reader<'a> {
    text: &'a str,
    position: usize,
}

type Answer<T> = Result<T, DnReason>;

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn skip_blanks(&mut self) {
        while self.peek() == Some(b' ') {
            self.position += 1;
        }
    }

    fn dn(&mut self) -> Answer<Vec<Rdn>> {
        self.skip_blanks();
        let mut rdns = Vec::new();
        if self.peek().is_none() {
            return Ok(rdns);
        }
        loop {
            rdns.push(self.rdn()?);
            if self.peek().is_none() {
                return Ok(rdns);
            }
            // The comma: a value ends at the end, at a comma or at a plus, and `rdn` has taken every plus.
            self.position += 1;
        }
    }

    fn rdn(&mut self) -> Answer<Rdn> {
        let mut parts = vec![self.part()?];
        while self.peek() == Some(b'+') {
            self.position += 1;
            parts.push(self.part()?);
        }
        Ok(Rdn { parts })
    }

    fn part(&mut self) -> Answer<RdnPart> {
        self.skip_blanks();
        let rest = &self.text[self.position..];
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')).count();
        let attribute = &rest[..length];
        if !attribute::is_name(attribute) {
            return Err(DnReason::AttributeType);
        }
        let attribute = attribute.to_owned();
        self.position += length;
        self.skip_blanks();
        if self.peek() != Some(b'=') {
            return Err(DnReason::Equals);
        }
        self.position += 1;
        self.skip_blanks();
        let value = if self.peek() == Some(b'#') { self.hex_string()? } else { self.string()? };
        Ok(RdnPart { attribute, value })
    }

    fn hex_string(&mut self) -> Answer<RdnValue> {
        self.position += 1;
        let mut bytes = Vec::new();
        while let Some(byte) = self.hex_pair() {
            bytes.push(byte);
            self.position += 2;
        }
        if bytes.is_empty() {
            return Err(DnReason::HexString);
        }
        let end = self.position;
        self.skip_blanks();
        match self.peek() {
            None | Some(b',' | b'+') => Ok(RdnValue::Ber(bytes)),
            Some(_) => {
                self.position = end;
                Err(DnReason::HexString)
            }
        }
    }

    fn string(&mut self) -> Answer<RdnValue> {
        let mut bytes = Vec::new();
        // Blanks at the end do not belong to the value, unless they were escaped.
        let mut kept = 0;
        while let Some(byte) = self.peek() {
            match byte {
                b',' | b'+' => break,
                b'"' | b';' | b'<' | b'>' | 0 => return Err(DnReason::Unescaped),
                b'\\' => {
                    self.position += 1;
                    bytes.push(self.escaped()?);
                    kept = bytes.len();
                }
                b' ' => {
                    self.position += 1;
                    bytes.push(byte);
                }
                _ => {
                    self.position += 1;
                    bytes.push(byte);
                    kept = bytes.len();
                }
            }
        }
        bytes.truncate(kept);
        // Pairs of one character may come one by one: only all of them together are UTF-8, or are not.
        Ok(String::from_utf8(bytes).map_or_else(|error| RdnValue::Bytes(error.into_bytes()), RdnValue::Text))
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Answer<u8> {
        if let Some(byte) = self.hex_pair() {
            self.position += 2;
            return Ok(byte);
        }
        match self.peek() {
            Some(byte @ (b' ' | b'"' | b'#' | b'+' | b',' | b';' | b'<' | b'=' | b'>' | b'\\')) => {
                self.position += 1;
                Ok(byte)
            }
            _ => {
                self.position -= 1;
                Err(DnReason::Escape)
            }
        }
    }

    fn hex_pair(&self) -> Option<u8> {
        let digit = |offset| self.text.as_bytes().get(self.position + offset).and_then(|b| char::from(*b).to_digit(16));
        Some((digit(0)? * 16 + digit(1)?) as u8)
    }
}
