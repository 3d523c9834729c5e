//! What kind of file it is, by its bytes.

mod container;
mod text;

use thiserror::Error;

/// A file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Delimited text, for [`csv`](crate::csv).
    Csv,
    /// An Excel workbook, for [`xlsx`](crate::xlsx).
    Workbook,
    /// An Excel workbook with programs in it, for [`xlsx`](crate::xlsx) too: they are left alone.
    MacroWorkbook,
}

/// A file that cannot be read: what it is, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// No bytes, or nothing but blanks.
    #[error("the file is empty; choose another one")]
    Empty,
    /// A workbook with a password.
    #[error("the workbook is protected with a password; open it, save it without the password and try again")]
    Encrypted,
    /// Excel 97–2003 and before.
    #[error("this is an old Excel workbook (.xls); save it as an Excel workbook (.xlsx) or as CSV")]
    OldExcel,
    /// XLSB.
    #[error("this is a binary Excel workbook (.xlsb); save it as an Excel workbook (.xlsx) or as CSV")]
    BinaryExcel,
    /// Excel 2003's XML.
    #[error("this is an XML spreadsheet of Excel 2003; save it as an Excel workbook (.xlsx) or as CSV")]
    ExcelXml,
    /// ODS, also as one XML file.
    #[error("this is an OpenDocument spreadsheet (.ods); save it as an Excel workbook (.xlsx) or as CSV")]
    OpenDocument,
    /// Apple Numbers.
    #[error("this is a Numbers spreadsheet; export it as an Excel workbook (.xlsx) or as CSV")]
    Numbers,
    /// A text, a presentation, a drawing.
    #[error("this is an office document without a table of cells; choose a spreadsheet (.xlsx) or a CSV file")]
    OtherDocument,
    /// A page that calls itself a spreadsheet.
    #[error("this is a web page, even if it is called .xls; open it in a spreadsheet program and save it as .xlsx")]
    Html,
    /// Other XML.
    #[error("this is an XML file; choose a spreadsheet (.xlsx) or a CSV file")]
    Xml,
    /// JSON.
    #[error("this is a JSON file; choose a spreadsheet (.xlsx) or a CSV file")]
    Json,
    /// RTF.
    #[error("this is a rich text document; choose a spreadsheet (.xlsx) or a CSV file")]
    RichText,
    /// PDF.
    #[error("this is a PDF file; save the table itself as an Excel workbook (.xlsx) or as CSV")]
    Pdf,
    /// ZIP and other archives.
    #[error("this is a packed archive; unpack it and choose the spreadsheet or CSV file in it")]
    Archive,
    /// A picture.
    #[error("this is a picture; choose a spreadsheet (.xlsx) or a CSV file")]
    Picture,
    /// Anything else that is no text.
    #[error("this is not a text; choose a spreadsheet (.xlsx) or a CSV file")]
    Binary,
}

impl Format {
    /// The kind of the file that begins with `head` and ends with `tail`. 64 KiB of each are enough; either may be the
    /// whole file. What is inside of archives is told by the names at both ends.
    pub fn detect(head: &[u8], tail: &[u8]) -> Result<Self, Unreadable> {
        const MAGIC: [(&[u8], Unreadable); 17] = [
            (b"%PDF-", Unreadable::Pdf),
            (b"{\\rtf", Unreadable::RichText),
            (b"\x89PNG", Unreadable::Picture),
            (b"\xFF\xD8\xFF", Unreadable::Picture),
            (b"GIF8", Unreadable::Picture),
            (b"II*\0", Unreadable::Picture),
            (b"MM\0*", Unreadable::Picture),
            (b"\x1F\x8B", Unreadable::Archive),
            (b"7z\xBC\xAF\x27\x1C", Unreadable::Archive),
            (b"Rar!\x1A\x07", Unreadable::Archive),
            (b"\x28\xB5\x2F\xFD", Unreadable::Archive),
            (b"\xFD7zXZ\0", Unreadable::Archive),
            (b"BZh", Unreadable::Archive),
            // Excel 2 to 4, before there were containers.
            (b"\x09\x00\x04\x00", Unreadable::OldExcel),
            (b"\x09\x02\x06\x00", Unreadable::OldExcel),
            (b"\x09\x04\x06\x00", Unreadable::OldExcel),
            (b"\x09\x08", Unreadable::OldExcel),
        ];
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return container::zip(head, tail);
        }
        if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return Err(container::compound(head, tail));
        }
        match MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
            Some((_, what)) => Err(*what),
            None => text::kind(head),
        }
    }
}
