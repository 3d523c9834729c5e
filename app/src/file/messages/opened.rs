//! How a file is read, and what the page sees of it then.

use serde::{Deserialize, Serialize};

/// How to read a file. What is `None` is detected.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadAs {
    /// Which sheet of a workbook, from 0.
    pub sheet: Option<u32>,
    /// The encoding of a CSV file.
    pub encoding: Option<Charset>,
    /// The delimiter of a CSV file.
    pub delimiter: Option<char>,
    /// What stands around cells of a CSV file.
    pub quote: Option<Quoting>,
    /// Where the names of the columns are.
    pub header: Option<HeaderRow>,
}

impl ReadAs {
    /// What this says, and of what it leaves open what the other one says.
    pub fn or(self, other: ReadAs) -> ReadAs {
        ReadAs {
            sheet: self.sheet.or(other.sheet),
            encoding: self.encoding.or(other.encoding),
            delimiter: self.delimiter.or(other.delimiter),
            quote: self.quote.or(other.quote),
            header: self.header.or(other.header),
        }
    }
}

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Charset {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

/// What stands around cells that contain the delimiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quoting {
    /// `"`
    Double,
    /// `'`
    Single,
    /// Nothing: quotes are text.
    None,
}

/// Where the names of the columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeaderRow {
    /// Nowhere.
    Absent,
    /// In the row with this number, as the spreadsheet shows it.
    Row(u32),
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedFile {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// How it is written.
    pub format: SourceFormat,
    /// Where the names of the columns are.
    pub header: HeaderRow,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// How many rows there are below the header.
    pub rows: u32,
    /// The first of them, with long cells cut.
    pub first: Vec<PreviewRow>,
    /// The very first of them, whole: for an example of what they become.
    pub whole: Vec<PreviewRow>,
    /// What is imperfect in it, the first of it, in the language of the page.
    pub remarks: Vec<String>,
    /// How many further remarks there are.
    pub more_remarks: u32,
}

impl OpenedFile {
    /// How it begins.
    pub fn beginning(&self) -> Beginning {
        let names = self.columns.iter().map(|column| column.name.clone()).collect();
        Beginning { names, rows: self.first.clone() }
    }
}

/// How a file is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceFormat {
    /// CSV.
    Csv {
        /// The encoding.
        encoding: Charset,
        /// What stands between cells.
        delimiter: char,
        /// What stands around cells that contain it.
        quote: Quoting,
    },
    /// A workbook.
    Workbook {
        /// Its sheets.
        sheets: Vec<SheetName>,
        /// The one that was read, from 0.
        sheet: u32,
        /// How many of its rows the spreadsheet hides. They are rows like all others.
        hidden_rows: u32,
        /// The merged ranges below its header, the first of them: only the first cell of each has a value.
        merged: Vec<String>,
        /// How many further ones there are.
        more_merged: u32,
    },
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetName {
    /// As its tab shows it.
    pub name: String,
    /// Whether the spreadsheet hides it.
    pub hidden: bool,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Its name in the header; empty without one.
    pub name: String,
    /// The first values that differ.
    pub samples: Vec<String>,
    /// In how many rows it has a value.
    pub filled: u32,
}

/// How a file begins: what there is to see of it before it was read to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beginning {
    /// The names of its columns.
    pub names: Vec<String>,
    /// Its first rows.
    pub rows: Vec<PreviewRow>,
}

/// One of the first rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// Its number, as the spreadsheet shows it.
    pub line: u32,
    /// Whether the spreadsheet hides it.
    pub hidden: bool,
    /// Its cells.
    pub cells: Vec<String>,
}
