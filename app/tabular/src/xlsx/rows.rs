//! The rows of a sheet, one by one.

use super::reference::{Address, LAST_COLUMN, LAST_ROW, Range};
use super::sheet_xml::{self, Kind, RawCell, RowStart};
use super::value::{self, Remark};
use super::xml::Xml;
use super::{Issue, ReadError, Workbook};
use crate::cell::{Cell, Row};

/// Merged ranges that are kept of a sheet.
const MOST_RANGES: u32 = 100_000;

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the sheet read, unpacked.
    pub read: u64,
    /// Bytes of the sheet, unpacked.
    pub total: u64,
}

/// The rows of a sheet that hold anything, in the order of the file, each with its own number. After the first error
/// there are no more.
pub struct Rows {
    workbook: Workbook,
    sheet: usize,
    state: State,
    raw: RawCell,
    /// The row that was read last.
    number: u32,
    rows: u32,
    cells: u64,
    /// Bytes of the texts of all cells.
    text: u64,
    /// The most cells that a row had so far, to reserve as much for the next one.
    width: usize,
    progress: Progress,
    merged: Vec<Range>,
    issues: Vec<Issue>,
    more_issues: u32,
}

enum State {
    Before,
    Within(Box<Xml>),
    After,
}

impl Rows {
    pub(super) fn new(workbook: Workbook, sheet: usize) -> Rows {
        Rows {
            workbook,
            sheet,
            state: State::Before,
            raw: RawCell::new(),
            number: 0,
            rows: 0,
            cells: 0,
            text: 0,
            width: 0,
            progress: Progress { read: 0, total: 0 },
            merged: Vec::new(),
            issues: Vec::new(),
            more_issues: 0,
        }
    }

    /// How far reading has come. The total is 0 until the first row was asked for.
    pub fn progress(&self) -> Progress {
        match &self.state {
            State::Within(xml) => {
                let (read, total) = xml.progress();
                Progress { read, total }
            }
            State::Before | State::After => self.progress,
        }
    }

    /// The merged ranges. The file gives them after its rows, so there are none before the last row.
    pub fn merged(&self) -> &[Range] {
        &self.merged
    }

    /// What was imperfect so far, at most [`Limits::issues`](super::Limits::issues).
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// How many issues were found beyond those that are kept.
    pub fn more_issues(&self) -> u32 {
        self.more_issues
    }

    /// The workbook, to read another sheet. What is known of its shared texts is kept.
    pub fn into_workbook(self) -> Workbook {
        self.workbook
    }

