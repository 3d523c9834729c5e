//! Workbooks that LibreOffice wrote: see `tests/files/README.md`.

use crate::shown::shown;
use expect_test::expect;
use tabular::xlsx::{Limits, Workbook};
use tabular::{Format, Unreadable};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const PEOPLE: &[u8] = include_bytes!("../files/people.xlsx");
const PEOPLE_1904: &[u8] = include_bytes!("../files/people-1904.xlsx");
const PASSWORD: &[u8] = include_bytes!("../files/password.xlsx");
const OPEN_DOCUMENT: &[u8] = include_bytes!("../files/people.ods");
const OLD: &[u8] = include_bytes!("../files/people.xls");

fn workbook(bytes: &[u8]) -> Workbook {
    assert_eq!(Format::detect(bytes, bytes), Ok(Format::Workbook));
    Workbook::open(bytes.to_vec(), Limits::default()).expect("a workbook")
}

#[test]
fn people_are_read_as_the_spreadsheet_shows_them() {
    expect![[r#"
        1: "username" | "last_name" | "joined" | "share" | "active" | "result" | "badge" | "number"
        2: "ada" | "Müller-Lüdenscheidt" | 2021-03-04 | 0.125 as 12.5% | true | #DIV/0! | "007" | "12345678901234567890"
        3: "zoë" | "Œuvré & Søn €" | 1999-12-31T23:45:00 | 1 as 100% | false | #N/A | "007" | "0049 170 1"
        4 (hidden): "hidden" | "Versteckt" | 2000-02-29 | 0.5 as 50% | true | 2 | "08" | "1"
        5: "olga" | "Иванова, 田中" | 1904-01-02 | -0.05 as -5% | true | "quote \" and\n line" | "1e5" | "2"
        6: "erik" | "over two"
        merged: B6:C6
    "#]]
    .assert_eq(&shown(&mut workbook(PEOPLE).rows(0)));
}

#[test]
fn days_are_the_same_in_both_epochs() {
    assert_eq!(shown(&mut workbook(PEOPLE_1904).rows(0)), shown(&mut workbook(PEOPLE).rows(0)));
}

#[test]
fn the_hidden_sheet_is_marked() {
    let workbook = workbook(PEOPLE);
    let sheets: Vec<_> = workbook.sheets().iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(sheets, [("Menschen", false), ("Geheim", true)]);
    assert_eq!(shown(&mut workbook.rows(1)), "1: \"username\"\n2: \"mallory\"\n");
}

#[test]
fn other_kinds_are_told_from_workbooks() {
    for (bytes, kind) in
        [(PASSWORD, Unreadable::Encrypted), (OPEN_DOCUMENT, Unreadable::OpenDocument), (OLD, Unreadable::OldExcel)]
    {
        assert_eq!(Format::detect(bytes, bytes), Err(kind));
    }
}
