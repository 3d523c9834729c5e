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
    /// Delimited text.
    Csv,
    /// A workbook.
    Xlsx,
}

impl FileFormat {
    /// Every one, in the order of the dialog.
    pub const ALL: [FileFormat; 2] = [FileFormat::Csv, FileFormat::Xlsx];

    /// The text that addresses hold, which is also how names of files end.
    pub fn code(self) -> &'static str {
        match self {
            FileFormat::Csv => "csv",
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
