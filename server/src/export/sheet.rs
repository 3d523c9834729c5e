//! Rows as CSV or XLSX, written as they come.

use app::export::FileFormat;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::any::Any;
use std::error::Error as _;
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use tabular::csv::Writer;

/// Bytes of CSV that are gathered before they are written.
const BUFFER: usize = 128 * 1024;

/// A disk that is full. A quota and a limit on the size of files are the same to whoever must make room.
const FULL: [io::ErrorKind; 3] =
    [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge];

/// A file that grows row by row. The first row of a sheet is its header.
pub enum Sheet {
    Csv { writer: Writer, row: Vec<u8>, file: BufWriter<File> },
    Xlsx { workbook: Box<Workbook>, next: u32, file: File },
}

/// A row or a file that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error("the file cannot be written")]
    File(#[from] io::Error),
    #[error("the workbook cannot be written")]
    Workbook(#[from] XlsxError),
    /// The writer of workbooks keeps rows in a file of its own and panics where that cannot grow: only the words of the
    /// panic say why.
    #[error("the rows of the workbook cannot be kept")]
    Rows(io::ErrorKind),
}

impl SheetError {
    /// Whether a workbook has no room for so much; CSV has.
    pub fn is_too_large(&self) -> bool {
        let too_large =
            |error: &XlsxError| matches!(error, XlsxError::RowColumnLimitError | XlsxError::MaxStringLengthExceeded);
        matches!(self, SheetError::Workbook(error) if too_large(error))
    }

    /// Whether the disk is full.
    pub fn is_disk_full(&self) -> bool {
        match self {
            SheetError::File(error) | SheetError::Workbook(XlsxError::IoError(error)) => FULL.contains(&error.kind()),
            // What failed while the archive was written stands behind the archive's own error.
            SheetError::Workbook(error) => {
                let behind = error.source().and_then(|source| source.downcast_ref::<io::Error>());
                behind.is_some_and(|error| FULL.contains(&error.kind()))
            }
            SheetError::Rows(kind) => FULL.contains(kind),
        }
    }

    /// The error that a thread ended with, if it is one of a file that has no room.
    pub fn of_panic(panic: &(dyn Any + Send)) -> Option<Self> {
        let words = panic.downcast_ref::<String>()?;
        FULL.into_iter().find(|kind| words.contains(&format!("kind: {kind:?}"))).map(SheetError::Rows)
    }
}

impl Sheet {
    /// An empty file without a name, gone when it is closed. A folder that is not there (settings may give everything
    /// that it would hold) is replaced by the system's own. `delimiter` is that of plain CSV.
    pub fn begin(format: FileFormat, delimiter: u8, folder: &Path) -> Result<Self, SheetError> {
        let temporary = std::env::temp_dir();
        let folder = if folder.is_dir() { folder } else { &temporary };
        let file = tempfile::tempfile_in(folder)?;
        match format {
            FileFormat::Csv | FileFormat::CsvExcel => {
                let writer = match format {
                    FileFormat::CsvExcel => Writer { delimiter: b';', mark: true, ..Writer::default() },
                    _ => Writer { delimiter, ..Writer::default() },
                };
                let mut row = vec![];
                writer.begin(&mut row);
                let mut file = BufWriter::with_capacity(BUFFER, file);
                file.write_all(&row)?;
                Ok(Sheet::Csv { writer, row, file })
            }
            FileFormat::Xlsx => {
                let mut workbook = Workbook::new();
                workbook.set_tempdir(folder)?;
                workbook.add_worksheet_with_constant_memory()?.set_freeze_panes(1, 0)?;
                Ok(Sheet::Xlsx { workbook: Box::new(workbook), next: 0, file })
            }
        }
    }

    /// Appends a row. Texts stay texts: `007` and `=1+1` are strings in a workbook, and guarded in CSV.
    pub fn row(&mut self, cells: &[String]) -> Result<(), SheetError> {
        match self {
            Sheet::Csv { writer, row, file } => {
                row.clear();
                writer.row(cells.iter().map(String::as_str), row);
                file.write_all(row)?;
            }
            Sheet::Xlsx { workbook, next, file: _ } => {
                let last = workbook.worksheets().len() - 1;
                let sheet = workbook.worksheet_from_index(last)?;
                let heading = Format::new().set_bold();
                for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                    let column = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
                    if *next == 0 {
                        sheet.write_string_with_format(*next, column, cell, &heading)?;
                    } else {
                        sheet.write_string(*next, column, cell)?;
                    }
                }
                *next += 1;
            }
        }
        Ok(())
    }

    /// Begins another sheet of a workbook. CSV has one: what would stand on others is left out.
    pub fn second(&mut self, name: &str, rows: &[Vec<String>]) -> Result<(), SheetError> {
        if let Sheet::Xlsx { workbook, next, .. } = self {
            workbook.add_worksheet_with_constant_memory()?.set_name(name)?.set_column_width(1, 90)?;
            *next = 0;
            for row in rows {
                self.row(row)?;
            }
        }
        Ok(())
    }

    /// Ends the file: it, to be read from its beginning, and its length.
    pub fn finish(self) -> Result<(File, u64), SheetError> {
        let mut file = match self {
            Sheet::Csv { file, .. } => file.into_inner().map_err(io::IntoInnerError::into_error)?,
            Sheet::Xlsx { mut workbook, file, .. } => {
                let mut file = BufWriter::with_capacity(BUFFER, file);
                workbook.save_to_writer(&mut file)?;
                file.into_inner().map_err(io::IntoInnerError::into_error)?
            }
        };
        let bytes = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(0))?;
        Ok((file, bytes))
    }
}

#[cfg(test)]
mod tests;
