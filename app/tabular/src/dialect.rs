//! How a CSV file is written: detected, shown, and overridden.

mod delimiter;

use crate::csv::{Encoding, Evidence, Reader, decode_utf16, detect_encoding};
use crate::header;
use crate::limits::Limits;
use std::borrow::Cow;

/// How much of a file is looked at: more does not make the guess better.
pub const SAMPLE_BYTES: usize = 64 << 10;
/// Rows among which the header row is looked for.
const HEADER_ROWS: usize = 100;

/// How a CSV file is written. Each part can be set to something else before the file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// In which encoding.
    pub encoding: Encoding,
    /// By what that is known.
    pub evidence: Evidence,
    /// Whether it begins with a byte order mark. One is stepped over, whatever this says.
    pub mark: bool,
    /// Whether its first line names the delimiter, as in `sep=;`. That line is no row.
    pub separator_line: bool,
    /// What stands between cells: an ASCII character other than those of line breaks. Anything else is between none.
    pub delimiter: u8,
    /// What stands around cells that contain it. A quote that is also the delimiter is none.
    pub quote: Quote,
    /// Where the header row is. It decides how many cells the rows below should have.
    pub header: Header,
    /// Whether apostrophes are taken off that keep cells from being run as formulas (see [`guard`](crate::csv::guard())).
    pub guarded: bool,
}

/// What stands around cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
    /// Nothing: quotes are text.
    None,
}

impl Quote {
    /// Its character.
    pub fn byte(self) -> Option<u8> {
        match self {
            Quote::Double => Some(b'"'),
            Quote::Single => Some(b'\''),
            Quote::None => None,
        }
    }
}

/// Where the header row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// The file has none.
    Absent,
    /// The row with this number, from 1.
    Row(u32),
}

/// What a person says instead of what would be detected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// The delimiter.
    pub delimiter: Option<u8>,
    /// The quote.
    pub quote: Option<Quote>,
    /// The header row.
    pub header: Option<Header>,
    /// Whether apostrophes before formulas are taken off, which they are unless this says no.
    pub guarded: Option<bool>,
}

impl Default for Dialect {
    /// Muster's own: UTF-8, commas, double quotes, headers in row 1, guarded.
    fn default() -> Self {
        Self {
            encoding: Encoding::Utf8,
            evidence: Evidence::Chosen,
            mark: false,
            separator_line: false,
            delimiter: b',',
            quote: Quote::Double,
            header: Header::Row(1),
            guarded: true,
        }
    }
}

impl Dialect {
    /// The dialect of the file that begins with `start`, of which at most [`SAMPLE_BYTES`] are looked at. What is
    /// overridden is taken as it is, and the rest is detected in its light.
    pub fn detect(start: &[u8], overrides: &Overrides) -> Self {
        let Overrides { encoding, delimiter, quote, header, guarded } = *overrides;
        let sample = &start[..start.len().min(SAMPLE_BYTES)];
        let (detected, by) = detect_encoding(sample);
        let (encoding, evidence) = encoding.map_or((detected, by), |chosen| (chosen, Evidence::Chosen));
        let text = match encoding {
            Encoding::Utf8 | Encoding::Windows1252 => Cow::Borrowed(sample),
            Encoding::Utf16Le => Cow::Owned(decode_utf16(sample, false)),
            Encoding::Utf16Be => Cow::Owned(decode_utf16(sample, true)),
        };
        let mark = text.starts_with("\u{FEFF}".as_bytes());
        let named = delimiter::named(&text[if mark { 3 } else { 0 }..]);
        let mut dialect = Self {
            encoding,
            evidence,
            mark,
            separator_line: named.is_some(),
            guarded: guarded.unwrap_or(true),
            ..Self::default()
        };
        // The text is taken apart as it is now. Which characters its bytes are is of no matter.
        let taken_as = Self { encoding: Encoding::Windows1252, header: Header::Absent, ..dialect };
        let whole = sample.len() == start.len();
        (dialect.delimiter, dialect.quote) = match (delimiter.or(named), quote) {
            (Some(delimiter), Some(quote)) => (delimiter, quote),
            (Some(delimiter), None) => (delimiter, delimiter::quote(&text, delimiter)),
            (None, quote) => delimiter::guess(&text, whole, quote, &taken_as),
        };
        dialect.header = header.unwrap_or_else(|| {
            let taken_as = Self { delimiter: dialect.delimiter, quote: dialect.quote, ..taken_as };
            let rows: Vec<_> =
                delimiter::rows(&text, whole, taken_as).rows().take(HEADER_ROWS).map(|row| row.to_row()).collect();
            header::guess(&rows).map_or(Header::Absent, Header::Row)
        });
        dialect
    }

    /// A reader of the file with the usual limits.
    pub fn reader(&self) -> Reader {
        Reader::new(*self, Limits::default())
    }
}
