//! The XML inside of a workbook, which damage to the archive hardly gets to: a text of parts, each behind a blank line,
//! is put into an archive in which nothing is wrong.
#![no_main]

#[path = "../../../app/tabular/tests/xlsx/package.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod package;

use libfuzzer_sys::fuzz_target;
use package::{Package, Part};

/// In the order of the text. Those that are missing from it are missing from the workbook, but for what finds the parts.
const NAMES: [&str; 7] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet2.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
];
const WORKBOOK: &str = r#"<workbook><sheets><sheet name="A" r:id="1"/><sheet name="B" r:id="2"/></sheets></workbook>"#;
const PARTS: &str = r#"<Relationships><Relationship Id="1" Type="/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="2" Type="/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="3" Type="/styles" Target="styles.xml"/><Relationship Id="4" Type="/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const MAIN: &str =
    r#"<Relationships><Relationship Id="1" Type="/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

fuzz_target!(|bytes: &[u8]| {
    let mut texts = split(bytes);
    let mut package = Package::default();
    for (name, otherwise) in NAMES.into_iter().zip(["", "", "", WORKBOOK, "", PARTS, MAIN]) {
        let content = texts.next().filter(|text| !text.is_empty()).unwrap_or(otherwise.as_bytes());
        if !content.is_empty() {
            package = package.and(stored(name, content));
        }
    }
    fuzz::read_workbook(package.bytes());
});

/// The texts between blank lines.
fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.windows(2).position(|pair| pair == b"\n\n");
        rest = end.map(|end| &text[end + 2..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// As [`Part::stored`], which packs the content first to take it as it is, and is slow.
fn stored(name: &str, content: &[u8]) -> Part {
    let (packed, size, checksum) = (content.to_vec(), content.len() as u64, crc32fast::hash(content));
    Part { name: name.to_owned(), packed, size, checksum, method: 0, flags: 0 }
}
