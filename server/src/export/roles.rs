//! `/export/roles`: all roles with their permissions.

use super::ask::{Ask, Download};
use app::error::AppError;
use app::export::FileFormat;
use app::export::roles::{Shape, rows};
use axum::response::Response;
use identity::role::Role;

/// All roles.
pub async fn roles(ask: Ask) -> Response {
    let made = write(&ask).await;
    ask.answer(made)
}

async fn write(ask: &Ask) -> Result<Download, AppError> {
    ask.require_export()?;
    let shape = ask.choice("shape", Shape::Cell, Shape::parse)?;
    let format = ask.format()?;
    if shape == Shape::Matrix && format != FileFormat::Xlsx {
        return Err(AppError::invalid("shape", "matrix", "a matrix is a workbook"));
    }
    let spool = ask.spool(format, b',').await?;
    let roles: Vec<Role> = ask.actor.store.list_roles().await?.into_iter().map(|listed| listed.role).collect();
    spool.rows(rows(shape, &roles)).await;
    Ok(Download { name: "roles".to_owned(), format, spooled: spool.finish().await? })
}
