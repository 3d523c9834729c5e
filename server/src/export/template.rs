//! `/export/template`: files to fill in.

use super::ask::{Ask, Download};
use app::error::AppError;
use app::export::template::Kind;
use axum::response::Response;

/// The headers of a kind, and in a workbook a second sheet that says what each column takes. There is no example row,
/// which would be imported by whoever forgets it.
pub async fn template(ask: Ask) -> Response {
    let made = write(&ask).await;
    ask.answer(made)
}

async fn write(ask: &Ask) -> Result<Download, AppError> {
    let kind = ask.choice("kind", Kind::Users, Kind::parse)?;
    let format = ask.format()?;
    let spool = ask.spool(format, b',').await?;
    spool.rows(vec![kind.header().into_iter().map(str::to_owned).collect()]).await;
    let (name, explained) = ask.reads(|| (kind.sheet_name().to_owned(), kind.explained()));
    spool.second(name, explained).await;
    Ok(Download { name: format!("{}-template", kind.code()), format, spooled: spool.finish().await? })
}
