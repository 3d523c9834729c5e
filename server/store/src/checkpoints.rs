//! Check points of SQLite's write-ahead log: what was committed is carried into the database beside the writer, by a
//! connection of its own. The writer itself would do it in the middle of its work, a quarter of the time of an import.

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, query_as};
use std::time::Duration;
use tokio::sync::watch;

/// How long what was committed stays in the log alone. Pages that are written again meanwhile are carried over once.
const PAUSE: Duration = Duration::from_secs(2);
/// Pages that the log may have (256 MiB). As long as somebody writes it only grows, since the writer begins it anew only
/// where all of it was carried over: then the writer waits for that.
const LARGEST: i64 = 1 << 16;
/// How long the writer waits at most: for whoever still reads an old page, there is another time.
const WAIT: Duration = Duration::from_millis(100);

/// Begins to look after the log of a database. The sender tells of commits; with its last clone the work ends.
pub(crate) fn begin(options: SqliteConnectOptions) -> watch::Sender<()> {
    let (written, mut told) = watch::channel(());
    let options = options.create_if_missing(false).busy_timeout(WAIT);
    tokio::spawn(async move {
        while told.changed().await.is_ok() {
            tokio::time::sleep(PAUSE).await;
            told.mark_unchanged();
            if let Err(error) = carry_over(&options).await {
                // Nothing is lost: it is still in the log.
                tracing::warn!(%error, "what was written could not be carried into the database file");
            }
        }
    });
    written
}

/// The connection does not stay: the last one that closes takes the log away, which is the writer's to do.
async fn carry_over(options: &SqliteConnectOptions) -> Result<(), sqlx::Error> {
    let mut connection = SqliteConnection::connect_with(options).await?;
    // Whether somebody was in the way, the pages of the log, and how many of them are in the database by now.
    let (_, pages, _): (i64, i64, i64) = query_as("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(&mut connection).await?;
    if pages > LARGEST {
        query_as::<_, (i64, i64, i64)>("PRAGMA wal_checkpoint(RESTART)").fetch_one(&mut connection).await?;
    }
    connection.close().await
}
