//! How much of a workbook is read.

/// What a workbook may ask for at most. Each is checked before memory is reserved, and named by the error that it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Files inside the package. Workbooks hold a few dozen.
    pub entries: u32,
    /// Bytes of one part (a sheet, the shared texts) after unpacking.
    pub part_bytes: u64,
    /// Bytes of all shared texts of the workbook together, as they are kept in memory.
    pub shared_text_bytes: u32,
    /// Bytes of one text, tag or comment. Spreadsheet programs allow 32,767 characters in a cell.
    pub text_bytes: u32,
    /// Bytes of the texts of one row.
    pub row_bytes: u32,
    /// Bytes of the texts of one sheet, a shared text as often as a cell shows it.
    pub sheet_text_bytes: u64,
    /// Cells of one sheet, counting the blank ones that stand left of a filled one.
    pub cells: u64,
    /// Sheets of the workbook.
    pub sheets: u32,
    /// Issues that are kept of one sheet; further ones are counted.
    pub issues: u32,
}

impl Default for Limits {
    /// What a browser's tab can bear: a file of 512 MiB, 1 GiB of XML a part, 256 MiB of shared texts, 1 MiB a text,
    /// 16 MiB of texts a row and 512 MiB a sheet, 20 million cells.
    fn default() -> Self {
        Limits {
            bytes: 512 << 20,
            entries: 10_000,
            part_bytes: 1 << 30,
            shared_text_bytes: 256 << 20,
            text_bytes: 1 << 20,
            row_bytes: 16 << 20,
            sheet_text_bytes: 512 << 20,
            cells: 20_000_000,
            sheets: 1_000,
            issues: 1_000,
        }
    }
}
