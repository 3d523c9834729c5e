//! Who asks for a file, and how it is answered.

use super::Exports;
use super::spool::{Spool, Spooled};
use crate::errors;
use crate::router::Site;
use app::components::error_view::explain;
use app::error::AppError;
use app::export::FileFormat;
use app::services::{Actor, Permission, now_ms, signed_in_by};
use app::text::Reader;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use std::time::Duration;
use time::OffsetDateTime;
use tokio_util::io::ReaderStream;
use tower_sessions::Session;
use url::form_urlencoded;

/// How long somebody waits for others whose files are being written.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that are sent at once.
const CHUNK: usize = 64 * 1024;

/// A signed-in user who asks for a file.
pub struct Ask {
    /// Who.
    pub actor: Actor,
    /// The pairs of the address.
    pub pairs: Vec<(String, String)>,
    reader: Reader,
    exports: Exports,
    is_page: bool,
}

/// A file, ready to be sent.
pub struct Download {
    /// Its name without date and ending: `users`.
    pub name: String,
    /// Its format.
    pub format: FileFormat,
    /// Its bytes.
    pub spooled: Spooled,
}

impl FromRequestParts<Site> for Ask {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let session = Session::from_request_parts(parts, site).await.map_err(|error| error.into_response())?;
        let (is_page, reader) = (errors::wants_html(&parts.headers), Reader::of(parts.clone()));
        let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        match signed_in_by(site.services.clone(), &session).await {
            Ok(actor) => Ok(Self { actor, pairs, reader, exports: site.exports.clone(), is_page }),
            Err(error) => Err(refusal(&error, &reader, is_page)),
        }
    }
}

impl Ask {
    /// The last value of this name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What was chosen of a closed list; the first choice where nothing was.
    pub fn choice<T>(&self, name: &str, first: T, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, AppError> {
        match self.value(name) {
            None | Some("") => Ok(first),
            Some(code) => parse(code).ok_or_else(|| AppError::invalid(name, "choice", "it is none of the choices")),
        }
    }

    /// The format that was chosen.
    pub fn format(&self) -> Result<FileFormat, AppError> {
        self.choice("format", FileFormat::Csv, FileFormat::parse)
    }

    /// The user may see what is stored, and take it out as files.
    pub fn require_export(&self) -> Result<(), AppError> {
        self.actor.require(Permission::UsersRead)?;
        self.actor.require(Permission::Export)
    }

    /// Begins a file, when it is its turn. `delimiter` is that of plain CSV.
    pub async fn spool(&self, format: FileFormat, delimiter: u8) -> Result<Spool, AppError> {
        let turn = tokio::time::timeout(PATIENCE, self.exports.turns.clone().acquire_owned()).await;
        let turn = turn.ok().and_then(Result::ok).ok_or(AppError::Busy)?;
        Ok(Spool::begin(format, delimiter, &self.exports.folder, turn))
    }

    /// Does something in the language of whoever asks.
    pub fn reads<T>(&self, work: impl FnOnce() -> T) -> T {
        self.reader.reads(work)
    }

    /// The answer: a file to keep, or an error that says why there is none.
    pub fn answer(&self, made: Result<Download, AppError>) -> Response {
        match made {
            Ok(download) => download.into_answer(),
            Err(error) => refusal(&error, &self.reader, self.is_page),
        }
    }
}

impl Download {
    fn into_answer(self) -> Response {
        let Self { name, format, spooled } = self;
        let content_type = match format {
            FileFormat::Csv | FileFormat::CsvExcel => "text/csv; charset=utf-8; header=present",
            FileFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        };
        let now = OffsetDateTime::from_unix_timestamp(now_ms() / 1000).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let disposition = format!("attachment; filename=\"{name}-{}.{}\"", now.date(), format.extension());
        let file = tokio::fs::File::from_std(spooled.file);
        let headers = [
            (header::CONTENT_TYPE, content_type.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CONTENT_LENGTH, spooled.bytes.to_string()),
        ];
        (headers, Body::from_stream(ReaderStream::with_capacity(file, CHUNK))).into_response()
    }
}

/// A person who followed a link reads why there is no file; a program gets the error as server functions answer it.
fn refusal(error: &AppError, reader: &Reader, is_page: bool) -> Response {
    if !is_page {
        return errors::answer(error);
    }
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let explained = reader.reads(|| explain(error));
    (status, format!("{}. {}\n", explained.what, explained.next)).into_response()
}
