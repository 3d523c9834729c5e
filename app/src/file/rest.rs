//! The rows of a file that are not applied, as a file of the same columns with a reason (R21).

use super::corrections::Corrections;
use super::messages::{Rest, SourceFormat};
use super::objects::PlannedObjects;
use super::reading::Opened;
use crate::pages::file::objects::line::{ObjectKind, lines};
use crate::pages::file::objects::words;
use crate::pages::review::issue::issue_text;
use crate::text;
use plan::{Row, Selection};
use std::collections::{BTreeMap, BTreeSet};
use tabular::csv::Writer;

/// Why each row is not applied, by its place below the header of the file. A row that changes nothing is not among them.
pub type Reasons = BTreeMap<u32, String>;

/// Writes rows as CSV: UTF-8 with a mark, so that spreadsheets know it, and with the delimiter of the file that they are of.
pub fn write(opened: &Opened, corrections: &Corrections, reasons: &Reasons) -> Rest {
    let writer = Writer { delimiter: delimiter(&opened.view.format), mark: true, ..Writer::default() };
    let mut out = Vec::new();
    writer.begin(&mut out);
    let reason = text!(files.reason);
    writer.row(names(&opened.headers).iter().map(String::as_str).chain([reason]), &mut out);
    let mut rows = 0;
    for (place, why) in reasons {
        let Some(found) = opened.table.row(*place) else { continue };
        let columns = 0..u32::try_from(opened.headers.len()).unwrap_or(u32::MAX);
        let cell = |column: u32| corrections.get(*place, column).unwrap_or_else(|| found.cell(column));
        let why = with_row(found.line, why);
        writer.row(columns.map(cell).chain([why.as_str()]), &mut out);
        rows += 1;
    }
    Rest { rows, text: String::from_utf8(out).expect("texts were written") }
}

/// A reason that says first which row of the file it is about, as the spreadsheet numbers it: the rows that come back
/// stand elsewhere.
pub fn with_row(line: u32, why: &str) -> String {
    text!(files.row_reason, line = line, reason = why)
}

/// What stands between cells: what the spreadsheet that wrote the file expects there, as far as that can be known.
fn delimiter(format: &SourceFormat) -> u8 {
    match format {
        SourceFormat::Csv { delimiter, .. } => u8::try_from(*delimiter).unwrap_or(b','),
        SourceFormat::Workbook { .. } => b',',
    }
}

/// The names of the columns. Where none has one they get their numbers: a row of blanks would be no header when the file
/// comes back, and the reasons a column of it.
fn names(headers: &[String]) -> Vec<String> {
    if headers.iter().any(|name| !name.is_empty()) {
        return headers.to_vec();
    }
    (1..=headers.len()).map(|number| text!(files.column_number, number = number)).collect()
}

/// Why rows of users are not applied.
pub fn of_users(rows: &[Row], selection: &Selection) -> Reasons {
    let why = |row: &Row| {
        let issues = row.issues.iter().filter(|issue| issue.blocks()).map(|issue| issue_text(issue, true));
        let is_left_out = || row.kind().is_change() && !selection.picks(row);
        Some((row.row, reason(issues.collect(), is_left_out)?))
    };
    rows.iter().filter_map(why).collect()
}

/// Why rows of groups or roles are not applied. All rows of a role have the reasons of each.
pub fn of_objects(planned: &PlannedObjects, left_out: &BTreeSet<u32>) -> Reasons {
    let all = lines(planned);
    let line_of = |row: u32| all.get(row as usize).map(|line| words::spans(&line.lines)).unwrap_or_default();
    let mut reasons = Reasons::new();
    for line in &all {
        let blocks = line.kind == ObjectKind::Blocked;
        let issues = line.issues.iter().filter(|_| blocks).map(|issue| words::issue_text(issue, line_of));
        let is_left_out = || line.kind.changes() && left_out.contains(&line.row);
        if let Some(why) = reason(issues.collect(), is_left_out) {
            reasons.extend(line.places.iter().map(|place| (*place, why.clone())));
        }
    }
    reasons
}

