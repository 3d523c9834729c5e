//! What the reader of CSV files says.

use super::mebibytes;
use crate::file::messages::FileError;
use crate::text;
use tabular::csv::ReadError;
use tabular::issue::{Issue, IssueKind};

/// Why the rest of a file cannot be read.
pub fn error(error: ReadError) -> FileError {
    let text = match error {
        ReadError::TooLarge { limit } => text!(csv.too_large, limit = mebibytes(limit)),
        ReadError::TooManyRows { limit } => text!(csv.too_many_rows, limit = text::number(limit)),
        ReadError::TooManyColumns { line, limit } => {
            text!(csv.too_many_columns, line = line, limit = text::number(limit))
        }
        ReadError::TooManyCells { line, limit } => text!(csv.too_many_cells, line = line, limit = text::number(limit)),
        ReadError::RowTooLong { line, limit } => text!(csv.row_too_long, line = line, limit = mebibytes(limit)),
        ReadError::CellTooLong { line, column, limit } => {
            text!(csv.cell_too_long, line = line, column = column, limit = mebibytes(limit))
        }
    };
    FileError::Broken { text }
}

/// What is imperfect in a row.
pub fn issue(issue: &Issue) -> String {
    let Issue { row, column, kind } = *issue;
    let what = match kind {
        // It has a more exact place of its own.
        IssueKind::UnclosedQuote { line, character } => {
            return text!(csv.unclosed_quote, line = line, character = text::number(character));
        }
        IssueKind::StrayQuote => text!(csv.stray_quote).to_owned(),
        IssueKind::TooFewCells { expected, found } => {
            text!(csv.too_few_cells, expected = text::number(expected), found = text::number(found))
        }
        IssueKind::TooManyCells { expected, found } => {
            text!(csv.too_many_cells_in_row, expected = text::number(expected), found = text::number(found))
        }
        IssueKind::Nul => text!(csv.nul).to_owned(),
        IssueKind::WrongEncoding => text!(csv.wrong_encoding).to_owned(),
    };
    match column {
        Some(column) => text!(csv.in_cell, row = row, column = column, what = what),
        None => text!(csv.in_row, row = row, what = what),
    }
}
