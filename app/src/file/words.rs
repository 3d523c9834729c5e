//! What the readers of files say, in the language of the page.
//!
//! The page does not know the readers, so the worker words what they say; it is told the language with every question.
//! Everything is taken apart completely: what a reader learns to say does not compile before it is worded here. The
//! numbers of rows, lines and columns are written as spreadsheets and editors show them, without marks between digits.

pub(super) mod csv;
#[cfg(test)]
mod tests;
pub(super) mod workbook;

use super::messages::FileError;
use crate::text;
use tabular::Unreadable;

/// What kind of file it is instead, and what to do.
pub(super) fn unreadable(kind: Unreadable) -> FileError {
    let (what, todo) = match kind {
        Unreadable::Empty => (text!(files.kind_empty), text!(files.choose_other)),
        Unreadable::Encrypted => (text!(files.kind_encrypted), text!(files.without_password)),
        Unreadable::OldExcel => (text!(files.kind_old_excel), text!(files.save_as_xlsx)),
        Unreadable::BinaryExcel => (text!(files.kind_binary_excel), text!(files.save_as_xlsx)),
        Unreadable::ExcelXml => (text!(files.kind_excel_xml), text!(files.save_as_xlsx)),
        Unreadable::OpenDocument => (text!(files.kind_ods), text!(files.save_as_xlsx)),
        Unreadable::Numbers => (text!(files.kind_numbers), text!(files.save_as_xlsx)),
        Unreadable::Html => (text!(files.kind_html), text!(files.save_as_xlsx)),
        Unreadable::Pdf => (text!(files.kind_pdf), text!(files.choose_table)),
        Unreadable::Archive => (text!(files.kind_archive), text!(files.unpack)),
        Unreadable::Picture => (text!(files.kind_picture), text!(files.choose_table)),
        Unreadable::Xml | Unreadable::Json | Unreadable::RichText | Unreadable::OtherDocument | Unreadable::Binary => {
            (text!(files.kind_no_table), text!(files.choose_table))
        }
    };
    FileError::Unreadable { what: what.to_owned(), todo: todo.to_owned() }
}

/// Bytes in MiB, rounded up: what is larger than a limit does not look like the limit.
fn mebibytes(bytes: impl Into<u64>) -> String {
    text::number(bytes.into().div_ceil(1 << 20))
}
