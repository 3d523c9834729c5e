//! `/export/users`: the users of a list.

use super::ask::{Ask, Download};
use app::api::user::{UserListQuery, store_query};
use app::error::AppError;
use app::export::users::{Columns, Layout};
use axum::response::Response;

/// The users that the list with the same address shows, by username.
pub async fn users(ask: Ask) -> Response {
    let made = write(&ask).await;
    ask.answer(made)
}

async fn write(ask: &Ask) -> Result<Download, AppError> {
    ask.require_export()?;
    let format = ask.format()?;
    let layout = ask.choice("layout", Layout::Native, Layout::parse)?;
    let delimiter = match layout {
        Layout::Native => b',',
        Layout::Akeneo => b';',
    };
    let spool = ask.spool(format, delimiter).await?;
    let query = UserListQuery::read(&ask.pairs.iter().cloned().collect());
    let mut users = ask.actor.store.read_users(store_query(query, 0)).await?;
    let custom = match layout {
        Layout::Native => users.custom_names().await?,
        Layout::Akeneo => Default::default(),
    };
    let columns = Columns::new(layout, custom);
    let mut goes_on = spool.rows(vec![columns.header()]).await;
    while goes_on {
        let page = users.next_page().await?;
        if page.is_empty() {
            break;
        }
        goes_on = spool.rows(page.iter().map(|user| columns.row(user)).collect()).await;
    }
    // The connection is free before the file is finished.
    drop(users);
    Ok(Download { name: "users".to_owned(), format, spooled: spool.finish().await? })
}

#[cfg(test)]
mod tests;
