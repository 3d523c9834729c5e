//! From the bytes of a file to a table.

mod csv;
#[cfg(test)]
mod tests;
mod workbook;

use super::desk::Tell;
use super::messages::{
    Beginning, ColumnView, FileError, HeaderRow, News, OpenedFile, PreviewRow, Progress, ReadAs, SourceFormat, Step,
};
use super::words;
use identity::field::Field;
use plan::sheet::{SheetKind, Target, suggest_kind};
use tabular::table::{Column, TableRow, beginning};
use tabular::{Format, Table};

/// Rows among which the header row is looked for.
const HEADER_ROWS: usize = 100;
/// What is looked at of both ends of a file to tell its kind.
const ENDS: u64 = 64 << 10;
/// A larger workbook is not read only to see what its rows are.
const PEEKED: u64 = 4 << 20;
/// How many of the first rows are shown.
const SHOWN: u32 = 20;
/// How many of them are kept whole.
const WHOLE: u32 = 3;
/// And so many bytes of one of those. What comes then is cut as in the others.
const WHOLE_BYTES: usize = 16 << 10;
/// Remarks that are kept.
const REMARKS: usize = 100;
/// A sheet is not wider.
const COLUMNS: usize = 16_384;

/// A file that can be read piece by piece.
pub struct Source<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub size: u64,
    /// Reads bytes from a place on: so many, or as many as are left. `None` when the file cannot be read any more.
    pub read: &'a dyn Fn(u64, u64) -> Option<Vec<u8>>,
}

/// A file that was read.
#[derive(Debug)]
pub struct Opened {
    /// What the page sees of it.
    pub view: OpenedFile,
    /// Its rows.
    pub table: Table,
    /// The names of its columns.
    pub headers: Vec<String>,
}

/// What both formats give.
#[derive(Debug, Default)]
struct Content {
    table: Table,
    headers: Vec<String>,
    remarks: Remarks,
}

/// What is imperfect, as far as it is kept.
#[derive(Debug, Default)]
struct Remarks {
    kept: Vec<String>,
    more: u32,
}

impl Remarks {
    /// Adds what `word` says; of those that are not kept nothing is said.
    fn add<T>(&mut self, issue: &T, word: fn(&T) -> String) {
        if self.kept.len() < REMARKS {
            self.kept.push(word(issue));
        } else {
            self.more = self.more.saturating_add(1);
        }
    }
}

/// Reads a file as a whole. `tell` hears how it begins, if it does not end there, and how many bytes of how many were read.
pub fn read(source: &Source<'_>, read_as: &ReadAs, tell: Tell<'_>) -> Result<Opened, FileError> {
    let head = (source.read)(0, ENDS).ok_or(FileError::Gone)?;
    let tail = (source.read)(source.size.saturating_sub(ENDS), ENDS).ok_or(FileError::Gone)?;
    let format = Format::detect(&head, &tail).map_err(words::unreadable)?;
    tell(read_so_far(0, source.size));
    match format {
        Format::Csv => csv::read(source, &head, read_as, tell),
        Format::Workbook | Format::MacroWorkbook => workbook::read(source, read_as, tell),
    }
}

/// What the rows of a file are, by a look at its beginning. Of a file that cannot be read it says users: reading it will
/// say why.
pub fn peek(source: &Source<'_>) -> SheetKind {
    let at_the_beginning = |at: u64, length: u64| (source.read)(at, length.min(ENDS.saturating_sub(at)));
    let beginning = Source { name: source.name, size: source.size.min(ENDS), read: &at_the_beginning };
    let read = |source: &Source<'_>| read(source, &ReadAs::default(), &|_| {}).ok();
    let opened = match read(&beginning) {
        // The names in a workbook stand at its end. Groups and roles are few: a large one is of people.
        None if source.size <= PEEKED => self::read(source, &ReadAs::default(), &|_| {}).ok(),
        opened => opened,
    };
    opened.map_or(SheetKind::Users, |opened| suggest_kind(&opened.headers))
}

fn read_so_far(done: u64, total: u64) -> News {
    Progress { step: Step::Reading, done, total }.into()
}

/// The file, unless there are no rows in it.
fn opened(
    source: &Source<'_>,
    format: SourceFormat,
    header: HeaderRow,
    mut content: Content,
) -> Result<Opened, FileError> {
    widen(&mut content.headers, &content.table);
    let Content { table, headers, remarks } = content;
    let (columns, first, whole) = (views(&headers, &table), first_rows(&table), whole_rows(&table));
    let view = OpenedFile {
        name: source.name.to_owned(),
        bytes: source.size,
        format,
        header,
        columns,
        rows: table.len(),
        first,
        whole,
        remarks: remarks.kept,
        more_remarks: remarks.more,
    };
    match view.rows {
        0 => Err(FileError::NoRows { read: Box::new(view) }),
        _ => Ok(Opened { view, table, headers }),
    }
}

/// How the file begins, as far as that was read. `None` without rows.
fn beginning_of(content: &Content) -> Option<News> {
    let mut names = content.headers.clone();
    widen(&mut names, &content.table);
    let rows = first_rows(&content.table);
    (!rows.is_empty()).then_some(News::Beginning(Beginning { names, rows }))
}

/// What the page sees of the columns.
fn views(headers: &[String], table: &Table) -> Vec<ColumnView> {
    let filled = table.columns().iter().cloned().chain(std::iter::repeat_with(Column::default));
    let view =
        |(name, Column { filled, samples }): (&String, Column)| ColumnView { name: name.clone(), samples, filled };
    headers.iter().zip(filled).map(view).collect()
}

fn first_rows(table: &Table) -> Vec<PreviewRow> {
    let preview = |row: TableRow<'_>| PreviewRow {
        line: row.line,
        hidden: row.hidden,
        cells: row.cells().map(|text| beginning(text).into_owned()).collect(),
    };
    (0..SHOWN.min(table.len())).filter_map(|row| table.row(row)).map(preview).collect()
}

/// The very first rows. A rule may take a part of a long cell, or make many values of it.
fn whole_rows(table: &Table) -> Vec<PreviewRow> {
    let row = |row: TableRow<'_>| {
        let mut left = WHOLE_BYTES;
        let cell = |text: &str| match left.checked_sub(text.len()) {
            Some(rest) => {
                left = rest;
                text.to_owned()
            }
            None => beginning(text).into_owned(),
        };
        PreviewRow { line: row.line, hidden: row.hidden, cells: row.cells().map(cell).collect() }
    };
    (0..WHOLE.min(table.len())).filter_map(|place| table.row(place)).map(row).collect()
}

/// Names for all columns, those beyond the header included. Blank ones at the end that no row fills are left out.
fn widen(headers: &mut Vec<String>, table: &Table) {
    let named = headers.iter().rposition(|name| !name.is_empty()).map_or(0, |column| column + 1);
    headers.resize(table.columns().len().max(named).min(COLUMNS), String::new());
}

/// Whether a row names the username as our files do. Then it is the header, whatever the rest looks like: an attribute may
/// be called `@`, and a column may stand twice.
fn names_username<'a>(mut cells: impl Iterator<Item = &'a str>) -> bool {
    cells.any(|cell| Target::parse(cell.trim()) == Some(Target::Field(Field::Username)))
}

/// What a person chose, or what was found.
fn header_row(found: Option<u32>) -> HeaderRow {
    found.map_or(HeaderRow::Absent, HeaderRow::Row)
}
