//! Whatever the bytes are, there is an answer.

use crate::package::{Package, sheet};
use proptest::prelude::*;
use tabular::xlsx::{Limits, Workbook};

/// Reads all there is and says how many rows and errors there were.
fn read(bytes: Vec<u8>) -> (usize, usize) {
    let limits = Limits {
        part_bytes: 1 << 20,
        shared_text_bytes: 1 << 20,
        text_bytes: 1 << 16,
        cells: 100_000,
        ..Limits::default()
    };
    let Ok(mut workbook) = Workbook::open(bytes, limits) else { return (0, 1) };
    let (mut rows, mut errors) = (0, 0);
    for sheet in 0..workbook.sheets().len().min(4) {
        let mut found = workbook.rows(sheet);
        for row in found.by_ref() {
            match row {
                Ok(row) => {
                    assert!((1..=1_048_576).contains(&row.number) && (1..=16_384).contains(&row.cells.len()));
                    rows += 1;
                }
                Err(_) => errors += 1,
            }
        }
        workbook = found.into_workbook();
    }
    (rows, errors)
}

fn valid() -> Package {
    let content = r#"<cols><col min="1" max="2" hidden="1"/></cols><sheetData>
        <row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46346.5</v></c><c r="C1" t="b"><v>1</v></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c><c r="B2" s="2"><v>7</v></c></row>
        </sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#;
    sheet(content).texts(&["<t>Ada_x000D_&amp;</t>"]).formats(&["General", "yyyy-mm-dd hh:mm", "000", "[h]:mm"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_are_answered(mut bytes in prop::collection::vec(any::<u8>(), 0..2_000), archive in any::<bool>()) {
        if archive {
            bytes.splice(..bytes.len().min(4), *b"PK\x03\x04");
        }
        prop_assert_eq!(read(bytes), (0, 1));
    }

    #[test]
    fn a_damaged_archive_is_answered(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<Option<prop::sample::Index>>()) {
        let mut bytes = valid().bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read(bytes);
    }

    #[test]
    fn damaged_xml_is_answered(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..40usize), 1..4), part in 0..4usize) {
        // Pieces of the text are put elsewhere in it, which is mostly XML still, and packed properly.
        let name = ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"][part];
        let package = valid().changed(name, |part| {
            let mut text = miniz_oxide::inflate::decompress_to_vec(&part.packed).expect("packed above");
            for (from, to, length) in changes {
                let from = from.index(text.len());
                let piece = text[from..(from + length).min(text.len())].to_vec();
                let to = to.index(text.len());
                let end = (to + length / 2).min(text.len());
                text.splice(to..end, piece);
            }
            *part = crate::package::Part::deflated(name, &text);
        });
        read(package.bytes());
    }

    #[test]
    fn any_format_code_is_answered(code in "[ymdhsYMDHSeEbgaAPp/0#?.,%@;:\\\\\"_*\\[\\]$<>=+é -]{0,30}", value in any::<f64>()) {
        let package = sheet(&format!(r#"<sheetData><row><c s="0"><v>{value:e}</v></c></row></sheetData>"#)).formats(&[&code]);
        let (rows, errors) = read(package.bytes());
        prop_assert_eq!((rows, errors), (1, 0));
    }
}

#[test]
fn the_file_that_is_damaged_above_is_good() {
    assert_eq!(read(valid().bytes()), (2, 0));
}
