//! One transaction with either database: what every method of the store works with.

use crate::sql::{Sql, sql};
use crate::{StoreError, dialect};
use serde::de::DeserializeOwned;
use sqlx::postgres::{PgPool, PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqlitePool, SqliteRow};
use sqlx::{FromRow, Transaction};
use std::ops::Range;
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
    /// A statement failed: with SQLite a part of its rows may be there, with PostgreSQL nothing can follow.
    has_failed: bool,
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
    /// What nobody sees before another transaction writes more. See [`dialect::POSTGRES_DRAFT`].
    Draft,
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
            (Pool::Sqlite { write, .. }, Purpose::Write | Purpose::Draft) => {
                write.begin_with(dialect::SQLITE_WRITE).await.map(Inner::Sqlite)
            }
            (Pool::Postgres(pool), Purpose::Read) => pool.begin_with(dialect::POSTGRES_READ).await.map(Inner::Postgres),
            (Pool::Postgres(pool), Purpose::Write) => {
                pool.begin_with(dialect::POSTGRES_WRITE).await.map(Inner::Postgres)
            }
            (Pool::Postgres(pool), Purpose::Draft) => {
                pool.begin_with(dialect::POSTGRES_DRAFT).await.map(Inner::Postgres)
            }
        };
        let transaction = begun.map_err(|source| StoreError::Query { operation, source })?;
        Ok(Self { operation, transaction, news, has_news: false, has_failed: false })
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
        let rows = self.transaction.all(sql).await;
        self.has_failed |= rows.is_err();
        rows.map_err(|source| StoreError::Query { operation, source })
    }

    /// All rows of many columns, in no order, where these stand between `{pack}` and `{packed}`. SQLite gives them as one
    /// JSON text: row by row, sqlx keeps a copy of each column of each row, which takes longer than finding them.
    pub(crate) async fn pack<T: Stored + DeserializeOwned>(&mut self, sql: Sql<'_>) -> Result<Vec<T>, StoreError> {
        if matches!(self.transaction, Inner::Postgres(_)) {
            return self.all(sql).await;
        }
        let (rows,) = self.one::<(String,)>(sql).await?;
        serde_json::from_str(&rows).map_err(|_| StoreError::Corrupt { what: "row" })
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
        let written = self.transaction.run(sql).await;
        self.has_failed |= written.is_err();
        written.map_err(|source| StoreError::Query { operation, source })
    }

    /// The numbers of so many new users, in a transaction that has its turn.
    pub(crate) async fn reserve_users(&mut self, count: usize) -> Result<Range<i64>, StoreError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let (last,): (i64,) = match &self.transaction {
            Inner::Sqlite(_) => self.one(sql(dialect::SQLITE_LAST_USER).bind(count)).await?,
            Inner::Postgres(_) => self.one(sql(dialect::POSTGRES_LAST_USER).bind(count)).await?,
        };
        Ok(last - count + 1..last + 1)
    }

    /// Has PostgreSQL look at a table that changed much.
    pub(crate) async fn analyze(&mut self, statement: &'static str) -> Result<(), StoreError> {
        if matches!(self.transaction, Inner::Postgres(_)) {
            self.run(sql(dialect::POSTGRES_SAMPLE)).await?;
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

    /// Ends it: everything is written. Not when a statement of it failed, whatever was made of that.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let Self { operation, transaction, news, has_news, has_failed } = self;
        if has_failed {
            let source = sqlx::Error::Protocol("a statement of the transaction failed before".to_owned());
            return Err(StoreError::Query { operation, source });
        }
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

/// Runs statements one after the other: the next one is made while the database works on the one before.
macro_rules! each {
    ($statements:expr, ($text:ident, $arguments:ident) => $query:expr, $done:ident => $take:expr) => {{
        let mut statements = $statements;
        let mut next = statements.next().transpose()?;
        while let Some(($text, $arguments)) = next {
            let (done, following) = tokio::join!($query, async { statements.next().transpose() });
            let $done = done?;
            $take;
            next = following?;
        }
    }};
}

impl Inner {
    async fn all<T: Stored>(&mut self, sql: Sql<'_>) -> Result<Vec<T>, sqlx::Error> {
        let mut rows = Vec::new();
        match self {
            Inner::Sqlite(transaction) => each!(
                dialect::sqlite(sql),
                (text, arguments) => sqlx::query_as_with(text, arguments).fetch_all(&mut **transaction),
                found => rows.extend(found)
            ),
            Inner::Postgres(transaction) => each!(
                dialect::postgres(sql),
                (text, arguments) => sqlx::query_as_with(text, arguments).fetch_all(&mut **transaction),
                found => rows.extend(found)
            ),
        }
        Ok(rows)
    }

    async fn run(&mut self, sql: Sql<'_>) -> Result<u64, sqlx::Error> {
        let mut written = 0;
        match self {
            Inner::Sqlite(transaction) => each!(
                dialect::sqlite(sql),
                (text, arguments) => sqlx::query_with(text, arguments).execute(&mut **transaction),
                done => written += done.rows_affected()
            ),
            Inner::Postgres(transaction) => each!(
                dialect::postgres(sql),
                (text, arguments) => sqlx::query_with(text, arguments).execute(&mut **transaction),
                done => written += done.rows_affected()
            ),
        }
        Ok(written)
    }
}
