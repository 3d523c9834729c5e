//! How DNs are printed: RFC 4514 2, with the fewest escapes that are read back as the same DN.

use super::{Dn, Rdn, RdnPart, RdnValue};
use std::fmt::{Display, Formatter, Result, Write};

impl Display for Dn {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (index, rdn) in self.rdns.iter().enumerate() {
            if index > 0 {
                f.write_char(',')?;
            }
            rdn.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for Rdn {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                f.write_char('+')?;
            }
            part.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for RdnPart {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}={}", self.attribute, self.value)
    }
}

impl Display for RdnValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            RdnValue::Text(text) => write_text(text, f),
            RdnValue::Bytes(bytes) => bytes.iter().try_for_each(|byte| write!(f, "\\{byte:02X}")),
            RdnValue::Ber(bytes) => {
                f.write_char('#')?;
                bytes.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
            }
        }
    }
}

fn write_text(text: &str, f: &mut Formatter<'_>) -> Result {
    let last = text.char_indices().next_back().map_or(0, |(index, _)| index);
    for (index, c) in text.char_indices() {
        match c {
            ' ' if index == 0 || index == last => f.write_str("\\ ")?,
            '#' if index == 0 => f.write_str("\\#")?,
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => {
                f.write_char('\\')?;
                f.write_char(c)?;
            }
            '\0'..='\x1f' | '\x7f' => write!(f, "\\{:02X}", u32::from(c))?,
            _ => f.write_char(c)?,
        }
    }
    Ok(())
}
