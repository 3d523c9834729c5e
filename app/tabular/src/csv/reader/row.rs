//! One row.

use super::{OpenRow, Reader};
use crate::csv::Encoding;
use crate::csv::batch::{Extent, Span};
use crate::csv::error::ReadError;
use crate::csv::guard::unguard_in_place;
use crate::csv::quoted::{Quotation, Quoted, quoted, undouble};
use crate::csv::scan::{Class, may_guard, next_special};
use crate::dialect::Header;
use crate::issue::{Issue, IssueKind};
use std::mem::discriminant;

/// After so many unclosed quotes, all others of a row are text, too: each costs a look at the rest of it.
const UNCLOSED: u8 = 16;

/// What comes after a cell.
enum Ending {
    Delimiter,
    CarriageReturn,
    LineFeed,
    File,
}

impl Reader {
    /// Finds the cells of the open row; false if the text ends before it does.
    pub(super) fn read_row(&mut self, last: bool) -> Result<bool, ReadError> {
        let Some(mut row) = self.open else { return Ok(true) };
        let columns = self.limits.columns as usize;
        loop {
            let Some(ending) = self.read_cell(&mut row, last)? else {
                self.open = Some(row);
                return Ok(false);
            };
            if self.cells.len() - row.first_cell > columns {
                return Err(ReadError::TooManyColumns { line: row.line, limit: self.limits.columns });
            }
            if self.at - row.start > self.limits.row_bytes as usize {
                return Err(ReadError::RowTooLong { line: row.line, limit: self.limits.row_bytes });
            }
            match ending {
                Ending::Delimiter => {
                    self.at += 1;
                    continue;
                }
                Ending::CarriageReturn => {
                    self.end_row(&row)?;
                    self.at += 1;
                    self.line += 1;
                    self.after_carriage_return = true;
                }
                Ending::LineFeed => {
                    self.end_row(&row)?;
                    self.at += 1;
                    self.line += 1;
                }
                Ending::File => self.end_row(&row)?,
            }
            self.open = None;
            return Ok(true);
        }
    }

    /// Finds the end of the cell that begins at `at` and steps to what ends it.
    #[inline(always)]
    fn read_cell(&mut self, row: &mut OpenRow, last: bool) -> Result<Option<Ending>, ReadError> {
        let start = self.at;
        let limit = self.limits.cell_bytes as usize;
        let mut wrong_quote = None;
        let opens = self.classes.quote.is_some() && self.text.get(start).copied() == self.classes.quote;
        if opens && row.unclosed < UNCLOSED {
            match quoted(&self.text, start, &self.classes, limit, last) {
                Quoted::Cell(quotation) => return Ok(Some(self.end_quoted(row, start, quotation))),
                Quoted::Incomplete => return Ok(None),
                wrong => wrong_quote = Some(wrong),
            }
        }
        let (mut at, mut guarded, mut nul) = (start, false, false);
        let (end, ending) = loop {
            match next_special(&self.text, at, &self.classes.bare) {
                Some((end, Class::Delimiter)) => break (end, Ending::Delimiter),
                Some((end, Class::LineFeed)) => break (end, Ending::LineFeed),
                Some((end, Class::CarriageReturn)) => break (end, Ending::CarriageReturn),
                Some((place, class)) => {
                    nul |= class == Class::Nul;
                    guarded |= class == Class::Apostrophe && may_guard(&self.text, place);
                    at = place + 1;
                }
                None if last => break (self.text.len(), Ending::File),
                None if self.text.len() - start > limit => return Err(self.cell_too_long(row)),
                None => return Ok(None),
            }
        };
        if end - start > limit {
            return Err(self.cell_too_long(row));
        }
        self.nul |= nul;
        match wrong_quote {
            None => {}
            Some(Quoted::Stray) => self.report(row, IssueKind::StrayQuote),
            Some(_) => {
                row.unclosed += 1;
                self.report_unclosed(row, start);
            }
        }
        self.end_cell(start, end, guarded);
        self.at = end;
        Ok(Some(ending))
    }

