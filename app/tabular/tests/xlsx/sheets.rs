//! Sheets, rows and where things stand.

use crate::package::{MAIN, Package, rows, sheet, workbook};
use crate::shown::{check, open, shown};
use expect_test::expect;
use tabular::xlsx::{Issue, Limits, ReadError, Workbook};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn with_sheets(package: Package, count: u32) -> Package {
    (1..=count).fold(package, |package, n| {
        let content = format!("<worksheet {MAIN}><sheetData><row><c><v>{n}</v></c></row></sheetData></worksheet>");
        package.with(&format!("xl/worksheets/sheet{n}.xml"), content)
    })
}

#[test]
fn sheets_are_named_and_hidden_ones_are_marked() {
    let package = with_sheets(
        workbook(
            "",
            r#"<sheet name="Menschen &amp; Rollen" sheetId="7" r:id="rId2"/><sheet name="__proto__" sheetId="1" state="hidden" r:id="rId1"/>
               <sheet name="deep" sheetId="2" state="veryHidden" r:id="rId3"/><sheet name="a chart" sheetId="3" r:id="nowhere"/>"#,
        ),
        3,
    );
    let mut workbook = Workbook::open(package.bytes(), Limits::default()).expect("a workbook");
    let sheets: Vec<_> = workbook.sheets().iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(sheets, [("Menschen & Rollen", false), ("__proto__", true), ("deep", true)]);
    // Any sheet, one after the other, from the same workbook.
    for (sheet, expected) in [(0, "1: 2\n"), (2, "1: 3\n"), (1, "1: 1\n")] {
        let mut rows = workbook.rows(sheet);
        assert_eq!(shown(&mut rows), expected);
        workbook = rows.into_workbook();
    }
    let missing: Vec<_> = workbook.rows(3).map(Result::err).collect();
    assert_eq!(missing, [Some(ReadError::NoSuchSheet { number: 4 })]);
}

#[test]
fn rows_and_columns_stand_where_the_spreadsheet_shows_them() {
    check(
        &rows(
            r#"<row r="3"><c r="C3"><v>1</v></c><c r="E3"><v>2</v></c></row><row><c><v>3</v></c><c r="D4"><v>4</v></c><c><v>5</v></c></row>
               <row r="7"/><row r="8"><c r="A8" s="1"/><c r="B8" s="1"/></row>
               <row r="9" hidden="1"><c r="B9"><v>6</v></c></row><row r="1048576"><c r="B1048576"><v>7</v></c></row>"#,
        ),
        expect![[r#"
            3:  |  | 1 |  | 2
            4: 3 |  |  | 4 | 5
            9 (hidden):  | 6
            1048576:  | 7
        "#]],
    );
}

#[test]
fn the_last_cell_of_a_sheet_reserves_no_sheet() {
    let package =
        rows(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#);
    let sizes: Vec<_> =
        open(&package).map(|row| row.expect("a row")).map(|row| (row.number, row.cells.len())).collect();
    assert_eq!(sizes, [(1, 1), (1_048_576, 16_384)]);
}

#[test]
fn merged_ranges_are_known_after_the_rows() {
    let package = sheet(
        r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>
           <mergeCells count="3"><mergeCell ref="A1:B3"/><mergeCell ref="nonsense"/><mergeCell ref="D4:XFD4"/></mergeCells>"#,
    );
    let mut rows = open(&package);
    assert!(rows.next().is_some() && rows.merged().is_empty());
    check(
        &package,
        expect![[r#"
            1: 1
            merged: A1:B3
            merged: D4:XFD4
            issue: a merged range lies outside the sheet and is left out
        "#]],
    );
}

#[test]
fn disorder_is_reported_and_nothing_is_lost() {
    check(
        &rows(
            r#"<row r="5"><c r="B5"><v>2</v></c><c r="A5"><v>1</v></c><c r="B5"><v>3</v></c></row><row r="2"><c><v>4</v></c></row>
               <row r="0"><c><v>5</v></c></row><row r="x"><c r="ZZZZ1"><v>6</v></c><c r="B1"><v>7</v></c></row>"#,
        ),
        expect![[r#"
            5: 1 | 3
            2: 4
            3: 5
            4:  | 7
            issue: B5 stands twice in the file; the later value is taken
            issue: row 2 is out of order in the file
            issue: row 3 is out of order in the file
            issue: row 4 is out of order in the file
            issue: a cell in row 4 lies outside the sheet and is left out
        "#]],
    );
}

#[test]
fn issues_are_bounded_and_counted() {
    let cells = "<row><c><v>x</v></c></row>".repeat(30);
    let mut found =
        Workbook::open(rows(&cells).bytes(), Limits { issues: 10, ..Limits::default() }).expect("a workbook").rows(0);
    assert_eq!(found.by_ref().count(), 30);
    assert_eq!((found.issues().len(), found.more_issues()), (10, 20));
}

#[test]
fn an_empty_sheet_has_no_rows() {
    for content in ["", "<sheetData/>", "<sheetData></sheetData>", "<sheetData><row r=\"1\"/></sheetData>"] {
        assert_eq!(open(&sheet(content)).count(), 0, "{content}");
    }
}

#[test]
fn macros_are_told_of_and_left_alone() {
    let package = rows("<row><c><v>1</v></c></row>");
    let plain = Workbook::open(package.bytes(), Limits::default()).expect("a workbook");
    assert_eq!(plain.issues(), []);
    let targets = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("m", "vbaProject", "vbaProject.bin")];
    let package = package.relationships("xl/_rels/workbook.xml.rels", &targets).with("xl/vbaProject.bin", "Sub");
    let workbook = Workbook::open(package.bytes(), Limits::default()).expect("a workbook");
    assert_eq!(workbook.issues(), [Issue::Macros]);
    assert_eq!(workbook.rows(0).count(), 1);
}

#[test]
fn packages_are_read_however_they_are_packed() {
    let expected = "1: \"Ada\"\n";
    let package = rows(r#"<row><c t="s"><v>0</v></c></row>"#).texts(&["<t>Ada</t>"]);
    assert_eq!(shown(&mut open(&package)), expected);
    let large = package.clone().large();
    assert_eq!(shown(&mut open(&large)), expected, "ZIP64");
    let stored = package
        .clone()
        .without("xl/sharedStrings.xml")
        .and(crate::package::Part::stored("xl\\SharedStrings.xml", "<sst><si><t>Ada</t></si></sst>".as_bytes()));
    assert_eq!(shown(&mut open(&stored)), expected, "stored, other case and slashes");
    let bom =
        package.clone().with("xl/sharedStrings.xml", "\u{FEFF}<?xml version=\"1.0\"?><sst><si><t>Ada</t></si></sst>");
    assert_eq!(shown(&mut open(&bom)), expected, "a byte order mark");
    let mut commented = package.bytes();
    let length = commented.len();
    commented[length - 2] = 5;
    commented.extend(b"hello");
    let workbook = Workbook::open(commented, Limits::default()).expect("a workbook");
    assert_eq!(shown(&mut workbook.rows(0)), expected, "a comment behind");
}
