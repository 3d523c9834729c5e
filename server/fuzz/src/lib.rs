//! What holds for every workbook, however it is damaged.

use tabular::xlsx::{Limits, ReadError, Workbook};
use tabular::{Cell, Row, Table, header};

/// Small, so that small files meet them.
const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    entries: 64,
    part_bytes: 1 << 20,
    shared_text_bytes: 16 << 10,
    text_bytes: 2 << 10,
    row_bytes: 8 << 10,
    sheet_text_bytes: 32 << 10,
    cells: 50_000,
    sheets: 8,
    issues: 20,
};
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: usize = 16_384;
/// Rows among which the header is looked for.
const HEADER_ROWS: usize = 100;

/// A sheet: its rows, and why there are no more.
#[derive(Debug, PartialEq)]
struct Sheet {
    rows: Vec<Row>,
    error: Option<ReadError>,
}

/// Reads every sheet of a file, if it is a workbook, and the first one again: nothing that was read in between may
/// change it.
pub fn read_workbook(bytes: Vec<u8>) {
    let mut workbook = match Workbook::open(bytes, LIMITS) {
        Ok(workbook) => workbook,
        Err(error) => return drop(error.to_string()),
    };
    let sheets = workbook.sheets().len();
    assert!((1..=LIMITS.sheets as usize).contains(&sheets));
    assert!(workbook.issues().iter().all(|issue| !issue.to_string().is_empty()));
    let mut first = None;
    for place in (0..sheets).chain([0]) {
        let sheet;
        (workbook, sheet) = read_sheet(workbook, place);
        match &first {
            None => first = Some(sheet),
            Some(first) if place == 0 => assert_eq!(sheet, *first, "read again"),
            Some(_) => {}
        }
    }
    assert!(matches!(workbook.rows(sheets).next(), Some(Err(ReadError::NoSuchSheet { .. }))));
}

fn read_sheet(workbook: Workbook, place: usize) -> (Workbook, Sheet) {
    let mut sheet = Sheet { rows: vec![], error: None };
    let (mut cells, mut texts) = (0, 0);
    let mut rows = workbook.rows(place);
    for row in rows.by_ref() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                assert!(!error.to_string().is_empty());
                sheet.error = Some(error);
                break;
            }
        };
        let text = check_row(&row);
        assert!(text <= LIMITS.row_bytes as usize);
        (cells, texts) = (cells + row.cells.len() as u64, texts + text as u64);
        sheet.rows.push(row);
    }
    assert!(rows.next().is_none(), "after the end there is nothing");
    assert!(cells <= LIMITS.cells && texts <= LIMITS.sheet_text_bytes);
    assert!(rows.issues().len() <= LIMITS.issues as usize);
    assert!(rows.more_issues() == 0 || rows.issues().len() == LIMITS.issues as usize);
    assert!(rows.issues().iter().all(|issue| !issue.to_string().is_empty()));
    for range in rows.merged() {
        assert!(range.first.row <= range.last.row && range.first.column <= range.last.column);
        assert!(range.last.row <= LAST_ROW && range.last.column as usize <= LAST_COLUMN);
    }
    let progress = rows.progress();
    assert!(progress.read <= progress.total && progress.total <= LIMITS.part_bytes);
    check_table(&sheet.rows);
    (rows.into_workbook(), sheet)
}

/// Looks at the cells of a row, and answers how many bytes they show.
fn check_row(row: &Row) -> usize {
    assert!((1..=LAST_ROW).contains(&row.number) && (1..=LAST_COLUMN).contains(&row.cells.len()));
    assert_ne!(row.cells.last(), Some(&Cell::Blank), "blank cells at the end are left out");
    let mut bytes = 0;
    for cell in &row.cells {
        let shown = cell.shown();
        match cell {
            Cell::Bool(_) => continue,
            Cell::Blank => assert_eq!(shown, ""),
            Cell::Number { value, .. } => {
                assert!(value.is_finite());
                assert!(!shown.contains("inf") && !shown.contains("NaN"), "{shown:?} is no number");
            }
            Cell::Date(_) => assert!(shown.len() <= 40 && shown.contains(['-', ':']), "{shown:?} is no date"),
            Cell::Text(_) | Cell::Error(_) => assert!(!shown.is_empty()),
        }
        bytes += shown.len();
    }
    bytes
}

/// What is kept of rows is what was read.
fn check_table(rows: &[Row]) {
    if let Some(line) = header::guess(&rows[..rows.len().min(HEADER_ROWS)]) {
        assert!(rows.iter().any(|row| row.number == line));
    }
    let mut table = Table::default();
    for row in rows {
        let known = table.len();
        table.add_row(row);
        if table.len() > known {
            let kept = table.row(known).expect("it was added");
            assert!(kept.cells().eq(row.cells.iter().map(Cell::shown)));
            assert_eq!((kept.line, kept.hidden), (row.number, row.hidden));
        }
    }
}
