//! Exported files, read back.

use crate::http::Answer;
use tabular::cell::Cell;
use tabular::csv::Reader;
use tabular::dialect::{Dialect, Overrides};
use tabular::limits::Limits;
use tabular::xlsx::{self, Workbook};

/// The rows of a file of CSV.
pub fn csv(answer: &Answer, overrides: &Overrides) -> Vec<Vec<String>> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let dialect = Dialect::detect(&answer.bytes, overrides);
    let mut rows = vec![];
    for batch in Reader::new(dialect, Limits::default()).batches(&answer.bytes) {
        let batch = batch.expect("a batch");
        assert!(batch.issues().is_empty(), "{:?}", batch.issues());
        rows.extend(batch.rows().map(|row| row.cells().map(str::to_owned).collect()));
    }
    rows
}

/// The rows of a sheet of a workbook, as wide as the first. Every cell is a text.
pub fn sheet(answer: &Answer, index: usize) -> Vec<Vec<String>> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let workbook = Workbook::open(answer.bytes.clone(), xlsx::Limits::default()).expect("a workbook");
    let mut rows: Vec<Vec<String>> = vec![];
    for row in workbook.rows(index) {
        let text = |cell| match cell {
            Cell::Blank => String::new(),
            Cell::Text(text) => text,
            other => panic!("not a text: {other:?}"),
        };
        let mut cells: Vec<String> = row.expect("a row").cells.into_iter().map(text).collect();
        cells.resize(rows.first().map_or(cells.len(), Vec::len), String::new());
        rows.push(cells);
    }
    rows
}

/// The rows in every format, which say the same.
pub fn rows(get: impl Fn(&str) -> Answer) -> Vec<Vec<String>> {
    let rows = csv(&get("csv"), &Overrides::default());
    assert_eq!(rows, sheet(&get("xlsx"), 0));
    let for_excel = get("csv-excel");
    assert!(for_excel.bytes.starts_with("\u{FEFF}".as_bytes()), "{}", for_excel.body);
    assert_eq!(rows, csv(&for_excel, &Overrides { delimiter: Some(b';'), ..Overrides::default() }));
    rows
}

/// A column by its header.
pub fn column(rows: &[Vec<String>], header: &str) -> Vec<String> {
    let at = rows[0].iter().position(|name| name == header).unwrap_or_else(|| panic!("no {header}: {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}