    fn read_next(&mut self) -> Result<Option<Row>, ReadError> {
        if let State::Before = self.state {
            let mut xml = Box::new(self.workbook.open_sheet(self.sheet)?);
            let has_rows = sheet_xml::enter(&mut xml)?;
            self.state = if has_rows { State::Within(xml) } else { State::After };
        }
        // Taken out while it is read; an error leaves it out, which ends the rows.
        while let State::Within(mut xml) = std::mem::replace(&mut self.state, State::After) {
            let Some(start) = sheet_xml::next_row(&mut xml)? else {
                self.read_merged(&mut xml)?;
                break;
            };
            let row = self.read_row(&mut xml, &start)?;
            self.state = State::Within(xml);
            // Spreadsheets keep rows that have nothing but a height or a colour.
            if !row.cells.is_empty() {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn read_row(&mut self, xml: &mut Xml, start: &RowStart) -> Result<Row, ReadError> {
        self.rows += 1;
        let given = start.number.filter(|number| (1..=LAST_ROW).contains(number));
        let number = given.unwrap_or(self.number + 1);
        if self.rows > LAST_ROW || number > LAST_ROW {
            return Err(ReadError::TooManyRows { limit: LAST_ROW });
        }
        if number <= self.number || start.numbered && given.is_none() {
            self.note(Issue::RowOutOfOrder { row: number });
        }
        self.number = number;
        let mut cells = Vec::new();
        if start.has_cells {
            cells.reserve(self.width);
            self.read_cells(xml, &mut cells)?;
            self.width = self.width.max(cells.len()).min(256);
        }
        Ok(Row { number, hidden: start.hidden, cells })
    }

    fn read_cells(&mut self, xml: &mut Xml, cells: &mut Vec<Cell>) -> Result<(), ReadError> {
        let limits = self.workbook.limits;
        let row = self.number;
        let mut column = 0;
        let mut count = 0;
        let mut room = limits.row_bytes as usize;
        while sheet_xml::next_cell(xml, &mut self.raw, limits.text_bytes)? {
            count += 1;
            if count > LAST_COLUMN {
                return Err(ReadError::TooManyColumns { row, limit: LAST_COLUMN });
            }
            column = match self.raw.place {
                // The row's own number counts, should the two differ.
                Some(place) => place.column,
                None if self.raw.placed || column == LAST_COLUMN => {
                    self.note(Issue::UnreadablePlace { row });
                    continue;
                }
                None => column + 1,
            };
            let at = Address { row, column };
            let cell = self.read_value(at)?;
            if cell == Cell::Blank {
                continue;
            }
            let Some(left) = room.checked_sub(cell.text_bytes()) else {
                return Err(ReadError::RowTooLong { row, limit: limits.row_bytes });
            };
            room = left;
            let place = column as usize - 1;
            if place < cells.len() {
                if cells[place] != Cell::Blank {
                    self.note(Issue::CellTwice { at });
                }
                cells[place] = cell;
                continue;
            }
            self.cells += (place + 1 - cells.len()) as u64;
            if self.cells > limits.cells {
                return Err(ReadError::TooManyCells { at, limit: limits.cells });
            }
            cells.resize(place, Cell::Blank);
            cells.push(cell);
        }
        self.text += u64::from(limits.row_bytes) - room as u64;
        if self.text > limits.sheet_text_bytes {
            return Err(ReadError::SheetTextTooLarge { row, limit: limits.sheet_text_bytes });
        }
        Ok(())
    }

    /// The value of the cell that was read last.
    fn read_value(&mut self, at: Address) -> Result<Cell, ReadError> {
        let Workbook { styles, strings, epoch, .. } = &mut self.workbook;
        let raw = &self.raw;
        if raw.kind == Kind::Shared && !raw.value.is_empty() {
            let text = match raw.value.trim().parse() {
                Ok(index) => strings.get(index)?,
                Err(_) => None,
            };
            return Ok(match text {
                Some("") => Cell::Blank,
                Some(text) => Cell::Text(text.to_owned()),
                None => {
                    self.note(Issue::MissingText { at });
                    Cell::Error("#REF!".to_owned())
                }
            });
        }
        let format = styles.format(raw.style);
        let (cell, remark) = value::cell(raw.kind, &raw.value, raw.is_formula, format, *epoch);
        if let Some(remark) = remark {
            self.note(match remark {
                Remark::FormulaWithoutValue => Issue::FormulaWithoutValue { at },
                Remark::DigitsLost => Issue::DigitsLost { at },
                Remark::NoSuchDate => Issue::NoSuchDate { at },
                Remark::Unreadable => Issue::UnreadableValue { at },
            });
        }
        Ok(cell)
    }

    fn read_merged(&mut self, xml: &mut Xml) -> Result<(), ReadError> {
        let (mut unreadable, mut left_out) = (false, false);
        let merged = &mut self.merged;
        sheet_xml::merged(xml, |range| match range {
            Some(_) if merged.len() == MOST_RANGES as usize => left_out = true,
            Some(range) => merged.push(range),
            None => unreadable = true,
        })?;
        if unreadable {
            self.note(Issue::UnreadableRange);
        }
        if left_out {
            self.note(Issue::TooManyRanges { kept: MOST_RANGES });
        }
        let (read, total) = xml.progress();
        self.progress = Progress { read, total };
        Ok(())
    }

    fn note(&mut self, issue: Issue) {
        if self.issues.len() < self.workbook.limits.issues as usize {
            self.issues.push(issue);
        } else {
            self.more_issues = self.more_issues.saturating_add(1);
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.read_next();
        if next.is_err() {
            self.state = State::After;
        }
        next.transpose()
    }
}
