//! What is imperfect in a CSV file that can be read all the same.

use std::fmt;

/// Something that a person should know about a row. A row has at most one issue of a kind, at the first cell concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issue {
    /// The number of the row as a spreadsheet shows it, from 1.
    pub row: u32,
    /// The column of the cell, from 1; none when it is about the whole row.
    pub column: Option<u32>,
    /// What it is.
    pub kind: IssueKind,
}

/// What is wrong, and what the row holds because of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueKind {
    /// A quote opens the cell and nothing closes it. The quote is taken for text, so the cell ends with the next
    /// delimiter or line break and the rows below are read as usual.
    UnclosedQuote {
        /// The line on which it stands, from 1.
        line: u32,
        /// Which character of that line it is, from 1.
        character: u32,
    },
    /// Text follows a quote that looks like the closing one. That quote is taken for text, and so for part of the cell.
    StrayQuote,
    /// The row has fewer cells than the header row. The missing ones are blank.
    TooFewCells {
        /// Cells of the header row, blank ones at its end aside.
        expected: u32,
        /// Cells of this row.
        found: u32,
    },
    /// The row has filled cells beyond those of the header row, often because a value with a delimiter is not quoted.
    TooManyCells {
        /// Cells of the header row, blank ones at its end aside.
        expected: u32,
        /// Cells of this row.
        found: u32,
    },
    /// NUL characters, which databases cannot store. The cell has a replacement character (U+FFFD) for each.
    Nul,
    /// Bytes that are no text in the encoding of the file. In a file of UTF-8 they are read as Windows-1252, in one of
    /// UTF-16 the cell has a replacement character (U+FFFD) for each.
    WrongEncoding,
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Issue { row, column, kind } = *self;
        match (kind, column) {
            // It has a more exact place of its own.
            (IssueKind::UnclosedQuote { .. }, _) => {}
            (_, Some(column)) => write!(f, "row {row}, column {column}: ")?,
            (_, None) => write!(f, "row {row}: ")?,
        }
        match kind {
            IssueKind::UnclosedQuote { line, character } => {
                write!(f, "line {line}, character {character}: this quote is never closed; close it or remove it")
            }
            IssueKind::StrayQuote => write!(f, "text follows a closing quote; double the quotes within a value"),
            IssueKind::TooFewCells { expected, found } => write!(f, "number of cells: {found} instead of {expected}"),
            IssueKind::TooManyCells { expected, found } => {
                write!(f, "number of cells: {found} instead of {expected}; quote values that contain the delimiter")
            }
            IssueKind::Nul => write!(f, "a NUL character; remove it"),
            IssueKind::WrongEncoding => write!(f, "bytes that are no text in the encoding of the file; check the cell"),
        }
    }
}