/// Why a row is not applied; `None` when it is, or when there is nothing to apply.
fn reason(issues: Vec<String>, is_left_out: impl Fn() -> bool) -> Option<String> {
    if !issues.is_empty() {
        return Some(issues.join(" "));
    }
    is_left_out().then(|| text!(files.left_out).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::messages::{HeaderRow, ReadAs};
    use crate::file::reading::{self, Source};
    use crate::text::in_language;
    use plan::sheet::{ObjectColumn, Recognised, SheetKind, object_columns, suggest};

    fn read(bytes: &[u8]) -> Opened {
        let piece = |at: u64, length: u64| Some(bytes[at as usize..bytes.len().min((at + length) as usize)].to_vec());
        let source = Source { name: "people.csv", size: bytes.len() as u64, read: &piece };
        reading::read(&source, &ReadAs::default(), &|_| {}).expect("rows")
    }

    #[test]
    fn what_is_left_of_a_file_without_a_header_comes_back_as_one_with_a_header() {
        for language in ["en", "de"] {
            let opened = read(b"ann,ann@example.org\nben,ben@example.org\n");
            assert_eq!(opened.view.header, HeaderRow::Absent);
            let reasons = Reasons::from([(1, "You left it out.".to_owned())]);
            let rest = in_language(language, || write(&opened, &Corrections::default(), &reasons));
            let again = read(rest.text.as_bytes());
            assert_eq!((again.view.header, again.view.rows), (HeaderRow::Row(1), 1), "{}", rest.text);
            assert_eq!(again.table.row(0).expect("a row").cell(0), "ben");
            assert_eq!(suggest(&again.headers).columns[2], Recognised::IgnoredKnown, "{:?}", again.headers);
            let why = if language == "de" { "Zeile 2: You left it out." } else { "Row 2: You left it out." };
            assert_eq!(again.table.row(0).expect("a row").cell(2), why);
        }
    }

    #[test]
    fn what_is_left_of_a_file_has_its_delimiter() {
        for (bytes, line) in [
            (&b"username;email\nann;ann@example.org\n"[..], "ann;ann@example.org;Row 2: no"),
            (b"username\temail\nann\tann@example.org\n", "ann\tann@example.org\tRow 2: no"),
        ] {
            let opened = read(bytes);
            let rest = write(&opened, &Corrections::default(), &Reasons::from([(0, "no".to_owned())]));
            assert_eq!(rest.text.lines().nth(1), Some(line), "{}", rest.text);
        }
    }

    #[test]
    fn a_reason_says_which_row_the_spreadsheet_shows_it_in() {
        // Titles above the header, and a blank row: neither is a row of the table, and both are rows of a spreadsheet.
        let opened = read(b"People,\n\nusername,email\nann,ann@example.org\n\nben,ben@example.org\n");
        let rest = write(&opened, &Corrections::default(), &Reasons::from([(1, "no".to_owned())]));
        assert!(rest.text.ends_with("\r\nben,ben@example.org,Row 6: no\r\n"), "{}", rest.text);
    }

    #[test]
    fn what_is_left_of_a_file_begins_with_a_mark() {
        for bytes in [&b"username\nann\n"[..], "\u{FEFF}username\nann\n".as_bytes()] {
            let rest = write(&read(bytes), &Corrections::default(), &Reasons::from([(0, "no".to_owned())]));
            assert!(rest.text.starts_with("\u{FEFF}username,"), "{}", rest.text);
        }
    }

    #[test]
    fn the_reason_is_not_read_when_the_file_comes_back() {
        for language in ["en", "de"] {
            let headers = in_language(language, || ["username", "custom:a", text!(files.reason)].map(str::to_owned));
            assert_eq!(suggest(&headers).columns[2], Recognised::IgnoredKnown, "{headers:?}");
            assert_eq!(object_columns(SheetKind::Roles, &headers)[2], ObjectColumn::Ignored, "{headers:?}");
        }
    }
}
