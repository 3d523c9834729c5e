//! Text in every encoding that is read, and what is none of it.

use crate::support::{read_detected, utf16};
use expect_test::expect;
use tabular::csv::{Encoding, Evidence, Reader};
use tabular::dialect::{Dialect, Overrides};
use tabular::limits::Limits;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn utf16_with_a_mark() {
    expect![[r#"
        1: näme|mäil
        2: Zoë 𝄞|z@x
    "#]]
    .assert_eq(&read_detected(utf16("\u{FEFF}näme;mäil\r\nZoë 𝄞;z@x\r\n", false)));
    expect![[r#"
        1: näme|mäil
        2: Zoë 𝄞|z@x
    "#]]
    .assert_eq(&read_detected(utf16("\u{FEFF}näme;mäil\r\nZoë 𝄞;z@x\r\n", true)));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn utf16_without_a_mark() {
    expect![[r#"
        1: näme|mäil
        2: Zoë|z@x
    "#]]
    .assert_eq(&read_detected(utf16("näme;mäil\r\nZoë;z@x\r\n", false)));
    expect![[r#"
        1: näme|mäil
        2: Zoë|z@x
    "#]]
    .assert_eq(&read_detected(utf16("näme;mäil\r\nZoë;z@x\r\n", true)));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn halves_of_utf16_pairs_are_replaced_and_reported() {
    let mut file = utf16("\u{FEFF}a,b\n1,", false);
    file.extend([0x34, 0xD8, b'x', 0]);
    file.extend(utf16("\n2,3", false));
    file.push(b'!');
    expect![[r#"
        1: a|b
        2: 1|�x
        3: 2|3�
        row 2, column 2: bytes that are no text in the encoding of the file; check the cell
        row 3, column 2: bytes that are no text in the encoding of the file; check the cell
    "#]]
    .assert_eq(&read_detected(file));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn windows_1252() {
    expect![[r#"
        1: name|price
        2: José – „x“|5 €
    "#]]
    .assert_eq(&read_detected(b"name;price\nJos\xE9 \x96 \x84x\x93;5 \x80\n"));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn windows_1252_may_begin_after_any_length_of_ascii() {
    let mut file = b"name,city\n".repeat(20_000);
    file.extend(b"Jos\xE9,K\xF6ln\n\xC3\xBC,x\n");
    let dialect = Dialect::detect(&file, &Overrides::default());
    assert_eq!((dialect.encoding, dialect.evidence), (Encoding::Utf8, Evidence::AsciiOnly));
    let mut batches = Reader::new(dialect, Limits::default()).batches(&file);
    let mut rows = vec![];
    for batch in batches.by_ref() {
        let batch = batch.expect("within the limits");
        assert_eq!(batch.issues(), []);
        rows.extend(batch.rows().map(|row| row.cells().map(str::to_owned).collect::<Vec<_>>()));
    }
    assert_eq!(rows[rows.len() - 2..], [["José", "Köln"], ["Ã¼", "x"]]);
    assert_eq!(batches.reader().encoding(), Encoding::Windows1252);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_broken_character_in_utf8_is_reported() {
    let file = b"name,city\nZo\xC3\xAB \xC3\xA9,\xC3\xA4\nJos\xE9,x\nZo\xC3\xAB,y\n";
    expect![[r#"
        1: name|city
        2: Zoë é|ä
        3: José|x
        4: Zoë|y
        row 3, column 1: bytes that are no text in the encoding of the file; check the cell
    "#]]
    .assert_eq(&read_detected(file));
}
