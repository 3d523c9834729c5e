//! A workbook as text, for tests to compare.

use crate::package::Package;
use tabular::cell::{Cell, Row};
use tabular::xlsx::{Limits, ReadError, Rows, Workbook};

/// The rows of a package's first sheet.
pub fn open(package: &Package) -> Rows {
    Workbook::open(package.bytes(), Limits::default()).expect("a workbook").rows(0)
}

/// The first error of a file, within these limits.
pub fn error(bytes: Vec<u8>, limits: Limits) -> ReadError {
    match Workbook::open(bytes, limits) {
        Err(error) => error,
        Ok(workbook) => workbook.rows(0).find_map(Result::err).expect("an error"),
    }
}

/// The rows of the first sheet, its merged ranges and issues.
#[track_caller]
pub fn check(package: &Package, expected: expect_test::Expect) {
    expected.assert_eq(&shown(&mut open(package)));
}

pub fn shown(rows: &mut Rows) -> String {
    let mut text = String::new();
    for row in rows.by_ref() {
        match row {
            Ok(row) => text += &line(&row),
            Err(error) => text += &format!("error: {error}\n"),
        }
    }
    for range in rows.merged() {
        text += &format!("merged: {range}\n");
    }
    for issue in rows.issues() {
        text += &format!("issue: {issue}\n");
    }
    text
}

fn line(row: &Row) -> String {
    let cells: Vec<_> = row.cells.iter().map(cell).collect();
    format!("{}{}: {}\n", row.number, if row.hidden { " (hidden)" } else { "" }, cells.join(" | "))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => format!("{text:?}"),
        Cell::Number { value, shown } if value.to_string() == *shown => shown.clone(),
        Cell::Number { value, shown } => format!("{value} as {shown}"),
        Cell::Bool(value) => value.to_string(),
        Cell::Date(date) => date.clone(),
        Cell::Error(error) => error.clone(),
    }
}
