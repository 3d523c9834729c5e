//! Bytes of cells to text.

use super::batch::{Extent, Span};
use super::encoding::{Encoding, windows_1252};
use crate::issue::{Issue, IssueKind};

/// What is known about the encoding of a file while it is read.
#[derive(Debug, Clone)]
pub(super) struct Charset {
    pub(super) encoding: Encoding,
    /// Whether UTF-8 is only a guess that no character has confirmed yet.
    pub(super) undecided: bool,
}

impl Charset {
    /// Makes text of the bytes, in place if nothing is wrong with them; else the cells move. `nul` says whether to look
    /// for NUL characters.
    pub(super) fn settle(
        &mut self,
        mut text: Vec<u8>,
        cells: &mut [Span],
        rows: &[Extent],
        nul: bool,
        issues: &mut Vec<Issue>,
    ) -> String {
        if !nul && (self.encoding != Encoding::Windows1252 || text.is_ascii()) {
            match String::from_utf8(text) {
                Ok(text) => {
                    self.undecided = self.undecided && text.is_ascii();
                    return text;
                }
                Err(error) => text = error.into_bytes(),
            }
        }
        let known = issues.len();
        let text = self.rebuild(&text, cells, rows, issues);
        if issues.len() > known {
            issues.sort_by_key(|issue| issue.row);
        }
        text
    }

    fn rebuild(&mut self, bytes: &[u8], cells: &mut [Span], rows: &[Extent], issues: &mut Vec<Issue>) -> String {
        let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
        let mut first = 0;
        for row in rows {
            let (mut wrong, mut nul) = (None, None);
            for (index, cell) in cells[first..row.end as usize].iter_mut().enumerate() {
                let start = text.len();
                let faulty = self.decode(&bytes[cell.range()], &mut text);
                if text[start..].contains('\0') {
                    let replaced = text[start..].replace('\0', "\u{FFFD}");
                    text.truncate(start);
                    text.push_str(&replaced);
                    nul = nul.or(Some(index));
                }
                if faulty {
                    wrong = wrong.or(Some(index));
                }
                *cell = Span { start: start as u32, end: text.len() as u32 };
            }
            first = row.end as usize;
            for (column, kind) in [(wrong, IssueKind::WrongEncoding), (nul, IssueKind::Nul)] {
                issues.extend(column.map(|index| Issue { row: row.number, column: Some(index as u32 + 1), kind }));
            }
        }
        text
    }

    /// Appends a cell; whether some of it is no text in the encoding.
    fn decode(&mut self, cell: &[u8], text: &mut String) -> bool {
        if self.encoding != Encoding::Windows1252 {
            match std::str::from_utf8(cell) {
                Ok(valid) => {
                    self.undecided = self.undecided && valid.is_ascii();
                    text.push_str(valid);
                    return false;
                }
                // All before was ASCII, which is the same in both.
                Err(_) if self.undecided => *self = Self { encoding: Encoding::Windows1252, undecided: false },
                Err(_) => {
                    self.decode_faulty(cell, text);
                    return true;
                }
            }
        }
        text.extend(cell.iter().map(|&byte| windows_1252(byte)));
        false
    }

    fn decode_faulty(&self, cell: &[u8], text: &mut String) {
        for chunk in cell.utf8_chunks() {
            text.push_str(chunk.valid());
            match self.encoding {
                Encoding::Utf8 => text.extend(chunk.invalid().iter().map(|&byte| windows_1252(byte))),
                // Half of a pair is three bytes, of which the latter two look like the end of a character.
                _ => text.extend(chunk.invalid().iter().filter(|&&byte| byte >= 0xC0).map(|_| '\u{FFFD}')),
            }
        }
    }
}
