//! Rows as CSV.

use super::guard::guard;
use std::borrow::Cow;

/// How rows are written: RFC 4180 in UTF-8, lines ended by CR LF. What is written is read back as it was, but for NUL
/// characters, whatever [`Dialect::detect`](crate::dialect::Dialect::detect) meets in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writer {
    /// Between cells: an ASCII character other than a quote and those of line breaks.
    pub delimiter: u8,
    /// Whether the file begins with a byte order mark, without which Excel takes UTF-8 for Windows-1252.
    pub mark: bool,
    /// Whether cells that a spreadsheet would run as a formula are [guarded](super::guard()).
    pub guarded: bool,
}

impl Default for Writer {
    /// Muster's own format: commas, no mark, guarded.
    fn default() -> Self {
        Self { delimiter: b',', mark: false, guarded: true }
    }
}

impl Writer {
    /// Appends what comes before the first row.
    pub fn begin(&self, out: &mut Vec<u8>) {
        if self.mark {
            out.extend_from_slice("\u{FEFF}".as_bytes());
        }
    }

    /// Appends a row.
    pub fn row<'a>(&self, cells: impl IntoIterator<Item = &'a str>, out: &mut Vec<u8>) {
        let begin = out.len();
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                out.push(self.delimiter);
            }
            let cell = if self.guarded { guard(cell) } else { Cow::Borrowed(cell) };
            self.cell(&cell, out);
        }
        if out.len() == begin {
            // A line without anything would be no row.
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(b"\r\n");
    }

    fn cell(&self, cell: &str, out: &mut Vec<u8>) {
        let cell = cell.as_bytes();
        if !self.needs_quotes(cell) {
            out.extend_from_slice(cell);
            return;
        }
        out.push(b'"');
        for part in cell.split_inclusive(|&byte| byte == b'"') {
            out.extend_from_slice(part);
            if part.ends_with(b"\"") {
                out.push(b'"');
            }
        }
        out.push(b'"');
    }

    fn needs_quotes(&self, cell: &[u8]) -> bool {
        // Every delimiter that could be guessed, not only ours: then a guess cannot be led astray.
        let special =
            |&byte: &u8| byte == self.delimiter || matches!(byte, b'"' | b',' | b';' | b'\t' | b'|' | b'\r' | b'\n');
        // An apostrophe could be taken for a quote; at the beginning of a file, `ID` makes Excel see a format of old,
        // `sep=` the line that names the delimiter, and U+FEFF is the byte order mark.
        let first = |text: &[u8]| cell.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
        cell.iter().any(special) || first(b"'") || first(b"ID") || first(b"sep=") || first("\u{FEFF}".as_bytes())
    }
}
