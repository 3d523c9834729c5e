//! What tests read and how they show it.

use expect_test::Expect;
use std::fmt::Write;
use tabular::csv::{Batch, ReadError, Reader};
use tabular::dialect::{Dialect, Overrides};
use tabular::issue::Issue;
use tabular::limits::Limits;

/// A row: its number and its cells.
pub type Cells = (u32, Vec<String>);

/// All rows, all issues, and why reading ended early.
#[derive(Debug, PartialEq)]
pub struct Table {
    pub rows: Vec<Cells>,
    pub issues: Vec<Issue>,
    pub error: Option<ReadError>,
}

/// Reads a file as one slice.
pub fn read(bytes: &[u8], dialect: Dialect, limits: Limits) -> Table {
    read_in_chunks(bytes, dialect, limits, usize::MAX)
}

/// Reads a file in chunks of so many bytes.
pub fn read_in_chunks(bytes: &[u8], dialect: Dialect, limits: Limits, chunk: usize) -> Table {
    let mut reader = Reader::new(dialect, limits);
    let mut table = Table { rows: vec![], issues: vec![], error: None };
    for mut chunk in bytes.chunks(chunk) {
        loop {
            match reader.read(&mut chunk) {
                Ok(Some(batch)) => table.add(&batch),
                Ok(None) => break,
                Err(error) => return table.ended(&mut reader, error),
            }
        }
    }
    loop {
        match reader.finish() {
            Ok(Some(batch)) => table.add(&batch),
            Ok(None) => return table,
            Err(error) => return table.ended(&mut reader, error),
        }
    }
}

impl Table {
    pub fn add(&mut self, batch: &Batch) {
        let cells = |row: tabular::csv::RowRef<'_>| (row.number(), row.cells().map(str::to_owned).collect());
        self.rows.extend(batch.rows().map(cells));
        self.issues.extend_from_slice(batch.issues());
    }

    fn ended(mut self, reader: &mut Reader, error: ReadError) -> Self {
        self.add(&reader.flush());
        self.error = Some(error);
        self
    }
}

/// A row a line, `number: cell|cell`, then the issues.
pub fn shown(table: &Table) -> String {
    let mut text = String::new();
    for (number, cells) in &table.rows {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| cell.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'"))
            .collect();
        writeln!(text, "{number}: {}", cells.join("|")).expect("text takes everything");
    }
    for issue in &table.issues {
        writeln!(text, "{issue}").expect("text takes everything");
    }
    if let Some(error) = table.error {
        writeln!(text, "{error}").expect("text takes everything");
    }
    text
}

/// What is read in Muster's own dialect is this.
pub fn check(file: impl AsRef<[u8]>, expected: Expect) {
    expected.assert_eq(&read_native(file));
}

/// Reads in Muster's own dialect.
pub fn read_native(file: impl AsRef<[u8]>) -> String {
    shown(&read(file.as_ref(), Dialect::default(), Limits::default()))
}

/// Reads in the dialect that is detected.
pub fn read_detected(file: impl AsRef<[u8]>) -> String {
    let dialect = Dialect::detect(file.as_ref(), &Overrides::default());
    shown(&read(file.as_ref(), dialect, Limits::default()))
}

/// UTF-16, without a byte order mark.
pub fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}
