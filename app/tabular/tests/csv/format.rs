//! What a file is.

use crate::support::utf16;
use tabular::{Format, Unreadable};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn check(file: impl AsRef<[u8]>, expected: Result<Format, Unreadable>) {
    let file = file.as_ref();
    assert_eq!(Format::detect(file, file), expected, "{}", file.escape_ascii());
}

/// An archive of empty parts with these names.
fn zip(names: &[&str]) -> Vec<u8> {
    let (mut local, mut central) = (vec![], vec![]);
    for name in names {
        let length = (name.len() as u16).to_le_bytes();
        local.extend(b"PK\x03\x04");
        local.extend([0; 22]);
        local.extend(length);
        local.extend([0; 2]);
        local.extend(name.as_bytes());
        central.extend(b"PK\x01\x02");
        central.extend([0; 24]);
        central.extend(length);
        central.extend([0; 16]);
        central.extend(name.as_bytes());
    }
    [local, central, b"PK\x05\x06".to_vec(), vec![0; 18]].concat()
}

fn compound(stream: &str) -> Vec<u8> {
    [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 504], utf16(stream, false)].concat()
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn texts() {
    for file in ["a,b\n1,2\n", "name", "sep=;\n", "\u{FEFF}a", "<clear>,b", "[a],b", "{x},y", "Ä\tÖ", "ID;x"] {
        check(file, Ok(Format::Csv));
        check(utf16(&format!("\u{FEFF}{file}"), true), Ok(Format::Csv));
    }
    check(b"n\xE4me;x\n", Ok(Format::Csv));
    check(utf16("name,x\nann,y\n", false), Ok(Format::Csv));
    check(b"a,b\n1,\0\n2,3\n4,5\n", Ok(Format::Csv));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn nothing() {
    for file in ["", "\u{FEFF}", "\r\n \t\r\n"] {
        check(file, Err(Unreadable::Empty));
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn archives() {
    check(zip(&["[Content_Types].xml", "xl/workbook.xml"]), Ok(Format::Workbook));
    check(zip(&["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"]), Ok(Format::MacroWorkbook));
    check(zip(&["[Content_Types].xml", "xl/workbook.bin"]), Err(Unreadable::BinaryExcel));
    check(zip(&["[Content_Types].xml", "word/document.xml"]), Err(Unreadable::OtherDocument));
    check(zip(&["Index/Document.iwa"]), Err(Unreadable::Numbers));
    check(zip(&["people.csv"]), Err(Unreadable::Archive));
    check(zip(&[]), Err(Unreadable::Archive));
    let ods = "PK\x03\x04..........................mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK";
    check(ods, Err(Unreadable::OpenDocument));
    check(ods.replace("spreadsheet", "text"), Err(Unreadable::OtherDocument));
    check("PK\x03\x04", Err(Unreadable::Archive));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn names_at_the_end_of_an_archive_are_enough() {
    let file = zip(&["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"]);
    assert_eq!(Format::detect(&file[..40], &file[file.len() / 2..]), Ok(Format::MacroWorkbook));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn compound_files() {
    check(compound("EncryptedPackage"), Err(Unreadable::Encrypted));
    check(compound("Workbook"), Err(Unreadable::OldExcel));
    check(compound("WordDocument"), Err(Unreadable::OtherDocument));
    check(b"\x09\x08\x10\x00\x00\x06\x05\x00", Err(Unreadable::OldExcel));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn markup() {
    check("\r\n<HTML><table><tr><td>1", Err(Unreadable::Html));
    check(utf16("\u{FEFF}<!DOCTYPE html>", false), Err(Unreadable::Html));
    check("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", Err(Unreadable::ExcelXml));
    check("<?xml version=\"1.0\"?><html xmlns=\"x\">", Err(Unreadable::Html));
    check("<?xml version=\"1.0\"?><people/>", Err(Unreadable::Xml));
    check("[{\"name\": 1}]", Err(Unreadable::Json));
    check("{\n  \"name\": 1}", Err(Unreadable::Json));
    check("{\\rtf1", Err(Unreadable::RichText));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn other_files() {
    check("%PDF-1.7", Err(Unreadable::Pdf));
    check(b"\x89PNG\r\n\x1A\n", Err(Unreadable::Picture));
    check(b"\x1F\x8B\x08\x00", Err(Unreadable::Archive));
    check(b"\x7FELF\x02\x01\x01\x00\x03\x05\x06", Err(Unreadable::Binary));
}
