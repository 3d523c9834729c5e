//! What is taken out as files (R20, R21): the formats, and the columns of each kind. Pure; the server writes the files,
//! and the dialogs name their addresses.
//!
//! Every cell is a text. Many values in one cell are joined as [`plan::many`] says. Nothing here knows of passwords.

pub mod groups;
pub mod roles;
pub mod template;
pub mod undone;
pub mod users;

/// In which format a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Delimited text: commas, no byte order mark (RFC 4180).
    Csv,
    /// Delimited text as Excel reads it by itself where the decimal sign is a comma: semicolons and a byte order mark,
    /// without which all stands in one column and umlauts are wrong.
    CsvExcel,
    /// A workbook.
    Xlsx,
}

impl FileFormat {
    /// Every one, in the order of the dialog.
    pub const ALL: [FileFormat; 3] = [FileFormat::Csv, FileFormat::CsvExcel, FileFormat::Xlsx];

    /// The text that addresses hold.
    pub fn code(self) -> &'static str {
        match self {
            FileFormat::Csv => "csv",
            FileFormat::CsvExcel => "csv-excel",
            FileFormat::Xlsx => "xlsx",
        }
    }

    /// How names of files end.
    pub fn extension(self) -> &'static str {
        match self {
            FileFormat::Csv | FileFormat::CsvExcel => "csv",
            FileFormat::Xlsx => "xlsx",
        }
    }

    /// The one with this text.
    pub fn parse(code: &str) -> Option<Self> {
        FileFormat::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// A field as a cell: blank when it has no value.
fn or_blank(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}
