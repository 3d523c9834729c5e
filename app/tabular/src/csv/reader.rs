//! Rows from bytes.

mod row;

use super::batch::{Batch, Extent, Span};
use super::charset::Charset;
use super::encoding::{Encoding, Evidence};
use super::error::ReadError;
use super::scan::Classes;
use super::utf16::Decoder;
use crate::dialect::{Dialect, Header};
use crate::issue::Issue;
use crate::limits::Limits;

/// Bytes that are looked at in one go.
const PIECE: usize = 64 << 10;
/// A batch is full with so many bytes, or
const BATCH_BYTES: usize = 1 << 20;
/// with so many rows.
const BATCH_ROWS: usize = 16_384;
/// A line that names the delimiter is not longer.
const SEPARATOR_LINE: usize = 64;
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Reads a file piece by piece. It keeps what is left of a piece after its last whole row.
///
/// Empty lines are no rows; a line of delimiters is one, of blank cells. Every other line belongs to exactly one row.
#[derive(Debug, Clone)]
pub struct Reader {
    classes: Classes,
    limits: Limits,
    charset: Charset,
    decoder: Option<Decoder>,
    has_separator_line: bool,
    header: Header,

    /// What the next batch is made of, and behind it what is not yet taken apart.
    text: Vec<u8>,
    cells: Vec<Span>,
    rows: Vec<Extent>,
    issues: Vec<Issue>,
    /// Whether the text holds NUL characters.
    nul: bool,
    /// Where the next cell begins in the text.
    at: usize,
    /// The row to which it belongs, unless it begins one.
    open: Option<OpenRow>,
    /// How long the text must be before another look is worth while.
    look_at: usize,

    /// Whether the beginning of the file has been seen.
    begun: bool,
    /// The line in which the next cell begins, from 1.
    line: u32,
    /// The number of the next row, from 1: spreadsheets count a row of many lines once, and an empty line too.
    next_row: u32,
    /// Whether a line feed now would belong to the line break before it.
    after_carriage_return: bool,
    /// Cells of the header row.
    width: Option<u32>,
    bytes_read: u64,
    rows_read: u32,
    cells_read: u64,
    failed: Option<ReadError>,
}

/// A row whose end is still to be found.
#[derive(Debug, Clone, Copy)]
struct OpenRow {
    number: u32,
    /// The line in which it begins, from 1.
    line: u32,
    /// Where it begins in the text.
    start: usize,
    /// Where the line begins in which its next cell does.
    line_start: usize,
    first_cell: usize,
    /// Quotes in it that are not closed.
    unclosed: u8,
}

impl Reader {
    /// A reader of a file that has not been looked at yet.
    pub fn new(dialect: Dialect, limits: Limits) -> Self {
        let Dialect { encoding, evidence, separator_line, header, .. } = dialect;
        let decoder = match encoding {
            Encoding::Utf8 | Encoding::Windows1252 => None,
            Encoding::Utf16Le => Some(Decoder::new(false)),
            Encoding::Utf16Be => Some(Decoder::new(true)),
        };
        Self {
            classes: Classes::new(&dialect),
            limits,
            charset: Charset { encoding, undecided: evidence == Evidence::AsciiOnly },
            decoder,
            has_separator_line: separator_line,
            header,
            text: vec![],
            cells: vec![],
            rows: vec![],
            issues: vec![],
            nul: false,
            at: 0,
            open: None,
            look_at: 0,
            begun: false,
            line: 1,
            next_row: 1,
            after_carriage_return: false,
            width: None,
            bytes_read: 0,
            rows_read: 0,
            cells_read: 0,
            failed: None,
        }
    }

    /// Takes bytes from the front of `input` until there is a batch. Nothing means that all of it was taken: ask again
    /// with what follows, or [`finish`](Self::finish).
    pub fn read(&mut self, input: &mut &[u8]) -> Result<Option<Batch>, ReadError> {
        self.unless_failed()?;
        loop {
            if self.take_apart(false).map_err(|error| self.fail(error))? {
                return Ok(Some(self.cut()));
            }
            if input.is_empty() {
                return Ok(None);
            }
            self.take(input).map_err(|error| self.fail(error))?;
        }
    }

    /// The batches that are left when there are no more bytes. Nothing means that this was all.
    pub fn finish(&mut self) -> Result<Option<Batch>, ReadError> {
        self.unless_failed()?;
        if let Some(mut decoder) = self.decoder.take() {
            decoder.finish(&mut self.text);
        }
        let full = self.take_apart(true).map_err(|error| self.fail(error))?;
        Ok((full || !self.rows.is_empty()).then(|| self.cut()))
    }

    /// The rows read so far that no batch has yet: to show the first rows at once, or those before an error.
    pub fn flush(&mut self) -> Batch {
        self.cut()
    }

