//! What the readers say, in both languages.

use super::*;
use crate::text::in_language;
use std::collections::BTreeMap;
use tabular::csv::ReadError as CsvError;
use tabular::issue::{Issue as CsvIssue, IssueKind};
use tabular::xlsx::{Address, Issue, ReadError};

const AT: Address = Address { row: 1_048_576, column: 28 };

fn unreadable_kinds() -> Vec<Unreadable> {
    use Unreadable::*;
    vec![
        Empty,
        Encrypted,
        OldExcel,
        BinaryExcel,
        ExcelXml,
        OpenDocument,
        Numbers,
        OtherDocument,
        Html,
        Xml,
        Json,
        RichText,
        Pdf,
        Archive,
        Picture,
        Binary,
    ]
}

fn csv_errors() -> Vec<CsvError> {
    vec![
        CsvError::TooLarge { limit: 512 << 20 },
        CsvError::TooManyRows { limit: 2_000_000 },
        CsvError::TooManyColumns { line: 7, limit: 16_384 },
        CsvError::TooManyCells { line: 7, limit: 20_000_000 },
        CsvError::RowTooLong { line: 7, limit: 16 << 20 },
        CsvError::CellTooLong { line: 7, column: 2, limit: 1 << 20 },
    ]
}

fn csv_issues() -> Vec<CsvIssue> {
    let kinds = [
        (None, IssueKind::UnclosedQuote { line: 7, character: 1_200 }),
        (Some(2), IssueKind::StrayQuote),
        (None, IssueKind::TooFewCells { expected: 3, found: 1 }),
        (None, IssueKind::TooManyCells { expected: 3, found: 1_200 }),
        (Some(2), IssueKind::Nul),
        (Some(2), IssueKind::WrongEncoding),
    ];
    kinds.into_iter().map(|(column, kind)| CsvIssue { row: 1_007, column, kind }).collect()
}

fn workbook_errors() -> Vec<ReadError> {
    let part = || "xl/worksheets/sheet1.xml".to_owned();
    vec![
        ReadError::Empty,
        ReadError::FileTooLarge { size: (512 << 20) + 1, limit: 512 << 20 },
        ReadError::NotAWorkbook,
        ReadError::Encrypted,
        ReadError::OldExcel,
        ReadError::BinaryExcel,
        ReadError::OpenDocument,
        ReadError::Truncated,
        ReadError::Directory,
        ReadError::TooManyEntries { limit: 10_000 },
        ReadError::Duplicate { part: part() },
        ReadError::Missing { part: part() },
        ReadError::Outside { target: "../\u{1b}/passwd".to_owned() },
        ReadError::EncryptedPart { part: part() },
        ReadError::Method { part: part(), method: 14 },
        ReadError::PartTooLarge { part: part(), size: u64::MAX, limit: 1 << 30 },
        ReadError::Size { part: part(), declared: 100_000 },
        ReadError::Damaged { part: part() },
        ReadError::Malformed { part: part(), position: 1_234, what: "ill-formed".to_owned() },
        ReadError::Encoding { part: part() },
        ReadError::DocumentType { part: part() },
        ReadError::TooDeep { part: part(), limit: 64 },
        ReadError::TextTooLong { part: part(), position: 1_234, limit: 1 << 20 },
        ReadError::SharedTextTooLarge { limit: 256 << 20 },
        ReadError::RowTooLong { row: 1_007, limit: 16 << 20 },
        ReadError::SheetTextTooLarge { row: 1_007, limit: 512 << 20 },
        ReadError::TooManyCells { at: AT, limit: 20_000_000 },
        ReadError::TooManyRows { limit: 1_048_576 },
        ReadError::TooManyColumns { row: 1_007, limit: 16_384 },
        ReadError::TooManySheets { limit: 1_000 },
        ReadError::TooManyStyles { limit: 65_536 },
        ReadError::NoSheets,
        ReadError::NoSuchSheet { number: 4 },
    ]
}

