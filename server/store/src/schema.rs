//! The schema: embedded migrations, run forward only.

use crate::StoreError;
use crate::sql::sql;
use crate::work::{Inner, Pool, Work};
use sqlx::migrate::{MigrateError, Migrator};

static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// Runs the migrations that are missing.
pub(crate) async fn migrate(pool: &Pool) -> Result<(), StoreError> {
    match pool {
        // One transaction around all, begun with the lock: two programs on one file would both see a table missing.
        Pool::Sqlite { write, .. } => {
            let begun = write.begin_with(crate::dialect::SQLITE_WRITE).await;
            let mut transaction = begun.map_err(|error| StoreError::Migrate(MigrateError::Execute(error)))?;
            SQLITE.run(&mut *transaction).await.map_err(StoreError::Migrate)?;
            transaction.commit().await.map_err(|error| StoreError::Migrate(MigrateError::Execute(error)))
        }
        // The migrator itself takes a lock of the database's.
        Pool::Postgres(pool) => POSTGRES.run(pool).await.map_err(StoreError::Migrate),
    }
}

/// Whether the newest migration is the newest that this program knows.
pub(crate) async fn check(work: &mut Work) -> Result<(), StoreError> {
    let known = match work.transaction {
        Inner::Sqlite(_) => &SQLITE,
        Inner::Postgres(_) => &POSTGRES,
    };
    let known = known.iter().map(|migration| migration.version).max();
    let (found,) = work.one::<(Option<i64>,)>(sql("SELECT max(version) FROM _sqlx_migrations")).await?;
    match (found, known) {
        (found, known) if found == known => Ok(()),
        (Some(found), _) => Err(StoreError::Migrate(MigrateError::VersionMissing(found))),
        (None, known) => Err(StoreError::Migrate(MigrateError::VersionNotPresent(known.unwrap_or_default()))),
    }
}
