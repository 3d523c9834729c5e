//! XLSX workbooks.

use super::{Content, HEADER_ROWS, Opened, Source, broken, header_row, names_username, opened, views, widen};
use crate::file::memory;
use crate::file::messages::{FileError, HeaderRow, OpenedFile, ReadAs, SheetName};
use tabular::header;
use tabular::xlsx::{Limits, ReadError, Workbook};
use tabular::{Cell, Row};

/// Rows between two reports of progress.
const TOLD: u32 = 2_000;

/// Reads a sheet of a workbook: unless another one is wanted, the first that the spreadsheet shows and that has rows.
pub(super) fn read(source: &Source<'_>, read_as: &ReadAs, tell: &mut dyn FnMut(u64, u64)) -> Result<Opened, FileError> {
    let limits = Limits::default();
    if source.size > limits.bytes {
        return Err(broken(ReadError::FileTooLarge { size: source.size, limit: limits.bytes }));
    }
    // The file itself, and its texts, which are packed in it to about a seventh.
    memory::expect(source.size.saturating_mul(8));
    let bytes = (source.read)(0, source.size).ok_or(FileError::Gone)?;
    let workbook = Workbook::open(bytes, limits).map_err(broken)?;
    let sheets: Vec<SheetName> =
        workbook.sheets().iter().map(|sheet| SheetName { name: sheet.name.clone(), hidden: sheet.hidden }).collect();
    let shown = (0..).zip(&sheets).filter(|(_, sheet)| !sheet.hidden).map(|(place, _)| place);
    let candidates: Vec<usize> = match read_as.sheet {
        Some(sheet) => vec![(sheet as usize).min(sheets.len() - 1)],
        None => shown.collect(),
    };
    let mut wanted = candidates.first().copied().unwrap_or(0);
    let (mut workbook, mut header, mut content) = sheet(workbook, wanted, read_as, tell)?;
    for other in candidates.into_iter().skip(1) {
        if !content.table.is_empty() {
            break;
        }
        // Until now only sheets that are blank, or a header alone. One that cannot be read is no better.
        let Ok((same, other_header, other_content)) = sheet(workbook, other, read_as, tell) else { break };
        workbook = same;
        if !other_content.table.is_empty() {
            (wanted, header, content) = (other, other_header, other_content);
        }
    }
    widen(&mut content.headers, &content.table);
    let (columns, first) = views(&content);
    let view = OpenedFile {
        name: source.name.to_owned(),
        bytes: source.size,
        sheets,
        sheet: u32::try_from(wanted).unwrap_or(u32::MAX),
        encoding: None,
        delimiter: None,
        header,
        columns,
        rows: content.table.len(),
        first,
        remarks: std::mem::take(&mut content.remarks.kept),
        more_remarks: content.remarks.more,
    };
    opened(view, content)
}

/// Reads one sheet: where its header is, and what is below it. The workbook comes back.
fn sheet(
    workbook: Workbook,
    place: usize,
    read_as: &ReadAs,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(Workbook, HeaderRow, Content), FileError> {
    let mut content = Content::default();
    workbook.issues().iter().for_each(|issue| content.remarks.add(issue));
    let mut rows = workbook.rows(place);
    // The header is looked for among the first rows, which are then rows like all others.
    let mut first = Vec::new();
    while first.len() < HEADER_ROWS
        && let Some(row) = rows.next()
    {
        first.push(row.map_err(broken)?);
    }
    let named = first.iter().find(|row| names_username(row.cells.iter().map(shown)));
    let header =
        read_as.header.unwrap_or_else(|| header_row(named.map(|row| row.number).or_else(|| header::guess(&first))));
    first.iter().for_each(|row| add(row, header, &mut content));
    while let Some(row) = rows.next() {
        add(&row.map_err(broken)?, header, &mut content);
        if content.table.len().is_multiple_of(TOLD) {
            let progress = rows.progress();
            tell(progress.read, progress.total);
        }
    }
    rows.issues().iter().for_each(|issue| content.remarks.add(issue));
    content.remarks.more = content.remarks.more.saturating_add(rows.more_issues());
    Ok((rows.into_workbook(), header, content))
}

/// Adds a row below the header; those above it are titles.
fn add(row: &Row, header: HeaderRow, content: &mut Content) {
    match header {
        HeaderRow::Row(number) if row.number < number => {}
        HeaderRow::Row(number) if row.number == number => {
            content.headers = row.cells.iter().map(|cell| shown(cell).trim().to_owned()).collect();
        }
        HeaderRow::Row(_) | HeaderRow::Absent => {
            if row.cells.iter().all(|cell| shown(cell).trim().is_empty()) {
                return;
            }
            content.table.push(row.number, row.hidden, row.cells.iter().map(shown));
            for (column, cell) in (0..).zip(&row.cells) {
                if matches!(cell, Cell::Error(_)) {
                    content.table.note_error(column);
                }
            }
        }
    }
}

/// A cell as the spreadsheet shows it.
fn shown(cell: &Cell) -> &str {
    match cell {
        Cell::Blank => "",
        Cell::Text(text) | Cell::Date(text) | Cell::Error(text) => text,
        Cell::Number { shown, .. } => shown,
        Cell::Bool(true) => "TRUE",
        Cell::Bool(false) => "FALSE",
    }
}
