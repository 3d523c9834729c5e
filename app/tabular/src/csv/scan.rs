//! Which bytes matter within a cell.

use super::guard::may_begin_formula;
use crate::dialect::Dialect;

/// What a byte is to a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Plain,
    Delimiter,
    Quote,
    LineFeed,
    CarriageReturn,
    Nul,
    Apostrophe,
}

/// What each byte is within a cell without quotes, and within quotes.
#[derive(Debug, Clone)]
pub(super) struct Classes {
    pub(super) bare: [Class; 256],
    pub(super) quoted: [Class; 256],
    pub(super) delimiter: u8,
    pub(super) quote: Option<u8>,
}

impl Classes {
    pub(super) fn new(dialect: &Dialect) -> Self {
        let Dialect { delimiter, guarded, .. } = *dialect;
        let quote = dialect.quote.byte().filter(|&quote| quote != delimiter);
        let mut bare = [Class::Plain; 256];
        if guarded {
            bare[usize::from(b'\'')] = Class::Apostrophe;
        }
        bare[0] = Class::Nul;
        let mut quoted = bare;
        // Any other byte may be part of a character.
        if delimiter.is_ascii() {
            bare[usize::from(delimiter)] = Class::Delimiter;
        }
        if let Some(quote) = quote {
            quoted[usize::from(quote)] = Class::Quote;
        }
        for classes in [&mut bare, &mut quoted] {
            classes[usize::from(b'\n')] = Class::LineFeed;
            classes[usize::from(b'\r')] = Class::CarriageReturn;
        }
        Self { bare, quoted, delimiter, quote }
    }
}

/// The next byte from `at` on that is not plain.
#[inline(always)]
pub(super) fn next_special(text: &[u8], at: usize, classes: &[Class; 256]) -> Option<(usize, Class)> {
    let (mut at, end) = (at, text.len());
    while at < end {
        let class = classes[usize::from(text[at])];
        if class != Class::Plain {
            return Some((at, class));
        }
        at += 1;
    }
    None
}

/// Whether the apostrophe at `at` may guard a formula.
pub(super) fn may_guard(text: &[u8], at: usize) -> bool {
    text.get(at + 1).is_some_and(|&byte| may_begin_formula(byte))
}