    #[inline(always)]
    fn end_cell(&mut self, start: usize, end: usize, guarded: bool) {
        let mut span = Span { start: start as u32, end: end as u32 };
        if guarded {
            let length = unguard_in_place(&mut self.text[start..end]);
            // What is left over counts as one character each, as that did which it replaces.
            self.text[start + length..end].fill(b'"');
            span.end = (start + length) as u32;
        }
        self.cells.push(span);
    }

    fn end_quoted(&mut self, row: &mut OpenRow, start: usize, quotation: Quotation) -> Ending {
        let Quotation { end, next, doubled, stray, lines, line_start, nul, guarded } = quotation;
        let (start, mut value_end) = (start + 1, end);
        self.nul |= nul;
        if stray {
            self.report(row, IssueKind::StrayQuote);
        }
        if let (true, Some(quote)) = (doubled, self.classes.quote) {
            let value = &mut self.text[start..end];
            let length = undouble(value, quote);
            value[length..].fill(quote);
            value_end = start + length;
        }
        self.end_cell(start, value_end, guarded);
        self.line += lines;
        if lines > 0 {
            row.line_start = line_start;
        }
        self.at = next;
        match self.text.get(next) {
            None => Ending::File,
            Some(b'\n') => Ending::LineFeed,
            Some(b'\r') => Ending::CarriageReturn,
            Some(_) => Ending::Delimiter,
        }
    }

    #[cold]
    fn cell_too_long(&self, row: &OpenRow) -> ReadError {
        let column = (self.cells.len() - row.first_cell) as u32 + 1;
        ReadError::CellTooLong { line: row.line, column, limit: self.limits.cell_bytes }
    }

    /// Counts the row and compares its cells with those of the header row.
    fn end_row(&mut self, row: &OpenRow) -> Result<(), ReadError> {
        let cells = &self.cells[row.first_cell..];
        let found = cells.len() as u32;
        if self.rows_read >= self.limits.rows {
            return Err(ReadError::TooManyRows { limit: self.limits.rows });
        }
        if self.cells_read + u64::from(found) > self.limits.cells {
            return Err(ReadError::TooManyCells { line: row.line, limit: self.limits.cells });
        }
        self.next_row += 1;
        self.rows_read += 1;
        self.cells_read += u64::from(found);
        match self.width {
            Some(expected) if found < expected => {
                self.report_row(row, IssueKind::TooFewCells { expected, found });
            }
            Some(expected) if found > expected && cells[expected as usize..].iter().any(|cell| !cell.is_blank()) => {
                self.report_row(row, IssueKind::TooManyCells { expected, found });
            }
            Some(_) => {}
            None => {
                let is_header = match self.header {
                    Header::Absent => true,
                    Header::Row(number) => row.number >= number,
                };
                if is_header {
                    let blank_at_end = cells.iter().rev().take_while(|cell| cell.is_blank()).count();
                    self.width = Some(found - blank_at_end as u32);
                }
            }
        }
        self.rows.push(Extent { number: row.number, end: self.cells.len() as u32 });
        Ok(())
    }

    #[cold]
    fn report_unclosed(&mut self, row: &OpenRow, quote: usize) {
        let before = &self.text[row.line_start..quote];
        let single_bytes = self.charset.encoding == Encoding::Windows1252;
        let characters = before.iter().filter(|&&byte| single_bytes || byte & 0xC0 != 0x80).count();
        let character = characters as u32 + 1;
        self.report(row, IssueKind::UnclosedQuote { line: self.line, character });
    }

    /// An issue of the cell that is about to be added.
    #[cold]
    fn report(&mut self, row: &OpenRow, kind: IssueKind) {
        let mut of_row = self.issues.iter().rev().take_while(|issue| issue.row == row.number);
        if !of_row.any(|issue| discriminant(&issue.kind) == discriminant(&kind)) {
            let column = Some((self.cells.len() - row.first_cell) as u32 + 1);
            self.issues.push(Issue { row: row.number, column, kind });
        }
    }

    #[cold]
    fn report_row(&mut self, row: &OpenRow, kind: IssueKind) {
        self.issues.push(Issue { row: row.number, column: None, kind });
    }
}
