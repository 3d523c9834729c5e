//! Reads filters: RFC 4515 3, with RFC 4526's empty lists.

use super::{Assertion, Filter, FilterError, FilterReason, MAX_DEPTH, MAX_LENGTH, MAX_TERMS};
use crate::attribute::Description;

pub(super) fn parse(text: &str) -> Result<Filter, FilterError> {
    let character = |byte: usize| text[..byte].chars().count() as u32;
    if text.len() > MAX_LENGTH {
        let byte = text.floor_char_boundary(MAX_LENGTH);
        return Err(FilterError { position: character(byte), reason: FilterReason::TooLong });
    }
    let mut reader = Reader { text, position: 0, depth: 0, terms: 0 };
    let filter = reader.filter().and_then(|filter| {
        reader.skip_blanks();
        if reader.position < text.len() {
            return Err(FilterReason::Trailing);
        }
        // A control character is printed as three bytes, and what is printed must be read again.
        let is_too_long = text.len() > MAX_LENGTH / 3 && filter.to_string().len() > MAX_LENGTH;
        if is_too_long { Err(FilterReason::TooLong) } else { Ok(filter) }
    });
    filter.map_err(|reason| FilterError { position: character(reader.position), reason })
}

/// Where the reading stands. When something is wrong, `position` is where.
struct Reader<'a> {
    text: &'a str,
    position: usize,
    depth: u32,
    terms: u32,
}

type Answer<T> = Result<T, FilterReason>;

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.position += 1;
        }
    }

    fn expect(&mut self, byte: u8, otherwise: FilterReason) -> Answer<()> {
        if self.peek() != Some(byte) {
            return Err(otherwise);
        }
        self.position += 1;
        Ok(())
    }

    fn take(&mut self, start: &str) -> bool {
        let found = self.text[self.position..].starts_with(start);
        if found {
            self.position += start.len();
        }
        found
    }

    /// The only function that calls itself; `MAX_DEPTH` bounds it.
    fn filter(&mut self) -> Answer<Filter> {
        self.skip_blanks();
        if self.peek() == Some(b'(') && self.depth == MAX_DEPTH {
            return Err(FilterReason::TooDeep);
        }
        if self.peek() == Some(b'(') && self.terms == MAX_TERMS {
            return Err(FilterReason::TooManyTerms);
        }
        self.expect(b'(', FilterReason::Open)?;
        self.depth += 1;
        self.terms += 1;
        self.skip_blanks();
        let filter = match self.peek() {
            Some(b'&') => Filter::And(self.list()?),
            Some(b'|') => Filter::Or(self.list()?),
            Some(b'!') => {
                self.position += 1;
                let inner = self.filter()?;
                self.skip_blanks();
                Filter::Not(Box::new(inner))
            }
            _ => self.item()?,
        };
        self.expect(b')', FilterReason::Close)?;
        self.depth -= 1;
        Ok(filter)
    }

    fn list(&mut self) -> Answer<Vec<Filter>> {
        self.position += 1;
        let mut filters = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(b')') => return Ok(filters),
                None => return Err(FilterReason::Close),
                Some(_) => filters.push(self.filter()?),
            }
        }
    }

    fn item(&mut self) -> Answer<Filter> {
        if self.peek() == Some(b':') {
            return self.extensible(None);
        }
        let attribute = self.description(FilterReason::Attribute)?;
        if self.peek() == Some(b':') {
            return self.extensible(Some(attribute));
        }
        if self.take("=") {
            return self.equality(attribute);
        }
        let ordered = if self.take(">=") {
            Filter::GreaterOrEqual
        } else if self.take("<=") {
            Filter::LessOrEqual
        } else if self.take("~=") {
            Filter::Approx
        } else {
            return Err(FilterReason::Comparison);
        };
        Ok(ordered(Assertion { attribute, value: self.whole_value()? }))
    }

    fn description(&mut self, otherwise: FilterReason) -> Answer<Description> {
        let rest = &self.text[self.position..];
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b';')).count();
        match Description::parse(&rest[..length]) {
            Ok(description) => {
                self.position += length;
                Ok(description)
            }
            Err(_) => Err(otherwise),
        }
    }

    /// What follows `=`: a value, a `*` alone, or parts of a value.
    fn equality(&mut self, attribute: Description) -> Answer<Filter> {
        let mut parts = vec![self.value()?];
        while self.peek() == Some(b'*') {
            self.position += 1;
            parts.push(self.value()?);
        }
        let Some(last) = parts.pop() else { return Err(FilterReason::Close) };
        if parts.is_empty() {
            return Ok(Filter::Equality(Assertion { attribute, value: last }));
        }
        let initial = parts.remove(0);
        Ok(Filter::substrings(attribute, Some(initial), parts, Some(last)))
    }

    fn extensible(&mut self, attribute: Option<Description>) -> Answer<Filter> {
        // `:dn` is a flag only as a whole word: a rule may be called `dnRule`.
        let dn = [":dn:", ":DN:", ":Dn:", ":dN:"].iter().any(|flag| self.text[self.position..].starts_with(flag));
        if dn {
            self.position += ":dn".len();
        }
        let mut rule = None;
        if !self.take(":=") {
            self.expect(b':', FilterReason::Comparison)?;
            rule = Some(self.description(FilterReason::Rule)?);
            if !self.take(":=") {
                return Err(FilterReason::Comparison);
            }
        } else if attribute.is_none() {
            self.position -= ":=".len();
            return Err(FilterReason::Rule);
        }
        let value = self.whole_value()?;
        Filter::extensible(attribute, rule, dn, value).ok_or(FilterReason::Rule)
    }

    fn whole_value(&mut self) -> Answer<Vec<u8>> {
        let value = self.value()?;
        if self.peek() == Some(b'*') { Err(FilterReason::Asterisk) } else { Ok(value) }
    }

    /// A value up to `)` or `*`, without its escapes.
    fn value(&mut self) -> Answer<Vec<u8>> {
        let mut value = Vec::new();
        loop {
            match self.peek() {
                None | Some(b')' | b'*') => return Ok(value),
                Some(b'(' | 0) => return Err(FilterReason::Unescaped),
                Some(b'\\') => {
                    let Some(byte) = self.hex_pair() else { return Err(FilterReason::Escape) };
                    value.push(byte);
                    self.position += 3;
                }
                Some(byte) => {
                    value.push(byte);
                    self.position += 1;
                }
            }
        }
    }

    fn hex_pair(&self) -> Option<u8> {
        let digit = |offset| self.text.as_bytes().get(self.position + offset).and_then(|b| char::from(*b).to_digit(16));
        Some((digit(1)? * 16 + digit(2)?) as u8)
    }
}
