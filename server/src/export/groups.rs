//! `/export/groups`: the groups of a list.

use super::ask::{Ask, Download};
use app::api::group::{GroupListQuery, store_query};
use app::error::AppError;
use app::export::groups::{HEADER, row};
use axum::response::Response;

/// The groups that the list with the same address shows, in its order.
pub async fn groups(ask: Ask) -> Response {
    let made = write(&ask).await;
    ask.answer(made)
}

async fn write(ask: &Ask) -> Result<Download, AppError> {
    ask.require_export()?;
    let format = ask.format()?;
    let spool = ask.spool(format, b',').await?;
    let query = GroupListQuery::read(&ask.pairs.iter().cloned().collect());
    let groups = ask.actor.store.read_groups(&store_query(query, 0)).await?;
    let header = HEADER.map(str::to_owned).to_vec();
    let rows = groups.iter().map(|group| row(&group.fields, group.origin()));
    spool.rows(std::iter::once(header).chain(rows).collect()).await;
    Ok(Download { name: "groups".to_owned(), format, spooled: spool.finish().await? })
}