fn workbook_issues() -> Vec<Issue> {
    vec![
        Issue::Macros,
        Issue::FormulaWithoutValue { at: AT },
        Issue::DigitsLost { at: AT },
        Issue::NoSuchDate { at: AT },
        Issue::MissingText { at: AT },
        Issue::UnreadableValue { at: AT },
        Issue::CellTwice { at: AT },
        Issue::UnreadablePlace { row: 1_007 },
        Issue::RowOutOfOrder { row: 1_007 },
        Issue::UnreadableRange,
        Issue::TooManyRanges { kept: 100_000 },
    ]
}

/// The texts of an error.
fn texts(error: FileError) -> Vec<String> {
    match error {
        FileError::Unreadable { what, todo } => vec![what, todo],
        FileError::Broken { text } => vec![text],
        other => panic!("a reader does not say {other:?}"),
    }
}

/// All that is said in a language, of CSV files and of workbooks.
fn said(language: &str) -> [Vec<String>; 3] {
    let (csv_issues, workbook_issues) = (csv_issues(), workbook_issues());
    in_language(language, || {
        let kinds = unreadable_kinds().into_iter().map(unreadable).flat_map(texts);
        let csv = csv_errors().into_iter().map(csv::error).flat_map(texts);
        let csv = csv.chain(csv_issues.iter().map(csv::issue));
        let workbook = workbook_errors().into_iter().map(workbook::error).flat_map(texts);
        let workbook = workbook.chain(workbook_issues.iter().map(workbook::issue));
        [kinds.collect(), csv.collect(), workbook.collect()]
    })
}

#[test]
fn in_german_nothing_is_english() {
    let [english, german] = ["en", "de"].map(|language| said(language).concat());
    assert_eq!(english.len(), german.len());
    for (english, german) in english.iter().zip(&german) {
        assert_ne!(english, german);
        let words = ["the", "is", "or", "and", "again", "row", "column", "line", "file", "sheet", "more"];
        let is_english = |word: &str| words.contains(&word.trim_matches(|letter: char| !letter.is_alphanumeric()));
        let found: Vec<&str> = german.split_whitespace().filter(|word| is_english(word)).collect();
        assert!(found.is_empty(), "{german}: {found:?}");
        assert!(!english.contains("{{") && !german.contains("{{"), "{english} {german}");
    }
}

/// The lists above name every variant, or one of the texts is missing.
#[test]
fn every_text_of_the_readers_is_said() {
    let files = [include_str!("../../../locales/de/csv.json"), include_str!("../../../locales/de/workbook.json")];
    let [_, csv, workbook] = said("de");
    for (file, said) in files.into_iter().zip([csv, workbook]) {
        let all: BTreeMap<String, String> = serde_json::from_str(file).expect("texts");
        for (key, text) in all {
            let pieces = text.split("{{").map(|piece| piece.split_once("}}").map_or(piece, |(_, rest)| rest));
            let pieces: Vec<&str> = pieces.collect();
            let is_said = said.iter().any(|said| pieces.iter().all(|piece| said.contains(piece)));
            assert!(is_said, "{key}: {text}");
        }
    }
}

#[test]
fn places_are_as_spreadsheets_show_them_and_sizes_in_mebibytes() {
    let in_german = |error: ReadError| in_language("de", || texts(workbook::error(error)).concat());
    assert_eq!(
        in_german(ReadError::TooManyCells { at: AT, limit: 20_000_000 }),
        "Das Blatt hat bis AB1048576 mehr als 20.000.000 Zellen. Es teilen, oder Zellen weit außerhalb der Tabelle leeren."
    );
    assert_eq!(
        in_german(ReadError::FileTooLarge { size: (512 << 20) + 1, limit: 512 << 20 }),
        "Die Datei hat 513 MiB, und möglich sind höchstens 512 MiB. Die Datei teilen oder als CSV speichern."
    );
    let issue = CsvIssue { row: 1_007, column: Some(2), kind: IssueKind::StrayQuote };
    let text = in_language("en", || csv::issue(&issue));
    assert_eq!(text, "Row 1007, column 2: Text follows a closing quote. Double the quotes within a value.");
}
