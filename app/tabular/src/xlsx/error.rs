//! Why a workbook cannot be read.

use super::Address;
use thiserror::Error;

/// Why a workbook, or the rest of a sheet, cannot be read. Each says what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// There are no bytes.
    #[error("the file is empty; choose another one")]
    Empty,
    /// The file as a whole.
    #[error("the file has {size} bytes and the limit is {limit}; split it or save it as CSV")]
    FileTooLarge {
        /// Bytes.
        size: u64,
        /// [`Limits::bytes`](super::Limits::bytes).
        limit: u64,
    },
    /// Neither a ZIP archive nor another known kind of spreadsheet.
    #[error("this is not an XLSX file; save it as an Excel workbook (.xlsx) or as CSV")]
    NotAWorkbook,
    /// An XLSX file with a password.
    #[error("the workbook is protected with a password; open it, save it without the password and try again")]
    Encrypted,
    /// Excel 97–2003.
    #[error("this is an Excel 97-2003 workbook (.xls); save it as an Excel workbook (.xlsx)")]
    OldExcel,
    /// XLSB.
    #[error("this is a binary Excel workbook (.xlsb); save it as an Excel workbook (.xlsx)")]
    BinaryExcel,
    /// ODS and its kin.
    #[error("this is an OpenDocument file (such as .ods); save it as an Excel workbook (.xlsx) or as CSV")]
    OpenDocument,
    /// The end of the archive is missing.
    #[error("the file is incomplete: its end is missing; copy or download it again")]
    Truncated,
    /// The archive's directory contradicts the file.
    #[error("the file is damaged: its table of contents does not fit; copy or download it again")]
    Directory,
    /// More files in the archive than allowed.
    #[error("the file holds more than {limit} parts, which no workbook needs; save it again in a spreadsheet program")]
    TooManyEntries {
        /// [`Limits::entries`](super::Limits::entries).
        limit: u32,
    },
    /// Two files of the archive have the name of one part, so programs would read different things.
    #[error("{part} stands twice in the file; save it again in a spreadsheet program")]
    Duplicate {
        /// Its name.
        part: String,
    },
    /// A part that others refer to.
    #[error("{part} is missing in the file; save it again in a spreadsheet program")]
    Missing {
        /// Its name.
        part: String,
    },
    /// A reference that leads out of the file.
    #[error("the file refers to {target:?}, which lies outside of it; save it again in a spreadsheet program")]
    Outside {
        /// As it is written.
        target: String,
    },
    /// One part is encrypted.
    #[error("{part} is protected with a password; save the file without it and try again")]
    EncryptedPart {
        /// Its name.
        part: String,
    },
    /// A way of packing other than stored and deflate.
    #[error("{part} is packed in a way that is not known ({method}); save the file again in a spreadsheet program")]
    Method {
        /// Its name.
        part: String,
        /// The number of the method in the ZIP specification.
        method: u16,
    },
    /// A part is too large, by its own account.
    #[error("{part} unpacks to {size} bytes and the limit is {limit}; split the file or save it as CSV")]
    PartTooLarge {
        /// Its name.
        part: String,
        /// Bytes, as the archive's directory says.
        size: u64,
        /// [`Limits::part_bytes`](super::Limits::part_bytes).
        limit: u64,
    },
    /// A part unpacks to another size than the archive's directory says.
    #[error("{part} does not unpack to the {declared} bytes that the file promises; copy or download the file again")]
    Size {
        /// Its name.
        part: String,
        /// Bytes, as the archive's directory says.
        declared: u64,
    },
    /// Packed bytes that do not unpack, or whose checksum is wrong.
    #[error("{part} is damaged; copy or download the file again")]
    Damaged {
        /// Its name.
        part: String,
    },
    /// XML that is not well-formed.
    #[error("{part} is not well-formed at byte {position} ({what}); save the file again in a spreadsheet program")]
    Malformed {
        /// Its name.
        part: String,
        /// Bytes from its beginning, unpacked.
        position: u64,
        /// What the parser says.
        what: String,
    },
    /// Not UTF-8.
    #[error("{part} is not written in UTF-8; save the file again in a spreadsheet program")]
    Encoding {
        /// Its name.
        part: String,
    },
    /// A document type declaration, which workbooks have no use for and attacks have.
    #[error("{part} declares a document type, which no workbook may; do not trust the file")]
    DocumentType {
        /// Its name.
        part: String,
    },
    /// Elements within elements.
    #[error("{part} is nested deeper than {limit} elements; do not trust the file")]
    TooDeep {
        /// Its name.
        part: String,
        /// The limit.
        limit: u32,
    },
    /// A text, tag or comment.
    #[error("{part} holds a text of more than {limit} bytes near byte {position}; shorten it or save the file as CSV")]
    TextTooLong {
        /// Its name.
        part: String,
        /// Bytes from its beginning, unpacked.
        position: u64,
        /// [`Limits::text_bytes`](super::Limits::text_bytes).
        limit: u32,
    },
    /// All shared texts together.
    #[error("the texts of the workbook are larger than {limit} bytes; split the file or save it as CSV")]
    SharedTextTooLarge {
        /// [`Limits::shared_text_bytes`](super::Limits::shared_text_bytes).
        limit: u32,
    },
    /// The texts of a row, a shared one as often as it is shown: a file of a few kilobytes can show a megabyte in every
    /// cell.
    #[error("row {row} holds texts of more than {limit} bytes; shorten them or do not trust the file")]
    RowTooLong {
        /// The number of the row.
        row: u32,
        /// [`Limits::row_bytes`](super::Limits::row_bytes).
        limit: u32,
    },
    /// The texts of a sheet, a shared one as often as it is shown.
    #[error("the sheet holds texts of more than {limit} bytes up to row {row}; split it or do not trust the file")]
    SheetTextTooLarge {
        /// The row with which it were too many.
        row: u32,
        /// [`Limits::sheet_text_bytes`](super::Limits::sheet_text_bytes).
        limit: u64,
    },
    /// Cells of a sheet.
    #[error("the sheet has more than {limit} cells up to {at}; split it, or clear cells far from the table")]
    TooManyCells {
        /// The cell with which it were too many.
        at: Address,
        /// [`Limits::cells`](super::Limits::cells).
        limit: u64,
    },
    /// Rows of a sheet, beyond what the format has.
    #[error("the sheet has more than {limit} rows; split it")]
    TooManyRows {
        /// The limit of the format.
        limit: u32,
    },
    /// Cells in one row, beyond what the format has.
    #[error("row {row} has more than {limit} cells; save the file again in a spreadsheet program")]
    TooManyColumns {
        /// The number of the row.
        row: u32,
        /// The limit of the format.
        limit: u32,
    },
    /// Sheets.
    #[error("the workbook has more than {limit} sheets; split it")]
    TooManySheets {
        /// [`Limits::sheets`](super::Limits::sheets).
        limit: u32,
    },
    /// Styles, beyond what the format has.
    #[error("the workbook has more than {limit} cell styles; save it again in a spreadsheet program")]
    TooManyStyles {
        /// The limit.
        limit: u32,
    },
    /// A workbook of charts only.
    #[error("the workbook has no sheet with cells; choose another one")]
    NoSheets,
    /// Asked for a sheet that is not there.
    #[error("the workbook has no sheet number {number}")]
    NoSuchSheet {
        /// Counted from 1.
        number: u64,
    },
}