    /// The batches of a file that is at hand as a whole.
    pub fn batches(self, bytes: &[u8]) -> Batches<'_> {
        Batches { reader: self, bytes, done: false }
    }

    /// Bytes taken so far.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Rows found so far, those included that no batch has yet.
    pub fn rows_read(&self) -> u32 {
        self.rows_read
    }

    /// The encoding in which the rest is read: the dialect's, unless that was a guess and turned out wrong.
    pub fn encoding(&self) -> Encoding {
        self.charset.encoding
    }

    fn unless_failed(&self) -> Result<(), ReadError> {
        self.failed.map_or(Ok(()), Err)
    }

    fn fail(&mut self, error: ReadError) -> ReadError {
        self.failed = Some(error);
        error
    }

    fn take(&mut self, input: &mut &[u8]) -> Result<(), ReadError> {
        let waiting = self.text.len() - self.at;
        let (piece, rest) = input.split_at(input.len().min(PIECE.max(waiting)));
        *input = rest;
        self.bytes_read += piece.len() as u64;
        if self.bytes_read > self.limits.bytes {
            return Err(ReadError::TooLarge { limit: self.limits.bytes });
        }
        match &mut self.decoder {
            Some(decoder) => decoder.decode(piece, &mut self.text),
            None => self.text.extend_from_slice(piece),
        }
        Ok(())
    }

    /// Finds rows until the batch is full (then true) or the text ends. `last` says that the file does, too.
    fn take_apart(&mut self, last: bool) -> Result<bool, ReadError> {
        if !last && self.text.len() < self.look_at || !self.begun && !self.begin(last) {
            return Ok(false);
        }
        self.look_at = 0;
        loop {
            if self.open.is_none() {
                self.skip_line_breaks();
                if self.at == self.text.len() {
                    return Ok(false);
                }
                if self.rows.len() >= BATCH_ROWS || self.at >= BATCH_BYTES {
                    return Ok(true);
                }
                let (start, first_cell) = (self.at, self.cells.len());
                let (number, line) = (self.next_row, self.line);
                self.open = Some(OpenRow { number, line, start, line_start: start, first_cell, unclosed: 0 });
            }
            if !self.read_row(last)? {
                // A long cell that comes in small pieces is not looked at for each of them.
                let waiting = self.text.len() - self.at;
                self.look_at = if waiting > 4096 { self.at + 2 * waiting } else { 0 };
                return Ok(false);
            }
        }
    }

    /// Steps over the byte order mark and the line that names the delimiter; false if the text ends too early to tell.
    fn begin(&mut self, last: bool) -> bool {
        if !last && self.text.len() < MARK.len() && MARK.starts_with(&self.text) {
            return false;
        }
        let start = if self.text.starts_with(MARK) { MARK.len() } else { 0 };
        if self.has_separator_line {
            let line = self.text[start..].iter().take(SEPARATOR_LINE);
            let length = line.len();
            self.at = match line.copied().position(|byte| matches!(byte, b'\r' | b'\n')) {
                Some(end) => start + end,
                None if length == SEPARATOR_LINE => start,
                None if last => self.text.len(),
                None => return false,
            };
            // Spreadsheets do not show it: the line break behind it ends no row.
            self.next_row -= u32::from(self.at > start);
        } else {
            self.at = start;
        }
        self.begun = true;
        true
    }

    fn skip_line_breaks(&mut self) {
        loop {
            let begins_line = match self.text.get(self.at) {
                Some(b'\n') => !self.after_carriage_return,
                Some(b'\r') => true,
                Some(_) => {
                    self.after_carriage_return = false;
                    return;
                }
                None => return,
            };
            self.line += u32::from(begins_line);
            self.next_row += u32::from(begins_line);
            self.after_carriage_return = self.text[self.at] == b'\r';
            self.at += 1;
        }
    }

    /// Makes a batch of the whole rows, and keeps the rest for the next.
    fn cut(&mut self) -> Batch {
        let (from, first_cell) = self.open.map_or((self.at, self.cells.len()), |row| (row.start, row.first_cell));
        let mut text = Vec::with_capacity(self.text.len() - from + self.text.len().min(BATCH_BYTES + PIECE));
        text.extend_from_slice(&self.text[from..]);
        std::mem::swap(&mut text, &mut self.text);
        text.truncate(from);

        let mut cells = Vec::with_capacity(self.cells.len() + self.cells.len() / 8);
        let moved = |cell: &Span| Span { start: cell.start - from as u32, end: cell.end - from as u32 };
        cells.extend(self.cells[first_cell..].iter().map(moved));
        std::mem::swap(&mut cells, &mut self.cells);
        cells.truncate(first_cell);

        let room = Vec::with_capacity(self.rows.len() + self.rows.len() / 8);
        let rows = std::mem::replace(&mut self.rows, room);
        let open = self.open.map(|row| row.number);
        let known = self.issues.iter().position(|issue| Some(issue.row) == open).unwrap_or(self.issues.len());
        let later = self.issues.split_off(known);
        let mut issues = std::mem::replace(&mut self.issues, later);

        self.at -= from;
        self.look_at = self.look_at.saturating_sub(from);
        if let Some(row) = &mut self.open {
            *row = OpenRow { start: 0, line_start: row.line_start - from, first_cell: 0, ..*row };
        }
        let nul = self.nul;
        self.nul = nul && self.text.contains(&0);
        let text = self.charset.settle(text, &mut cells, &rows, nul, &mut issues);
        Batch { text, cells, rows, issues }
    }
}

/// The batches of a file.
#[derive(Debug, Clone)]
pub struct Batches<'a> {
    reader: Reader,
    bytes: &'a [u8],
    done: bool,
}

impl Batches<'_> {
    /// What reads them.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }
}

impl Iterator for Batches<'_> {
    type Item = Result<Batch, ReadError>;

    /// The rows before an error come as the last batch but one.
    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let batch = match self.reader.read(&mut self.bytes) {
            Ok(None) => self.reader.finish(),
            read => read,
        };
        match batch {
            Ok(None) => self.done = true,
            Ok(Some(_)) => {}
            Err(_) if !self.reader.rows.is_empty() => return Some(Ok(self.reader.flush())),
            Err(_) => self.done = true,
        }
        batch.transpose()
    }
}
