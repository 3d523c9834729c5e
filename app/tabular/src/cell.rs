//! One cell, with its kind and as a person sees it.

/// What a cell holds. Nothing is lost that a person typed: digits that only look like a number (`007`, long ids) are
/// text, and a number keeps the shortest text that a spreadsheet would show for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing, or nothing but what a spreadsheet treats as nothing.
    Blank,
    /// Text as it stands.
    Text(String),
    /// A number, without its format (a percentage of 50 % is 0.5, shown `50%`).
    Number {
        /// Its value.
        value: f64,
        /// As it is shown: no exponent for whole numbers that are exact, no binary remainder.
        shown: String,
    },
    /// TRUE or FALSE.
    Bool(bool),
    /// A day, a time, or both, shown by ISO 8601: `2026-11-20`, `08:30:00`, `2026-11-20T08:30:00`.
    Date(String),
    /// What a formula failed with: `#N/A`, `#REF!` and so on.
    Error(String),
}

impl Cell {
    /// What it shows.
    pub fn shown(&self) -> &str {
        match self {
            Cell::Blank => "",
            Cell::Text(text) | Cell::Date(text) | Cell::Error(text) => text,
            Cell::Number { shown, .. } => shown,
            Cell::Bool(true) => "TRUE",
            Cell::Bool(false) => "FALSE",
        }
    }

    /// Bytes of what it shows.
    pub(crate) fn text_bytes(&self) -> usize {
        match self {
            Cell::Blank | Cell::Bool(_) => 0,
            Cell::Text(text) | Cell::Date(text) | Cell::Error(text) | Cell::Number { shown: text, .. } => text.len(),
        }
    }
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The number that a spreadsheet or an editor shows beside it (for CSV: the line on which it begins), from 1.
    pub number: u32,
    /// Whether the spreadsheet hides it.
    pub hidden: bool,
    /// Its cells from the first column on; blank cells at the end are left out.
    pub cells: Vec<Cell>,
}
