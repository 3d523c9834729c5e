//! CSV files: read alike in one piece and in many, within the limits, and written so that they are read as they were.
#![no_main]

#[path = "../../../app/tabular/tests/csv/support.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod support;

use libfuzzer_sys::fuzz_target;
use support::{Table, read, read_in_chunks};
use tabular::csv::{Encoding, ReadError, Reader, Writer, guard, unguard};
use tabular::dialect::{Dialect, Header, Overrides, Quote};
use tabular::{Format, limits::Limits};

/// Small, so that small files meet them.
const TIGHT: Limits = Limits { bytes: 1 << 20, rows: 50, columns: 12, cells: 200, row_bytes: 60, cell_bytes: 24 };
/// Bytes that a character has at most that a single byte of the file stands for: U+FFFD, or the euro sign.
const WIDEST: usize = 3;
/// Bytes of memory that a byte of the file may need: a cell needs eight, a row eight, and an issue some more, all in
/// lists that grow by doubling.
const MEMORY: usize = 160;

fuzz_target!(|bytes: &[u8]| {
    if let Err(unreadable) = Format::detect(bytes, bytes) {
        assert!(!unreadable.to_string().is_empty());
    }
    let chosen = chosen(bytes.last().copied().unwrap_or_default());
    // Of any size, and not so many that long files take long.
    let chunk = bytes.len() / 64 + bytes.len() % 7 + 1;
    let detected = Dialect::detect(bytes, &Overrides::default());
    for dialect in [detected, Dialect::detect(bytes, &chosen)] {
        for limits in [Limits::default(), TIGHT] {
            let table = read(bytes, dialect, limits);
            check(&table, limits);
            // One of the two, for speed. Not by the last bit, which says whether UTF-16 ends within a character.
            let read_again = if bytes.len() & 2 == 0 { read_in_chunks } else { read_and_flush };
            assert_eq!(read_again(bytes, dialect, limits, chunk), table, "in chunks of {chunk}");
        }
    }
    write(&read(bytes, detected, Limits::default()));
});

/// What a person could say of the file, by a byte of it.
fn chosen(choice: u8) -> Overrides {
    let of = |divisor: u8, choices: u8| choice / divisor % choices;
    Overrides {
        encoding: [
            None,
            Some(Encoding::Utf8),
            Some(Encoding::Windows1252),
            Some(Encoding::Utf16Le),
            Some(Encoding::Utf16Be),
        ][of(1, 5) as usize],
        quote: [None, Some(Quote::Double), Some(Quote::Single), Some(Quote::None)][of(5, 4) as usize],
        delimiter: [None, Some(b';'), Some(choice)][of(20, 3) as usize],
        header: [None, Some(Header::Absent), Some(Header::Row(2)), Some(Header::Row(u32::MAX))][of(60, 4) as usize],
        guarded: [None, Some(false)][of(2, 2) as usize],
    }
}

/// Reads a file as one whose first rows are shown at once.
fn read_and_flush(bytes: &[u8], dialect: Dialect, limits: Limits, chunk: usize) -> Table {
    let mut reader = Reader::new(dialect, limits);
    let mut table = Table { rows: vec![], issues: vec![], error: None };
    for mut piece in bytes.chunks(chunk) {
        while table.error.is_none() && !piece.is_empty() {
            match reader.read(&mut piece) {
                Ok(batch) => batch.iter().for_each(|batch| table.add(batch)),
                Err(error) => table.error = Some(error),
            }
        }
        let batch = reader.flush();
        assert!(batch.memory() <= 4096 + MEMORY * bytes.len(), "{} bytes of memory", batch.memory());
        table.add(&batch);
    }
    while table.error.is_none() {
        match reader.finish() {
            Ok(Some(batch)) => table.add(&batch),
            Ok(None) => break,
            Err(error) => {
                table.add(&reader.flush());
                table.error = Some(error);
            }
        }
    }
    assert!(reader.bytes_read() <= bytes.len() as u64 && reader.rows_read() as usize >= table.rows.len());
    table
}

fn check(Table { rows, issues, error }: &Table, limits: Limits) {
    let Limits { bytes: _, rows: most_rows, columns, cells: most_cells, row_bytes, cell_bytes } = limits;
    assert!(rows.len() <= most_rows as usize);
    assert!(rows.is_sorted_by(|(one, _), (other, _)| one < other), "no two rows begin on a line");
    assert!(rows.iter().map(|(_, cells)| cells.len() as u64).sum::<u64>() <= most_cells);
    let mut kept = tabular::Table::default();
    for (number, cells) in rows {
        assert!(*number > 0 && (1..=columns as usize).contains(&cells.len()));
        assert!(cells.iter().map(String::len).sum::<usize>() <= WIDEST * row_bytes as usize);
        assert!(cells.iter().all(|cell| cell.len() <= WIDEST * cell_bytes as usize && !cell.contains('\0')));
        let cells = cells
            .iter()
            .map(|cell| if cell.is_empty() { tabular::Cell::Blank } else { tabular::Cell::Text(cell.clone()) });
        kept.add_row(&tabular::Row { number: *number, hidden: false, cells: cells.collect() });
    }
    assert!(kept.len() as usize <= rows.len());
    assert!(issues.is_sorted_by_key(|issue| issue.row));
    assert!(issues.iter().all(|issue| !issue.to_string().is_empty()));
    assert!(error.is_none_or(|error: ReadError| !error.to_string().is_empty()));
}

/// What is written is read as it was.
fn write(table: &Table) {
    for guarded in [false, true] {
        let writer = Writer { guarded, ..Writer::default() };
        let mut file = vec![];
        writer.begin(&mut file);
        table.rows.iter().for_each(|(_, cells)| writer.row(cells.iter().map(String::as_str), &mut file));
        let dialect = Dialect { guarded, header: Header::Absent, ..Dialect::default() };
        let again = read(&file, dialect, Limits::default());
        assert!(again.rows.iter().map(|(_, cells)| cells).eq(table.rows.iter().map(|(_, cells)| cells)));
    }
    for cell in table.rows.iter().flat_map(|(_, cells)| cells) {
        assert_eq!(unguard(&guard(cell)), cell.as_str());
    }
}
