//! One transaction with either database: what every method of the store works with.

use crate::sql::{Sql, sql};
use crate::{StoreError, dialect};
use sqlx::postgres::{PgPool, PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqlitePool, SqliteRow};
use sqlx::{FromRow, Transaction};
use std::sync::Arc;
use tokio::sync::watch;

/// The connections.
#[derive(Debug, Clone)]
pub(crate) enum Pool {
    /// Many readers and one writer: what SQLite itself allows, without anyone waiting inside of it.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// A row that can be read from both databases.
pub(crate) trait Stored: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}
impl<T: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>> Stored for T {}

/// A transaction, with the words for what it is about. Dropped without [`Work::commit`] it did nothing.
#[derive(Debug)]
pub(crate) struct Work {
    operation: &'static str,
    pub(crate) transaction: Inner,
    news: Arc<watch::Sender<()>>,
    has_news: bool,
}

#[derive(Debug)]
pub(crate) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Whether a transaction writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
}

impl Work {
    /// Begins one.
    pub(crate) async fn begin(
        pool: &Pool,
        purpose: Purpose,
        operation: &'static str,
        news: Arc<watch::Sender<()>>,
    ) -> Result<Self, StoreError> {
        let begun = match (pool, purpose) {
            (Pool::Sqlite { read, .. }, Purpose::Read) => {
                read.begin_with(dialect::SQLITE_READ).await.map(Inner::Sqlite)
            }
            (Pool::Sqlite { write, .. }, Purpose::Write) => {
                write.begin_with(dialect::SQLITE_WRITE).await.map(Inner::Sqlite)
            }
            (Pool::Postgres(pool), Purpose::Read) => pool.begin_with(dialect::POSTGRES_READ).await.map(Inner::Postgres),
            (Pool::Postgres(pool), Purpose::Write) => {
                pool.begin_with(dialect::POSTGRES_WRITE).await.map(Inner::Postgres)
            }
        };
        let transaction = begun.map_err(|source| StoreError::Query { operation, source })?;
        Ok(Self { operation, transaction, news, has_news: false })
    }

    /// Waits until no other transaction writes users, jobs or events: see [`dialect::POSTGRES_TURN`].
    pub(crate) async fn take_turn(&mut self) -> Result<(), StoreError> {
        if matches!(self.transaction, Inner::Postgres(_)) {
            self.run(sql(dialect::POSTGRES_TURN)).await?;
        }
        Ok(())
    }

    /// All rows.
    pub(crate) async fn all<T: Stored>(&mut self, sql: Sql<'_>) -> Result<Vec<T>, StoreError> {
        let operation = self.accept(&sql)?;
        self.transaction.all(sql).await.map_err(|source| StoreError::Query { operation, source })
    }

    /// The first row, if there is one.
    pub(crate) async fn first<T: Stored>(&mut self, sql: Sql<'_>) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql).await?.into_iter().next())
    }

    /// The first row of a statement that always has one.
    pub(crate) async fn one<T: Stored>(&mut self, sql: Sql<'_>) -> Result<T, StoreError> {
        let operation = self.operation;
        self.first(sql).await?.ok_or(StoreError::Query { operation, source: sqlx::Error::RowNotFound })
    }

    /// Runs a statement; how many rows it wrote.
    pub(crate) async fn run(&mut self, sql: Sql<'_>) -> Result<u64, StoreError> {
        let operation = self.accept(&sql)?;
        self.transaction.run(sql).await.map_err(|source| StoreError::Query { operation, source })
    }

    /// Has PostgreSQL look at a table that changed much.
    pub(crate) async fn analyze(&mut self, statement: &'static str) -> Result<(), StoreError> {
        if matches!(self.transaction, Inner::Postgres(_)) {
            self.run(sql(statement)).await?;
        }
        Ok(())
    }

    /// Says that browsers or workers have something to look at once this is committed.
    pub(crate) async fn announce(&mut self, job_id: i64) -> Result<(), StoreError> {
        self.has_news = true;
        if matches!(self.transaction, Inner::Postgres(_)) {
            let notify = sql("SELECT pg_notify($1, $2)").bind(dialect::POSTGRES_CHANNEL).bind(job_id.to_string());
            self.run(notify).await?;
        }
        Ok(())
    }

    /// Ends it: everything is written.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let Self { operation, transaction, news, has_news } = self;
        match transaction {
            Inner::Sqlite(transaction) => transaction.commit().await,
            Inner::Postgres(transaction) => transaction.commit().await,
        }
        .map_err(|source| StoreError::Query { operation, source })?;
        if has_news {
            news.send_replace(());
        }
        Ok(())
    }

    /// Refuses texts that cannot be stored, before the database is asked.
    fn accept(&self, sql: &Sql<'_>) -> Result<&'static str, StoreError> {
        if sql.has_nul() { Err(StoreError::Nul { operation: self.operation }) } else { Ok(self.operation) }
    }
}

impl Inner {
    async fn all<T: Stored>(&mut self, sql: Sql<'_>) -> Result<Vec<T>, sqlx::Error> {
        match self {
            Inner::Sqlite(transaction) => {
                let mut rows = Vec::new();
                for (text, arguments) in dialect::sqlite(sql)? {
                    rows.extend(sqlx::query_as_with(text, arguments).fetch_all(&mut **transaction).await?);
                }
                Ok(rows)
            }
            Inner::Postgres(transaction) => {
                let (text, arguments) = dialect::postgres(sql)?;
                sqlx::query_as_with(text, arguments).fetch_all(&mut **transaction).await
            }
        }
    }

    async fn run(&mut self, sql: Sql<'_>) -> Result<u64, sqlx::Error> {
        match self {
            Inner::Sqlite(transaction) => {
                let mut written = 0;
                for (text, arguments) in dialect::sqlite(sql)? {
                    let done = sqlx::query_with(text, arguments).execute(&mut **transaction).await?;
                    written += done.rows_affected();
                }
                Ok(written)
            }
            Inner::Postgres(transaction) => {
                let (text, arguments) = dialect::postgres(sql)?;
                Ok(sqlx::query_with(text, arguments).execute(&mut **transaction).await?.rows_affected())
            }
        }
    }
}
