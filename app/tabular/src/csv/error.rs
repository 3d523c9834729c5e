//! Why the rest of a CSV file cannot be read.

use thiserror::Error;

/// Why the rest of a file cannot be read. Each names the limit that it is about and says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file.
    #[error("the file is larger than {limit} bytes; split it")]
    TooLarge {
        /// [`Limits::bytes`](crate::limits::Limits::bytes).
        limit: u64,
    },
    /// Its rows.
    #[error("the file has more than {limit} rows; split it")]
    TooManyRows {
        /// [`Limits::rows`](crate::limits::Limits::rows).
        limit: u32,
    },
    /// The cells of one row.
    #[error("the row in line {line} has more than {limit} cells; check the delimiter")]
    TooManyColumns {
        /// On which it begins, from 1.
        line: u32,
        /// [`Limits::columns`](crate::limits::Limits::columns).
        limit: u32,
    },
    /// All cells.
    #[error("the file has more than {limit} cells up to line {line}; split it or leave out columns")]
    TooManyCells {
        /// On which the row begins with which it were too many, from 1.
        line: u32,
        /// [`Limits::cells`](crate::limits::Limits::cells).
        limit: u64,
    },
    /// The bytes of one row.
    #[error("the row in line {line} is longer than {limit} bytes; check its quotes and whether this is a CSV file")]
    RowTooLong {
        /// On which it begins, from 1.
        line: u32,
        /// [`Limits::row_bytes`](crate::limits::Limits::row_bytes).
        limit: u32,
    },
    /// The bytes of one cell.
    #[error("column {column} of the row in line {line} is longer than {limit} bytes; check whether this is a CSV file")]
    CellTooLong {
        /// On which the row begins, from 1.
        line: u32,
        /// From 1.
        column: u32,
        /// [`Limits::cell_bytes`](crate::limits::Limits::cell_bytes).
        limit: u32,
    },
}
