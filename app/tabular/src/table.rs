//! The rows of a file in memory: texts side by side, a few bytes a cell beside them.

use crate::cell::{Cell, Row};
use crate::csv::RowRef;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A page of texts is full with so many bytes.
const PAGE_BYTES: usize = 1 << 20;
/// Different values of a column that are kept as samples.
const SAMPLES: usize = 3;
/// A sample is cut after so many characters.
const SAMPLE_LENGTH: usize = 60;

/// Rows, as many as there are: those below the header of a file. Blank ones are left out.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pages: Vec<Page>,
    rows: u32,
    hidden: u32,
    columns: Vec<Column>,
    /// Cells that hold the error of a formula, by row and column.
    errors: BTreeSet<(u32, u32)>,
}

/// What the rows have in a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// In how many rows it is not blank.
    pub filled: u32,
    /// The first values that differ, trimmed and cut.
    pub samples: Vec<String>,
}

impl Column {
    fn add(&mut self, cell: &str) {
        self.filled += 1;
        if self.samples.len() < SAMPLES {
            let sample = beginning(cell.trim());
            if !self.samples.iter().any(|known| *known == sample) {
                self.samples.push(sample.into_owned());
            }
        }
    }
}

/// A text as a sample shows it: cut where it is long.
pub fn beginning(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(SAMPLE_LENGTH) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Rows side by side.
#[derive(Debug, Clone, Default)]
struct Page {
    /// The place of its first row in the table.
    first: u32,
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<u32>,
    rows: Vec<Extent>,
}

#[derive(Debug, Clone, Copy)]
struct Extent {
    line: u32,
    hidden: bool,
    /// Where its cells end among those of the page.
    end: u32,
}

/// A row, as it lies in the table.
#[derive(Debug, Clone, Copy)]
pub struct TableRow<'a> {
    page: &'a Page,
    /// Its number, as the spreadsheet shows it.
    pub line: u32,
    /// Whether the spreadsheet hides it.
    pub hidden: bool,
    first: u32,
    end: u32,
}

impl Table {
    /// How many rows there are.
    pub fn len(&self) -> u32 {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Adds a row of a CSV file, unless it is blank.
    pub fn add_csv(&mut self, row: RowRef<'_>) {
        self.add(row.number(), false, row.cells());
    }

    /// Adds a row of a sheet, unless it is blank.
    pub fn add_row(&mut self, row: &Row) {
        if self.add(row.number, row.hidden, row.cells.iter().map(Cell::shown)) {
            let errors = (0..).zip(&row.cells).filter(|(_, cell)| matches!(cell, Cell::Error(_)));
            let last = self.rows - 1;
            self.errors.extend(errors.map(|(column, _)| (last, column)));
        }
    }

    /// Adds a row unless all its cells are blank, and answers whether it did.
    fn add<'a>(&mut self, line: u32, hidden: bool, cells: impl Iterator<Item = &'a str>) -> bool {
        if self.pages.last().is_none_or(|page| page.text.len() >= PAGE_BYTES) {
            self.pages.push(Page { first: self.rows, ..Page::default() });
        }
        let Some(page) = self.pages.last_mut() else { return false };
        let (text_before, ends_before) = (page.text.len(), page.ends.len());
        let mut is_blank = true;
        for (column, cell) in cells.enumerate() {
            page.text.push_str(cell);
            // A page ends behind the first row that fills it, and a row has 16 MiB at most.
            page.ends.push(page.text.len() as u32);
            if !cell.chars().all(char::is_whitespace) {
                is_blank = false;
                if column >= self.columns.len() {
                    self.columns.resize_with(column + 1, Column::default);
                }
                self.columns[column].add(cell);
            }
        }
        if is_blank {
            page.text.truncate(text_before);
            page.ends.truncate(ends_before);
            return false;
        }
        page.rows.push(Extent { line, hidden, end: page.ends.len() as u32 });
        self.rows += 1;
        self.hidden += u32::from(hidden);
        true
    }

