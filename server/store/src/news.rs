//! Waiting for what other tasks and other servers wrote.

use crate::{Store, dialect};
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::sync::Weak;
use std::time::Duration;
use tokio::sync::watch;

/// How long nobody looks when nobody was told: what another server wrote while PostgreSQL was away.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tells when there may be new events or jobs. Made before looking, it misses nothing that is written between a look
/// and the wait.
#[derive(Debug)]
pub struct News(watch::Receiver<()>);

impl News {
    /// Waits until there may be something new since this was made or last waited for: a write of this process,
    /// PostgreSQL's NOTIFY, or two seconds.
    pub async fn wait(&mut self) {
        // An error says that the store is gone, and then waiting is all that is left.
        if let Ok(Err(_)) = tokio::time::timeout(PATIENCE, self.0.changed()).await {
            tokio::time::sleep(PATIENCE).await;
        }
    }
}

impl Store {
    /// Follows what is written from now on.
    pub fn news(&self) -> News {
        News(self.news.subscribe())
    }
}

/// The task that hears PostgreSQL's notifications. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Listener(tokio::task::JoinHandle<()>);

impl Listener {
    pub(crate) fn start(pool: PgPool, news: Weak<watch::Sender<()>>) -> Self {
        Self(tokio::spawn(async move {
            while news.strong_count() > 0 && !pool.is_closed() {
                if let Err(error) = listen(&pool, &news).await {
                    tracing::debug!(error = %error, "notifications of the database are not heard for now");
                    tokio::time::sleep(PATIENCE).await;
                }
            }
        }))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Tells of every notification until the connection breaks.
async fn listen(pool: &PgPool, news: &Weak<watch::Sender<()>>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(dialect::POSTGRES_CHANNEL).await?;
    while let Some(news) = news.upgrade() {
        // Also after the connection was lost and made again: something may have been missed.
        news.send_replace(());
        drop(news);
        listener.try_recv().await?;
    }
    Ok(())
}
