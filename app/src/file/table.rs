//! The rows of a file in memory: texts side by side, a few bytes a cell beside them.

use std::collections::BTreeSet;

/// A page of texts is full with so many bytes.
const PAGE_BYTES: usize = 1 << 20;

/// All rows below the header.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pages: Vec<Page>,
    rows: u32,
    /// Cells that hold the error of a formula, by row and column.
    errors: BTreeSet<(u32, u32)>,
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
pub struct RowOf<'a> {
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

    /// Adds a row.
    pub fn push<'a>(&mut self, line: u32, hidden: bool, cells: impl Iterator<Item = &'a str>) {
        if self.pages.last().is_none_or(|page| page.text.len() >= PAGE_BYTES) {
            self.pages.push(Page { first: self.rows, ..Page::default() });
        }
        let Some(page) = self.pages.last_mut() else { return };
        for cell in cells {
            page.text.push_str(cell);
            // A page ends behind the first row that fills it, and a row has 16 MiB at most.
            page.ends.push(page.text.len() as u32);
        }
        page.rows.push(Extent { line, hidden, end: page.ends.len() as u32 });
        self.rows += 1;
    }

    /// Says that a cell of the last row holds the error of a formula.
    pub fn note_error(&mut self, column: u32) {
        self.errors.insert((self.rows.saturating_sub(1), column));
    }

    /// The columns of a row that hold errors.
    pub fn errors(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        self.errors.range((row, 0)..=(row, u32::MAX)).map(|(_, column)| *column)
    }

    /// A row, from 0.
    pub fn row(&self, row: u32) -> Option<RowOf<'_>> {
        let page = &self.pages[self.pages.partition_point(|page| page.first <= row).checked_sub(1)?];
        let place = (row - page.first) as usize;
        let Extent { line, hidden, end } = *page.rows.get(place)?;
        let first = place.checked_sub(1).map_or(0, |before| page.rows[before].end);
        Some(RowOf { page, line, hidden, first, end })
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = RowOf<'_>> {
        (0..self.rows).filter_map(|row| self.row(row))
    }
}

impl<'a> RowOf<'a> {
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
        let long = "ü".repeat(300_000);
        for line in 2..12 {
            table.push(line, line == 5, [long.as_str(), "", "x"].into_iter().take(line as usize % 4));
        }
        assert!(table.pages.len() > 2);
        assert_eq!(table.len(), 10);
        for (row, line) in (0..).zip(2..12_u32) {
            let found = table.row(row).expect("a row");
            assert_eq!((found.line, found.hidden, found.width()), (line, line == 5, line % 4));
            let expected: Vec<&str> = [long.as_str(), "", "x"].into_iter().take(line as usize % 4).collect();
            assert_eq!(found.cells().collect::<Vec<_>>(), expected);
            assert_eq!(found.cell(7), "");
        }
        assert!(table.row(10).is_none());
        assert!(Table::default().row(0).is_none());
    }

    #[test]
    fn errors_belong_to_their_row() {
        let mut table = Table::default();
        table.push(2, false, ["a", "#N/A"].into_iter());
        table.note_error(1);
        table.push(3, false, ["b"].into_iter());
        assert_eq!(table.errors(0).collect::<Vec<_>>(), [1]);
        assert_eq!(table.errors(1).count(), 0);
    }
}
