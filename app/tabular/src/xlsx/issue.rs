//! What is imperfect in a workbook that can be read all the same.

use super::Address;
use std::fmt;

/// Something that a person should know about a workbook or a sheet. The cell concerned is not blank: it holds an error,
/// a text or a number, as each kind says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// The workbook brings programs. They are not read and do not run.
    Macros,
    /// A formula whose result the file does not hold (a program wrote it and no spreadsheet has opened it since). The
    /// cell is the error `#VALUE!`.
    FormulaWithoutValue {
        /// The cell.
        at: Address,
    },
    /// A number with more digits than spreadsheets keep. The cell is the number; if these were the digits of an id, the
    /// spreadsheet has replaced those after the fifteenth by zeros.
    DigitsLost {
        /// The cell.
        at: Address,
    },
    /// A number formatted as a date that no calendar has (below zero, after 9999, 29 February 1900). The cell is the
    /// number.
    NoSuchDate {
        /// The cell.
        at: Address,
    },
    /// A shared text that the workbook does not have. The cell is the error `#REF!`.
    MissingText {
        /// The cell.
        at: Address,
    },
    /// A value that is none of its kind. The cell is the error `#VALUE!`.
    UnreadableValue {
        /// The cell.
        at: Address,
    },
    /// A cell that the file gives twice. The later one counts.
    CellTwice {
        /// The cell.
        at: Address,
    },
    /// A cell without a place on the sheet, such as `ZZZZ1`. It is left out.
    UnreadablePlace {
        /// The row in which it stands.
        row: u32,
    },
    /// A row whose number is none, or not above that of the row before it.
    RowOutOfOrder {
        /// The number under which it is reported.
        row: u32,
    },
    /// A merged range that is none. It is left out.
    UnreadableRange,
    /// More merged ranges than are kept.
    TooManyRanges {
        /// How many are kept.
        kept: u32,
    },
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Issue::Macros => write!(f, "the workbook contains macros; they are neither read nor run"),
            Issue::FormulaWithoutValue { at } => {
                write!(f, "{at} is a formula without a result; open the file in a spreadsheet program and save it")
            }
            Issue::DigitsLost { at } => {
                write!(f, "{at} has more digits than a spreadsheet keeps in a number; enter ids as text")
            }
            Issue::NoSuchDate { at } => write!(f, "{at} is formatted as a date, and there is no such date"),
            Issue::MissingText { at } => write!(f, "the text of {at} is missing in the file"),
            Issue::UnreadableValue { at } => write!(f, "{at} holds something that is neither number nor text"),
            Issue::CellTwice { at } => write!(f, "{at} stands twice in the file; the later value is taken"),
            Issue::UnreadablePlace { row } => write!(f, "a cell in row {row} lies outside the sheet and is left out"),
            Issue::RowOutOfOrder { row } => write!(f, "row {row} is out of order in the file"),
            Issue::UnreadableRange => write!(f, "a merged range lies outside the sheet and is left out"),
            Issue::TooManyRanges { kept } => write!(f, "only the first {kept} merged ranges are known"),
        }
    }
}
