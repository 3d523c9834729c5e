//! XLSX workbooks.

use super::{Content, HEADER_ROWS, Opened, Source, beginning_of, header_row, names_username, opened, read_so_far};
use crate::file::desk::Tell;
use crate::file::memory;
use crate::file::messages::{FileError, HeaderRow, ReadAs, SheetName, SourceFormat};
use crate::file::words;
use tabular::header;
use tabular::xlsx::{Limits, ReadError, Workbook};
use tabular::{Cell, Row};

/// Rows between two reports of progress.
const TOLD: u32 = 2_000;
/// Merged ranges that are named.
const MERGED: usize = 5;

/// Reads a sheet of a workbook: unless another one is wanted, the first that the spreadsheet shows and that has rows.
pub(super) fn read(source: &Source<'_>, read_as: &ReadAs, tell: Tell<'_>) -> Result<Opened, FileError> {
    let limits = Limits::default();
    if source.size > limits.bytes {
        return Err(words::workbook::error(ReadError::FileTooLarge { size: source.size, limit: limits.bytes }));
    }
    // The file itself, and its texts, which are packed in it to about a seventh.
    memory::expect(source.size.saturating_mul(8));
    let bytes = (source.read)(0, source.size).ok_or(FileError::Gone)?;
    let workbook = Workbook::open(bytes, limits).map_err(words::workbook::error)?;
    let sheets: Vec<SheetName> =
        workbook.sheets().iter().map(|sheet| SheetName { name: sheet.name.clone(), hidden: sheet.hidden }).collect();
    let shown = (0..).zip(&sheets).filter(|(_, sheet)| !sheet.hidden).map(|(place, _)| place);
    let candidates: Vec<usize> = match read_as.sheet {
        Some(sheet) => vec![(sheet as usize).min(sheets.len() - 1)],
        None => shown.collect(),
    };
    let mut wanted = candidates.first().copied().unwrap_or(0);
    let (mut workbook, mut read) = sheet(workbook, wanted, read_as, tell)?;
    for other in candidates.into_iter().skip(1) {
        if !read.content.table.is_empty() {
            break;
        }
        // Until now only sheets that are blank, or a header alone. One that cannot be read is no better.
        let Ok((same, other_read)) = sheet(workbook, other, read_as, tell) else { break };
        workbook = same;
        if !other_read.content.table.is_empty() {
            (wanted, read) = (other, other_read);
        }
    }
    let SheetRead { header, content, merged, more_merged } = read;
    let sheet = u32::try_from(wanted).unwrap_or(u32::MAX);
    let hidden_rows = content.table.hidden();
    let format = SourceFormat::Workbook { sheets, sheet, hidden_rows, merged, more_merged };
    opened(source, format, header, content)
}

/// A sheet that was read.
struct SheetRead {
    header: HeaderRow,
    content: Content,
    /// Merged ranges below the header, the first of them.
    merged: Vec<String>,
    more_merged: u32,
}

/// Reads one sheet: where its header is, and what is below it. The workbook comes back.
fn sheet(
    workbook: Workbook,
    place: usize,
    read_as: &ReadAs,
    tell: Tell<'_>,
) -> Result<(Workbook, SheetRead), FileError> {
    let mut content = Content::default();
    workbook.issues().iter().for_each(|issue| content.remarks.add(issue, words::workbook::issue));
    let mut rows = workbook.rows(place);
    // The header is looked for among the first rows, which are then rows like all others.
    let mut first = Vec::new();
    while first.len() < HEADER_ROWS
        && let Some(row) = rows.next()
    {
        first.push(row.map_err(words::workbook::error)?);
    }
    let named = first.iter().find(|row| names_username(row.cells.iter().map(Cell::shown)));
    let header =
        read_as.header.unwrap_or_else(|| header_row(named.map(|row| row.number).or_else(|| header::guess(&first))));
    first.iter().for_each(|row| add(row, header, &mut content));
    if first.len() == HEADER_ROWS {
        beginning_of(&content).into_iter().for_each(tell);
    }
    while let Some(row) = rows.next() {
        add(&row.map_err(words::workbook::error)?, header, &mut content);
        if content.table.len().is_multiple_of(TOLD) {
            let progress = rows.progress();
            tell(read_so_far(progress.read, progress.total));
        }
    }
    rows.issues().iter().for_each(|issue| content.remarks.add(issue, words::workbook::issue));
    content.remarks.more = content.remarks.more.saturating_add(rows.more_issues());
    // Those of titles hide nothing.
    let below = match header {
        HeaderRow::Row(number) => number,
        HeaderRow::Absent => 0,
    };
    let mut merged: Vec<String> =
        rows.merged().iter().filter(|range| range.last.row > below).map(ToString::to_string).collect();
    let more_merged = u32::try_from(merged.len().saturating_sub(MERGED)).unwrap_or(u32::MAX);
    merged.truncate(MERGED);
    Ok((rows.into_workbook(), SheetRead { header, content, merged, more_merged }))
}

/// Adds a row below the header; those above it are titles.
fn add(row: &Row, header: HeaderRow, content: &mut Content) {
    match header {
        HeaderRow::Row(number) if row.number < number => {}
        HeaderRow::Row(number) if row.number == number => {
            content.headers = row.cells.iter().map(|cell| cell.shown().trim().to_owned()).collect();
        }
        HeaderRow::Row(_) | HeaderRow::Absent => content.table.add_row(row),
    }
}