    /// The columns, up to the last in which a row has a value.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many rows the spreadsheet hides.
    pub fn hidden(&self) -> u32 {
        self.hidden
    }

    /// The columns of a row that hold errors.
    pub fn errors(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        self.errors.range((row, 0)..=(row, u32::MAX)).map(|(_, column)| *column)
    }

    /// A row, from 0.
    pub fn row(&self, row: u32) -> Option<TableRow<'_>> {
        let page = &self.pages[self.pages.partition_point(|page| page.first <= row).checked_sub(1)?];
        let place = (row - page.first) as usize;
        let Extent { line, hidden, end } = *page.rows.get(place)?;
        let first = place.checked_sub(1).map_or(0, |before| page.rows[before].end);
        Some(TableRow { page, line, hidden, first, end })
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        (0..self.rows).filter_map(|row| self.row(row))
    }
}

impl<'a> TableRow<'a> {
    /// How many cells it has.
    pub fn width(&self) -> u32 {
        self.end - self.first
    }

    /// The text of a cell, from 0; empty when the row ends before it.
    pub fn cell(&self, column: u32) -> &'a str {
        let place = self.first.saturating_add(column);
        if place >= self.end {
            return "";
        }
        let ends = &self.page.ends;
        let start = place.checked_sub(1).map_or(0, |before| ends[before as usize]);
        &self.page.text[start as usize..ends[place as usize] as usize]
    }

    /// The texts of its cells.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.width()).map(move |column| self.cell(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_over_the_ends_of_pages() {
        let mut table = Table::default();
        let long = "ü".repeat(600_000);
        for line in 2..12 {
            table.add(line, line == 5, ["x", "", long.as_str()].into_iter().take(1 + line as usize % 3));
        }
        assert!(table.pages.len() > 2);
        assert_eq!((table.len(), table.hidden()), (10, 1));
        for (row, line) in (0..).zip(2..12_u32) {
            let found = table.row(row).expect("a row");
            assert_eq!((found.line, found.hidden, found.width()), (line, line == 5, 1 + line % 3));
            let expected: Vec<&str> = ["x", "", long.as_str()].into_iter().take(1 + line as usize % 3).collect();
            assert_eq!(found.cells().collect::<Vec<_>>(), expected);
            assert_eq!(found.cell(7), "");
        }
        assert!(table.row(10).is_none());
        assert!(Table::default().row(0).is_none());
    }

    #[test]
    fn blank_rows_leave_nothing_behind() {
        let mut table = Table::default();
        table.add(2, false, ["a", " b ", ""].into_iter());
        table.add(3, false, ["", " \u{a0}", ""].into_iter());
        table.add(4, false, std::iter::empty());
        table.add(5, false, ["", "c"].into_iter());
        assert_eq!(table.rows().map(|row| row.line).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(table.row(1).expect("a row").cells().collect::<Vec<_>>(), ["", "c"]);
        // The third column has no value anywhere.
        let columns: Vec<_> = table.columns().iter().map(|column| (column.filled, column.samples.join("|"))).collect();
        assert_eq!(columns, [(1, "a".to_owned()), (2, "b|c".to_owned())]);
    }

    #[test]
    fn samples_are_few_short_and_different() {
        let mut table = Table::default();
        let long = "é".repeat(61);
        for cell in ["x", "x ", long.as_str(), "y", "z"] {
            table.add(1, false, [cell].into_iter());
        }
        let cut = format!("{}…", "é".repeat(60));
        assert_eq!(table.columns(), [Column { filled: 5, samples: vec!["x".into(), cut, "y".into()] }]);
    }

    #[test]
    fn errors_belong_to_their_row() {
        let mut table = Table::default();
        let text = |text: &str| Cell::Text(text.to_owned());
        table.add_row(&Row { number: 2, hidden: false, cells: vec![text("a"), Cell::Error("#N/A".to_owned())] });
        table.add_row(&Row { number: 3, hidden: false, cells: vec![text("b")] });
        assert_eq!(table.errors(0).collect::<Vec<_>>(), [1]);
        assert_eq!(table.errors(1).count(), 0);
    }
}
