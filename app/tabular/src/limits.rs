//! How much of a text file is read.

/// What a CSV file may ask for at most. Each is named by the error that it gives. Workbooks have
/// [limits](crate::xlsx::Limits) of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Rows.
    pub rows: u32,
    /// Cells of one row. Spreadsheet programs have 16,384 columns.
    pub columns: u32,
    /// Cells of the file.
    pub cells: u64,
    /// Bytes of one row.
    pub row_bytes: u32,
    /// Bytes of one cell. A quoted cell that is longer counts as one whose quote is not closed.
    pub cell_bytes: u32,
}

impl Default for Limits {
    /// What a browser's tab can bear: 512 MiB, 2 million rows, 16,384 columns, 20 million cells, 16 MiB a row, 1 MiB a
    /// cell.
    fn default() -> Self {
        Limits {
            bytes: 512 << 20,
            rows: 2_000_000,
            columns: 16_384,
            cells: 20_000_000,
            row_bytes: 16 << 20,
            cell_bytes: 1 << 20,
        }
    }
}
