//! A file that is written beside what is read for it.

use super::sheet::{Sheet, SheetError};
use app::error::AppError;
use app::export::FileFormat;
use app::services::report;
use std::fs::File;
use std::path::Path;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::JoinHandle;

/// Parts that wait for being written.
const WAITING: usize = 2;

/// What is sent to the thread that writes.
enum Part {
    Rows(Vec<Vec<String>>),
    Second(String, Vec<Vec<String>>),
    End,
}

/// A file that is being written. Dropped before its end, it is gone.
pub struct Spool {
    parts: mpsc::Sender<Part>,
    written: JoinHandle<Result<Option<Spooled>, SheetError>>,
}

/// A file that was written.
pub struct Spooled {
    /// To be read from its beginning. It has no name, and is gone when it is closed.
    pub file: File,
    /// Its length.
    pub bytes: u64,
}

impl Spool {
    /// Begins a file in a folder. The turn ends with it.
    pub fn begin(format: FileFormat, delimiter: u8, folder: &Path, turn: OwnedSemaphorePermit) -> Self {
        let (parts, mut waiting) = mpsc::channel(WAITING);
        let folder = folder.to_owned();
        // Compressing and writing would keep other requests waiting.
        let written = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let mut sheet = Sheet::begin(format, delimiter, &folder)?;
            while let Some(part) = waiting.blocking_recv() {
                match part {
                    Part::Rows(rows) => rows.iter().try_for_each(|row| sheet.row(row))?,
                    Part::Second(name, rows) => sheet.second(&name, &rows)?,
                    Part::End => {
                        let (file, bytes) = sheet.finish()?;
                        return Ok(Some(Spooled { file, bytes }));
                    }
                }
            }
            // Whoever asked went away.
            Ok(None)
        });
        Self { parts, written }
    }

    /// Appends rows. Why they cannot be written is told at the end; whether to go on is told here.
    pub async fn rows(&self, rows: Vec<Vec<String>>) -> bool {
        self.parts.send(Part::Rows(rows)).await.is_ok()
    }

    /// Appends another sheet, where the format has them.
    pub async fn second(&self, name: String, rows: Vec<Vec<String>>) -> bool {
        self.parts.send(Part::Second(name, rows)).await.is_ok()
    }

    /// Ends the file.
    pub async fn finish(self) -> Result<Spooled, AppError> {
        // Nobody takes it when writing failed, and then the answer says why.
        let _ = self.parts.send(Part::End).await;
        let written = self.written.await.or_else(|error| match error.try_into_panic() {
            Ok(panic) => match SheetError::of_panic(panic.as_ref()) {
                Some(error) => Ok(Err(error)),
                None => Err(report::internal_text("writing an export panicked")),
            },
            Err(error) => Err(report::internal(&error)),
        })?;
        match written {
            Ok(Some(spooled)) => Ok(spooled),
            Ok(None) => Err(report::internal_text("an export ended before its end")),
            Err(error) if error.is_too_large() => {
                let message = "a sheet has 1048576 rows, 16384 columns and 32767 characters in a cell";
                Err(AppError::invalid("format", "sheet_too_large", message))
            }
            Err(error) if error.is_disk_full() => {
                tracing::error!(error = report::chain(&error), "an export was not written");
                Err(AppError::DiskFull)
            }
            Err(error) => Err(report::internal(&error)),
        }
    }
}
