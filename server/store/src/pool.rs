//! The two databases behind one type.

use crate::dialect;
use crate::error::StoreError;
use crate::news::Listener;
use crate::schema;
use crate::secrets::SecretKey;
use crate::work::{Pool, Purpose, Work};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How long a writer of SQLite waits for one of another process, such as a backup.
const BUSY: Duration = Duration::from_secs(10);
/// Readers of SQLite, and connections to PostgreSQL, at the same time.
const CONNECTIONS: u32 = 10;
/// How long a caller waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(30);

/// A database with Muster's tables. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) pool: Pool,
    pub(crate) key: SecretKey,
    pub(crate) news: Arc<watch::Sender<()>>,
    /// Ends with the last clone.
    _listener: Option<Arc<Listener>>,
}

impl Store {
    /// Opens `sqlite://path/to/file.db` (made when it is missing, readable by its owner only) or `postgres://…`.
    /// The schema is not touched.
    pub async fn open(url: &str, key: SecretKey) -> Result<Self, StoreError> {
        let news = Arc::new(watch::channel(()).0);
        let (pool, listener) = match Place::parse(url)? {
            Place::Sqlite(options) => (open_sqlite(*options).await?, None),
            Place::Postgres(options) => {
                let pool = open_postgres(*options).await?;
                let listener = Listener::start(pool.clone(), Arc::downgrade(&news));
                (Pool::Postgres(pool), Some(Arc::new(listener)))
            }
        };
        Ok(Self { pool, key, news, _listener: listener })
    }

    /// Brings the schema up to date, and the built-in roles. Safe to run by several servers at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        schema::migrate(&self.pool).await?;
        self.add_built_in_roles().await
    }

    /// Whether the database answers and its schema is the one that this program knows.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut work = self.read("answer").await?;
        schema::check(&mut work).await
    }

    /// Closes all connections, after what they are at.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }

    /// Begins to read. In words what for: “list users”.
    pub(crate) async fn read(&self, operation: &'static str) -> Result<Work, StoreError> {
        Work::begin(&self.pool, Purpose::Read, operation, self.news.clone()).await
    }

    /// Begins to write a part of something, whose last part is written otherwise.
    pub(crate) async fn draft(&self, operation: &'static str) -> Result<Work, StoreError> {
        Work::begin(&self.pool, Purpose::Draft, operation, self.news.clone()).await
    }

    /// Begins to write.
    pub(crate) async fn write(&self, operation: &'static str) -> Result<Work, StoreError> {
        Work::begin(&self.pool, Purpose::Write, operation, self.news.clone()).await
    }
}

fn not_understood(reason: &str) -> StoreError {
    StoreError::Url { reason: reason.to_owned() }
}

/// Where a database is.
enum Place {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
}

impl Place {
    fn parse(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url).map_err(|error| not_understood(&error.to_string()))?;
            let is_lost = url.contains(":memory:") || url.contains("mode=memory");
            if options.get_filename().as_os_str().is_empty() || is_lost {
                return Err(not_understood(
                    "it names no file, and a database in memory would be lost with the program",
                ));
            }
            return Ok(Place::Sqlite(Box::new(options)));
        }
        if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(not_understood("it begins with neither sqlite: nor postgres:"));
        }
        // The error may quote the URL with its password: it is not repeated.
        let options = PgConnectOptions::from_str(url).map_err(|_| {
            not_understood("it is not of the form postgres://user:password@host:port/database?sslmode=…")
        })?;
        Ok(Place::Postgres(Box::new(options)))
    }
}

/// Whether [`Store::open`] understands a URL. Nothing is opened.
pub fn check_url(url: &str) -> Result<(), StoreError> {
    Place::parse(url).map(drop)
}

/// The file that a URL of SQLite names; `None` for another database.
pub fn sqlite_file(url: &str) -> Result<Option<PathBuf>, StoreError> {
    Ok(match Place::parse(url)? {
        Place::Sqlite(options) => Some(options.get_filename().to_owned()),
        Place::Postgres(_) => None,
    })
}

async fn open_sqlite(options: SqliteConnectOptions) -> Result<Pool, StoreError> {
    create_file(options.get_filename()).map_err(|error| StoreError::Open(sqlx::Error::Io(error)))?;
    let options = options
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        // With WAL a power cut loses at most the last transactions, never the consistency of what is there.
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        // 32 MiB, for the writer: a page of changes touches every index of the users.
        .pragma("cache_size", "-32768")
        .pragma("temp_store", "memory")
        // 64 MiB between check points: an import touches the same pages of the indexes again and again.
        .pragma("wal_autocheckpoint", "16384")
        .pragma("journal_size_limit", "67108864")
        // Rows cross from SQLite's thread to ours: in larger portions they wake each other less often.
        .row_buffer_size(512)
        .disable_statement_logging();
    // Connections stay: each has its prepared statements. The writer is opened first, which makes the WAL.
    let pool = |connections| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            // On a full disk, and after other errors of input and output, SQLite itself rolls back. sqlx goes on
            // counting a transaction then, and would never begin another on this connection: it is closed.
            .after_release(|connection, _| {
                Box::pin(async move {
                    // What was dropped is rolled back by now.
                    connection.ping().await?;
                    Ok(!connection.is_in_transaction())
                })
            })
    };
    let write = pool(1).connect_with(options.clone()).await.map_err(StoreError::Open)?;
    let readers = options.pragma("query_only", "true").pragma("cache_size", "-4096");
    let read = pool(CONNECTIONS).connect_with(readers).await.map_err(StoreError::Open)?;
    Ok(Pool::Sqlite { read, write })
}

/// Makes the file for its owner only. SQLite gives the files beside it the same mode.
fn create_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map(drop),
    }
}

async fn open_postgres(options: PgConnectOptions) -> Result<sqlx::PgPool, StoreError> {
    let options = options.application_name("muster").disable_statement_logging();
    PgPoolOptions::new()
        // One more for the listener, which keeps its connection.
        .max_connections(CONNECTIONS + 1)
        .acquire_timeout(ACQUIRE)
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute(dialect::POSTGRES_SESSION).await.map(drop) })
        })
        .connect_with(options)
        .await
        .map_err(StoreError::Open)
}
