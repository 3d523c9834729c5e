//! The rows of a file that are not picked, as a file of the same columns with a reason (R21).

use super::corrections::Corrections;
use super::reading::Opened;
use crate::pages::review::issue::issue_text;
use crate::text;
use plan::{Change, Row, Selection};
use tabular::csv::Writer;

/// Writes them as CSV: UTF-8 with a mark, so that spreadsheets know it. A row that changes nothing is no rest.
pub fn write(opened: &Opened, corrections: &Corrections, rows: &[Row], selection: &Selection) -> String {
    let writer = Writer { mark: true, ..Writer::default() };
    let mut out = Vec::new();
    writer.begin(&mut out);
    let reason = text!(files.reason);
    writer.row(opened.headers.iter().map(String::as_str).chain([reason]), &mut out);
    for row in rows {
        let Some(why) = why(row, selection) else { continue };
        let Some(found) = opened.table.row(row.row) else { continue };
        let columns = 0..u32::try_from(opened.headers.len()).unwrap_or(u32::MAX);
        let cell = |column: u32| corrections.get(row.row, column).unwrap_or_else(|| found.cell(column));
        writer.row(columns.map(cell).chain([why.as_str()]), &mut out);
    }
    String::from_utf8(out).expect("texts were written")
}

/// Why a row is not applied; `None` when it is, or when there is nothing to apply.
fn why(row: &Row, selection: &Selection) -> Option<String> {
    let reasons: Vec<String> =
        row.issues.iter().filter(|issue| issue.blocks()).map(|issue| issue_text(issue, true)).collect();
    if !reasons.is_empty() {
        return Some(reasons.join(" "));
    }
    let is_left_out = row.kind().is_change() && Change::of(row, selection).is_none();
    is_left_out.then(|| text!(files.left_out).to_owned())
}
