//! Files that want to hurt, and files that are something else.

use crate::package::{Package, Part, rows, sheet, workbook};
use crate::shown::error;
use tabular::Cell;
use tabular::xlsx::{Limits, ReadError, Workbook};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[track_caller]
fn refused(package: &Package, expected: &str) {
    assert_eq!(error(package.bytes(), Limits::default()).to_string(), expected);
}

fn good() -> Package {
    rows(r#"<row><c t="s"><v>0</v></c></row>"#).texts(&["<t>Ada</t>"])
}

#[test]
fn other_kinds_of_files_are_told_apart() {
    let compound = |name: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(512, 0);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let ods = Package::default()
        .and(Part::stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"))
        .with("content.xml", "<a/>")
        .with("META-INF/manifest.xml", "<a/>");
    let relationships = |target: &str| {
        Package::default().relationships("_rels/.rels", &[("rId1", "officeDocument", target)]).with(target, "<a/>")
    };
    for (bytes, expected) in [
        (vec![], ReadError::Empty),
        (b"name;email\nAda;ada@example.org\n".to_vec(), ReadError::NotAWorkbook),
        (b"%PDF-1.7".to_vec(), ReadError::NotAWorkbook),
        (compound("EncryptedPackage"), ReadError::Encrypted),
        (compound("Workbook"), ReadError::OldExcel),
        (compound("WordDocument"), ReadError::NotAWorkbook),
        (ods.bytes(), ReadError::OpenDocument),
        (relationships("xl/workbook.bin").bytes(), ReadError::BinaryExcel),
        (relationships("word/document.xml").bytes(), ReadError::NotAWorkbook),
        (Package::default().with("hello.txt", "hello").bytes(), ReadError::NotAWorkbook),
        (Package::default().bytes(), ReadError::NotAWorkbook),
        (workbook("", "").bytes(), ReadError::NoSheets),
    ] {
        assert_eq!(error(bytes, Limits::default()), expected);
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_an_error() {
    let bytes = good().bytes();
    assert_eq!(error(bytes[..bytes.len() - 10].to_vec(), Limits::default()), ReadError::Truncated);
    for length in 0..bytes.len() {
        error(bytes[..length].to_vec(), Limits::default());
    }
}

#[test]
fn sizes_are_refused_before_anything_is_unpacked() {
    // One byte short of ZIP64, in a file of a kilobyte.
    refused(
        &good().changed(SHEET, |part| part.size = 4_294_967_294),
        "xl/worksheets/sheet1.xml unpacks to 4294967294 bytes and the limit is 1073741824; split the file or save it as CSV",
    );
    let huge = good().large().changed(SHEET, |part| part.size = u64::MAX - 1);
    assert!(
        matches!(error(huge.bytes(), Limits::default()), ReadError::PartTooLarge { size, .. } if size == u64::MAX - 1)
    );
}

#[test]
fn a_file_may_not_be_larger_than_the_limit() {
    let bytes = good().bytes();
    let size = bytes.len() as u64;
    let limits = Limits { bytes: size - 1, ..Limits::default() };
    assert_eq!(error(bytes, limits), ReadError::FileTooLarge { size, limit: size - 1 });
}

#[test]
fn a_bomb_that_lies_about_its_size_ends_where_it_said() {
    let bomb = Part::deflated(SHEET, &vec![b' '; 64 << 20]);
    assert!(bomb.packed.len() < 100_000);
    let package = sheet("").without(SHEET).and(Part { size: 100_000, ..bomb });
    assert_eq!(
        error(package.bytes(), Limits::default()),
        ReadError::Size { part: SHEET.to_owned(), declared: 100_000 }
    );
}

#[test]
fn a_part_that_is_smaller_than_it_said_or_changed_on_the_way_is_an_error() {
    let smaller = good().changed(SHEET, |part| part.size += 1);
    assert!(matches!(error(smaller.bytes(), Limits::default()), ReadError::Size { .. }));
    let other = good().changed(SHEET, |part| part.checksum ^= 1);
    refused(&other, "xl/worksheets/sheet1.xml is damaged; copy or download the file again");
    let broken = good().changed(SHEET, |part| part.packed.truncate(20));
    refused(&broken, "xl/worksheets/sheet1.xml is damaged; copy or download the file again");
    let noise = good().changed(SHEET, |part| part.packed.fill(0xFF));
    refused(&noise, "xl/worksheets/sheet1.xml is damaged; copy or download the file again");
}

#[test]
fn a_text_may_not_be_endless() {
    let limit = Limits::default().text_bytes as usize;
    let is_too_long = |package: &Package| {
        matches!(error(package.bytes(), Limits::default()), ReadError::TextTooLong { limit: 1_048_576, .. })
    };
    // In a megabyte that is a gigabyte: here 64 MiB, the rest is never looked at.
    let long = "x".repeat(64 << 20);
    let in_a_cell = rows(&format!(r#"<row><c t="inlineStr"><is><t>{long}</t></is></c></row>"#));
    assert!(is_too_long(&in_a_cell));
    assert!(is_too_long(&good().with("xl/sharedStrings.xml", format!("<sst><si><t>{long}</t></si></sst>"))));
    assert!(is_too_long(&rows(&format!("<row><!--{long}--></row>"))));
    assert!(is_too_long(&rows(&format!("<row a=\"{long}\"/>"))));
    assert!(is_too_long(&rows(&format!("<row><c><f>{long}</f></c></row>"))));
    // Put together from pieces that are each allowed.
    let pieces = "<r><t>0123456789</t></r>".repeat(limit / 10 + 1);
    assert!(is_too_long(&rows(&format!(r#"<row><c t="inlineStr"><is>{pieces}</is></c></row>"#))));
    assert!(is_too_long(&good().texts(&[&pieces])));
    let references = "&amp;".repeat(limit + 1);
    assert!(is_too_long(&rows(&format!(r#"<row><c t="str"><v>{references}</v></c></row>"#))));
    let fits = "x".repeat(limit);
    let package = rows(&format!(r#"<row><c t="inlineStr"><is><t>{fits}</t></is></c></row>"#));
    let workbook = Workbook::open(package.bytes(), Limits::default()).expect("a workbook");
    assert!(workbook.rows(0).all(|row| row.is_ok()));
}

#[test]
fn declared_counts_reserve_nothing() {
    let sst = r#"<sst count="4294967295" uniqueCount="4294967295"><si><t>Ada</t></si></sst>"#;
    let package = good().with("xl/sharedStrings.xml", sst);
    let workbook = Workbook::open(package.bytes(), Limits::default()).expect("a workbook");
    assert_eq!(workbook.rows(0).filter_map(Result::ok).count(), 1);
}

#[test]
fn shared_texts_are_bounded_together() {
    let limits = Limits { shared_text_bytes: 10_000, ..Limits::default() };
    let package = rows(r#"<row><c t="s"><v>4000000</v></c></row>"#);
    for item in ["<si/>", "<si><t>0123456789</t></si>"] {
        let package = package.clone().with("xl/sharedStrings.xml", format!("<sst>{}</sst>", item.repeat(10_000)));
        assert_eq!(error(package.bytes(), limits), ReadError::SharedTextTooLarge { limit: 10_000 });
    }
}

#[test]
fn a_shared_text_counts_as_often_as_it_is_shown() {
    // A few kilobytes of file that would show 16 GiB in its first row, and without end below it.
    let text = format!("<t>{}</t>", "x".repeat(1 << 20));
    let wide = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(16_384));
    let package = rows(&wide).texts(&[&text]);
    assert!(package.bytes().len() < 10_000);
    refused(&package, "row 1 holds texts of more than 16777216 bytes; shorten them or do not trust the file");
    let package = rows(&r#"<row><c t="s"><v>0</v></c></row>"#.repeat(5_000)).texts(&[&text]);
    refused(
        &package,
        "the sheet holds texts of more than 536870912 bytes up to row 513; split it or do not trust the file",
    );
}

#[test]
fn cells_far_away_are_counted_with_the_blank_ones_before_them() {
    let far = r#"<row><c r="XFD1"><v>1</v></c></row>"#.repeat(5_000);
    refused(
        &rows(&far),
        "the sheet has more than 20000000 cells up to XFD1221; split it, or clear cells far from the table",
    );
    let far_and_blank = r#"<row><c r="XFD1" s="1"/></row>"#.repeat(5_000);
    let workbook = Workbook::open(rows(&far_and_blank).bytes(), Limits::default()).expect("a workbook");
    assert_eq!(workbook.rows(0).count(), 0);
}

#[test]
fn rows_and_columns_end_where_the_format_ends() {
    refused(&rows(&"<row/>".repeat(1_048_577)), "the sheet has more than 1048576 rows; split it");
    refused(&rows(r#"<row r="1048576"/><row/>"#), "the sheet has more than 1048576 rows; split it");
    refused(
        &rows(&format!("<row>{}</row>", r#"<c r="A1"/>"#.repeat(16_385))),
        "row 1 has more than 16384 cells; save the file again in a spreadsheet program",
    );
    let full = rows(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_384)));
    let workbook = Workbook::open(full.bytes(), Limits::default()).expect("a workbook");
    let widths: Vec<_> = workbook.rows(0).map(|row| row.expect("a row").cells.len()).collect();
    assert_eq!(widths, [16_384]);
}

#[test]
fn document_types_are_refused_in_every_part() {
    let laughs =
        r#"<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>"#;
    let external = r#"<!DOCTYPE a SYSTEM "file:///etc/passwd">"#;
    for part in
        ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", SHEET]
    {
        for declaration in [laughs, external] {
            let package = good().formats(&["0"]);
            let package = package.with(part, format!("{declaration}<a>&lol1;</a>"));
            let expected = ReadError::DocumentType { part: part.to_lowercase() };
            assert_eq!(error(package.bytes(), Limits::default()), expected);
        }
    }
}

#[test]
fn entities_that_nobody_declared_are_an_error() {
    refused(
        &rows(r#"<row><c t="str"><v>&xxe;</v></c></row>"#),
        "xl/worksheets/sheet1.xml is not well-formed at byte 112 (the entity \"xxe\" is unknown); save the file again in a spreadsheet program",
    );
    for character in ["&#0;", "&#xD800;", "&#x110000;", "&#;", "&#99999999999;"] {
        let package = rows(&format!(r#"<row><c t="str"><v>{character}</v></c></row>"#));
        let error = error(package.bytes(), Limits::default());
        assert!(matches!(error, ReadError::Malformed { .. }), "{character}: {error}");
    }
}

#[test]
fn what_is_not_well_formed_is_an_error_with_its_place() {
    for content in [
        "<sheetData><row></sheetData>",
        "<sheetData><row><c><v>1</c></row></sheetData>",
        "<sheetData>",
        "<sheetData><row",
        "</worksheet></worksheet>",
        "<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>",
    ] {
        let error = error(sheet("").with(SHEET, format!("<worksheet>{content}")).bytes(), Limits::default());
        assert!(matches!(error, ReadError::Malformed { .. }), "{content}: {error}");
    }
    let deep = "<a>".repeat(1_000_000);
    refused(&sheet(&deep), "xl/worksheets/sheet1.xml is nested deeper than 64 elements; do not trust the file");
}

#[test]
fn other_encodings_are_named() {
    let utf16: Vec<u8> = "\u{FEFF}<worksheet/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = b"<worksheet><sheetData><row><c t=\"str\"><v>J\xFCrgen</v></c></row></sheetData></worksheet>";
    for content in [utf16.as_slice(), latin] {
        refused(
            &good().with(SHEET, content),
            "xl/worksheets/sheet1.xml is not written in UTF-8; save the file again in a spreadsheet program",
        );
    }
}

#[test]
fn names_in_the_archive_lead_nowhere_else() {
    let package = good()
        .and(Part::deflated("../../etc/passwd", b"x"))
        .and(Part::deflated("/etc/passwd", b"x"))
        .and(Part::deflated("C:\\Windows\\x", b"x"))
        .and(Part::deflated("", b"x"))
        .and(Part::deflated("a\0b", b"x"));
    let workbook = Workbook::open(package.bytes(), Limits::default()).expect("a workbook");
    assert_eq!(workbook.rows(0).filter_map(Result::ok).count(), 1);
    let leading_out = good().relationships("xl/_rels/workbook.xml.rels", &[("rId1", "worksheet", "../../x.xml")]);
    refused(
        &leading_out,
        "the file refers to \"../../x.xml\", which lies outside of it; save it again in a spreadsheet program",
    );
    let missing = good().without(SHEET);
    refused(&missing, "xl/worksheets/sheet1.xml is missing in the file; save it again in a spreadsheet program");
}

#[test]
fn texts_behind_one_that_cannot_be_read_are_not_taken_for_it() {
    let shared = |index: u32| format!(r#"<row><c t="s"><v>{index}</v></c></row>"#);
    let texts = "<sst><si><t>Ada</t></si><si><t>Bob</si><si><t>Cy</t></si></sst>";
    let package = rows(&(shared(0) + &shared(1))).with("xl/sharedStrings.xml", texts);
    let mut workbook = Workbook::open(package.bytes(), Limits::default()).expect("a workbook");
    for _ in 0..2 {
        let mut rows = workbook.rows(0);
        assert!(matches!(rows.next(), Some(Ok(row)) if row.cells == [Cell::Text("Ada".to_owned())]));
        assert!(matches!(rows.next(), Some(Err(ReadError::Malformed { .. }))));
        workbook = rows.into_workbook();
    }
}

#[test]
fn two_parts_of_one_name_are_an_error() {
    for name in [SHEET, "XL/Worksheets/Sheet1.xml", "xl\\worksheets\\sheet1.xml", "/xl/worksheets/sheet1.xml"] {
        refused(
            &good().and(Part::deflated(name, b"<worksheet/>")),
            "xl/worksheets/sheet1.xml stands twice in the file; save it again in a spreadsheet program",
        );
    }
    let unread_twice = good().and(Part::deflated("x.png", b"1")).and(Part::deflated("x.png", b"2"));
    assert!(Workbook::open(unread_twice.bytes(), Limits::default()).is_ok());
}

#[test]
fn too_many_of_anything_is_an_error() {
    let many = (0..10_001).fold(good(), |package, n| package.and(Part::stored(&n.to_string(), b"")));
    assert_eq!(error(many.bytes(), Limits::default()), ReadError::TooManyEntries { limit: 10_000 });
    let sheets = r#"<sheet name="a" sheetId="1" r:id="rId1"/>"#.repeat(1_001);
    assert_eq!(error(workbook("", &sheets).bytes(), Limits::default()), ReadError::TooManySheets { limit: 1_000 });
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(70_000));
    let styled = good().with("xl/styles.xml", styles);
    assert_eq!(error(styled.bytes(), Limits::default()), ReadError::TooManyStyles { limit: 65_536 });
}

#[test]
fn what_cannot_be_unpacked_is_named() {
    refused(
        &good().changed(SHEET, |part| part.flags = 1),
        "xl/worksheets/sheet1.xml is protected with a password; save the file without it and try again",
    );
    refused(
        &good().changed(SHEET, |part| part.method = 93),
        "xl/worksheets/sheet1.xml is packed in a way that is not known (93); save the file again in a spreadsheet program",
    );
}
