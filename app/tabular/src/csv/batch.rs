//! A page of rows.

use crate::cell::{Cell, Row};
use crate::issue::Issue;
use std::ops::Range;

/// Rows that were read in one go: a text, and where the cells lie in it. It can be kept as it is; it needs the bytes of
/// its part of the file, eight bytes a cell and eight a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    pub(super) text: String,
    pub(super) cells: Vec<Span>,
    pub(super) rows: Vec<Extent>,
    pub(super) issues: Vec<Issue>,
}

/// Where a cell lies in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn is_blank(self) -> bool {
        self.start == self.end
    }
}

/// A row: its number, and where its cells end among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) number: u32,
    pub(super) end: u32,
}

impl Batch {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at a place, counted from 0 in this batch.
    pub fn row(&self, index: usize) -> Option<RowRef<'_>> {
        let Extent { number, end } = *self.rows.get(index)?;
        Some(RowRef { text: &self.text, number, cells: &self.cells[self.first_cell(index)..end as usize] })
    }

    /// The rows in their order.
    pub fn rows(&self) -> Rows<'_> {
        Rows { text: &self.text, cells: &self.cells, rows: self.rows.iter(), first_cell: 0 }
    }

    /// What is imperfect in these rows, by row.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// Bytes of memory that it holds.
    pub fn memory(&self) -> usize {
        self.text.capacity()
            + self.cells.capacity() * size_of::<Span>()
            + self.rows.capacity() * size_of::<Extent>()
            + self.issues.capacity() * size_of::<Issue>()
    }

    fn first_cell(&self, index: usize) -> usize {
        index.checked_sub(1).map_or(0, |before| self.rows[before].end as usize)
    }
}

/// The rows of a batch.
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    text: &'a str,
    cells: &'a [Span],
    rows: std::slice::Iter<'a, Extent>,
    first_cell: usize,
}

impl<'a> Iterator for Rows<'a> {
    type Item = RowRef<'a>;

    fn next(&mut self) -> Option<RowRef<'a>> {
        let Extent { number, end } = *self.rows.next()?;
        let cells = &self.cells[self.first_cell..end as usize];
        self.first_cell = end as usize;
        Some(RowRef { text: self.text, number, cells })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for Rows<'_> {}

/// A row of a batch, as it lies there.
#[derive(Debug, Clone, Copy)]
pub struct RowRef<'a> {
    text: &'a str,
    number: u32,
    cells: &'a [Span],
}

impl<'a> RowRef<'a> {
    /// Its number as a spreadsheet shows it, from 1: empty lines count, a row of many lines counts once.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How many cells it has, blank ones at its end included.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// The text of a cell, counted from 0; empty when it is blank or the row ends before it.
    pub fn cell(&self, index: usize) -> &'a str {
        self.cells.get(index).map_or("", |cell| &self.text[cell.range()])
    }

    /// The texts of its cells, blank ones at its end included.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let text = self.text;
        self.cells.iter().map(move |cell| &text[cell.range()])
    }

    /// The same row on its own.
    pub fn to_row(&self) -> Row {
        let filled = self.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
        let cell = |text: &str| if text.is_empty() { Cell::Blank } else { Cell::Text(text.to_owned()) };
        Row { number: self.number, hidden: false, cells: self.cells().take(filled).map(cell).collect() }
    }
}
