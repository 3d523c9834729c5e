//! What the reader of workbooks says.

use super::{mebibytes, unreadable};
use crate::file::messages::FileError;
use crate::text;
use tabular::Unreadable;
use tabular::xlsx::{Issue, ReadError};

/// Why a workbook, or the rest of a sheet, cannot be read.
pub fn error(error: ReadError) -> FileError {
    let text = match error {
        ReadError::Empty => return unreadable(Unreadable::Empty),
        ReadError::Encrypted => return unreadable(Unreadable::Encrypted),
        ReadError::OldExcel => return unreadable(Unreadable::OldExcel),
        ReadError::BinaryExcel => return unreadable(Unreadable::BinaryExcel),
        ReadError::OpenDocument => return unreadable(Unreadable::OpenDocument),
        ReadError::NotAWorkbook => return unreadable(Unreadable::OtherDocument),
        ReadError::FileTooLarge { size, limit } => {
            text!(workbook.file_too_large, size = mebibytes(size), limit = mebibytes(limit))
        }
        ReadError::Truncated => text!(workbook.truncated).to_owned(),
        ReadError::Directory => text!(workbook.directory).to_owned(),
        ReadError::TooManyEntries { limit } => text!(workbook.too_many_parts, limit = text::number(limit)),
        ReadError::Duplicate { part } => text!(workbook.part_twice, part = part),
        ReadError::Missing { part } => text!(workbook.part_missing, part = part),
        // In quotes, and with control characters made visible: the file chose it.
        ReadError::Outside { target } => text!(workbook.outside, target = format!("{target:?}")),
        ReadError::EncryptedPart { part } => text!(workbook.part_encrypted, part = part),
        ReadError::Method { part, method } => text!(workbook.method, part = part, method = method),
        ReadError::PartTooLarge { part, size, limit } => {
            text!(workbook.part_too_large, part = part, size = mebibytes(size), limit = mebibytes(limit))
        }
        ReadError::Size { part, declared } => {
            text!(workbook.part_size, part = part, declared = text::number(declared))
        }
        ReadError::Damaged { part } => text!(workbook.part_damaged, part = part),
        // What the parser says is English in every language.
        ReadError::Malformed { part, position, what } => {
            text!(workbook.malformed, part = part, position = text::number(position), what = what)
        }
        ReadError::Encoding { part } => text!(workbook.encoding, part = part),
        ReadError::DocumentType { part } => text!(workbook.document_type, part = part),
        ReadError::TooDeep { part, limit } => text!(workbook.too_deep, part = part, limit = text::number(limit)),
        ReadError::TextTooLong { part, position, limit } => {
            text!(workbook.text_too_long, part = part, position = text::number(position), limit = mebibytes(limit))
        }
        ReadError::SharedTextTooLarge { limit } => text!(workbook.texts_too_large, limit = mebibytes(limit)),
        ReadError::RowTooLong { row, limit } => text!(workbook.row_too_long, row = row, limit = mebibytes(limit)),
        ReadError::SheetTextTooLarge { row, limit } => {
            text!(workbook.sheet_too_long, row = row, limit = mebibytes(limit))
        }
        ReadError::TooManyCells { at, limit } => {
            text!(workbook.too_many_cells, at = at, limit = text::number(limit))
        }
        ReadError::TooManyRows { limit } => text!(workbook.too_many_rows, limit = text::number(limit)),
        ReadError::TooManyColumns { row, limit } => {
            text!(workbook.too_many_columns, row = row, limit = text::number(limit))
        }
        ReadError::TooManySheets { limit } => text!(workbook.too_many_sheets, limit = text::number(limit)),
        ReadError::TooManyStyles { limit } => text!(workbook.too_many_styles, limit = text::number(limit)),
        ReadError::NoSheets => text!(workbook.no_sheets).to_owned(),
        ReadError::NoSuchSheet { number } => text!(workbook.no_such_sheet, number = text::number(number)),
    };
    FileError::Broken { text }
}

/// What is imperfect in a workbook or a sheet.
pub fn issue(issue: &Issue) -> String {
    match *issue {
        Issue::Macros => text!(workbook.macros).to_owned(),
        Issue::FormulaWithoutValue { at } => text!(workbook.formula_without_value, at = at),
        Issue::DigitsLost { at } => text!(workbook.digits_lost, at = at),
        Issue::NoSuchDate { at } => text!(workbook.no_such_date, at = at),
        Issue::MissingText { at } => text!(workbook.missing_text, at = at),
        Issue::UnreadableValue { at } => text!(workbook.unreadable_value, at = at),
        Issue::CellTwice { at } => text!(workbook.cell_twice, at = at),
        Issue::UnreadablePlace { row } => text!(workbook.unreadable_place, row = row),
        Issue::RowOutOfOrder { row } => text!(workbook.row_out_of_order, row = row),
        Issue::UnreadableRange => text!(workbook.unreadable_range).to_owned(),
        Issue::TooManyRanges { kept } => text!(workbook.too_many_ranges, kept = text::number(kept)),
    }
}
