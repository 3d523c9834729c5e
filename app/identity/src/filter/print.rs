//! How filters are printed: RFC 4515 3, with the fewest escapes.

use super::{Assertion, Extensible, Filter, Pattern, Target};
use std::fmt::{Display, Formatter, Result, Write};

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('(')?;
        match self {
            Filter::And(filters) => write_list('&', filters, f)?,
            Filter::Or(filters) => write_list('|', filters, f)?,
            Filter::Not(filter) => write!(f, "!{filter}")?,
            Filter::Equality(assertion) => write_assertion(assertion, "=", f)?,
            Filter::GreaterOrEqual(assertion) => write_assertion(assertion, ">=", f)?,
            Filter::LessOrEqual(assertion) => write_assertion(assertion, "<=", f)?,
            Filter::Approx(assertion) => write_assertion(assertion, "~=", f)?,
            Filter::Present(attribute) => write!(f, "{attribute}=*")?,
            Filter::Substrings(attribute, pattern) => write!(f, "{attribute}={pattern}")?,
            Filter::Extensible(extensible) => extensible.fmt(f)?,
        }
        f.write_char(')')
    }
}

fn write_list(operator: char, filters: &[Filter], f: &mut Formatter<'_>) -> Result {
    f.write_char(operator)?;
    filters.iter().try_for_each(|filter| filter.fmt(f))
}

fn write_assertion(Assertion { attribute, value }: &Assertion, comparison: &str, f: &mut Formatter<'_>) -> Result {
    write!(f, "{attribute}{comparison}{}", escape(value))
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Pattern { initial, any, last } = self;
        f.write_str(&initial.as_deref().map(escape).unwrap_or_default())?;
        f.write_char('*')?;
        for part in any {
            write!(f, "{}*", escape(part))?;
        }
        f.write_str(&last.as_deref().map(escape).unwrap_or_default())
    }
}

impl Display for Extensible {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Extensible { target, dn, value } = self;
        let dn = if *dn { ":dn" } else { "" };
        match target {
            Target::Attribute(attribute) => write!(f, "{attribute}{dn}")?,
            Target::Rule(rule) => write!(f, "{dn}:{rule}")?,
            Target::Both { attribute, rule } => write!(f, "{attribute}{dn}:{rule}")?,
        }
        write!(f, ":={}", escape(value))
    }
}

/// What must be escaped is, and so are control characters and bytes that are not UTF-8.
pub(super) fn escape(value: &[u8]) -> String {
    let mut escaped = String::with_capacity(value.len());
    let pair = |escaped: &mut String, byte: u8| {
        // Writing to a string cannot fail.
        let _ = write!(escaped, "\\{byte:02x}");
    };
    for chunk in value.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\0'..='\x1f' | '\x7f' | '(' | ')' | '*' | '\\' => pair(&mut escaped, c as u8),
                _ => escaped.push(c),
            }
        }
        chunk.invalid().iter().for_each(|byte| pair(&mut escaped, *byte));
    }
    escaped
}
