//! Everything in which SQLite and PostgreSQL differ. The rest of the crate sends the same text to both.

use crate::sql::{Bind, Column, Input, Sql};
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{Arguments, AssertSqlSafe, SqlSafeStr, SqlStr};
use std::borrow::Cow;

/// How a read begins: everything that it reads is of one moment.
pub(crate) const SQLITE_READ: &str = "BEGIN";
/// How a write begins: the lock is taken first, since a transaction that read cannot wait for it later.
pub(crate) const SQLITE_WRITE: &str = "BEGIN IMMEDIATE";
/// How a read begins.
pub(crate) const POSTGRES_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// How a write begins: each statement sees what others committed before it, which [`POSTGRES_TURN`] relies on.
pub(crate) const POSTGRES_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

/// Waits until no other transaction writes users, jobs or events, and keeps them out until this one ends. SQLite has
/// one writer anyway. So names are looked up and given without another server in between, the last administrator stays,
/// and events are numbered in the order in which they become visible. The lock belongs to the transaction, not to the
/// session: it ends with the connection, and no lease depends on it.
pub(crate) const POSTGRES_TURN: &str = "SELECT pg_advisory_xact_lock(7316884)";

/// The channel of NOTIFY; the payload is a job's number and nothing else.
pub(crate) const POSTGRES_CHANNEL: &str = "muster";

/// Text and parameters for SQLite.
pub(crate) fn sqlite(sql: Sql<'_>) -> Result<(SqlStr, SqliteArguments), sqlx::Error> {
    let Sql { text, binds, input } = sql;
    let mut arguments = SqliteArguments::default();
    let table = input.as_ref().map(|input| json_table(input, binds.len() + 1));
    add::<Sqlite>(&mut arguments, binds)?;
    if let Some(input) = input {
        arguments.add(json_rows(&input)).map_err(sqlx::Error::Encode)?;
    }
    Ok((words(text, table.as_deref(), "instr", ""), arguments))
}

/// Text and parameters for PostgreSQL.
pub(crate) fn postgres(sql: Sql<'_>) -> Result<(SqlStr, PgArguments), sqlx::Error> {
    let Sql { text, binds, input } = sql;
    let mut arguments = PgArguments::default();
    let table = input.as_ref().map(|input| unnested(input, binds.len() + 1));
    add::<Postgres>(&mut arguments, binds)?;
    for (_, column) in input.into_iter().flat_map(|input| input.columns) {
        match column {
            Column::Ints(values) => arguments.add(values),
            Column::Texts(values) => arguments.add(values),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok((words(text, table.as_deref(), "strpos", "FOR UPDATE SKIP LOCKED"), arguments))
}

/// Replaces the words in braces. `{position}(a, b)` is where `b` stands in `a` as it is, without wildcards.
fn words(text: Cow<'static, str>, table: Option<&str>, position: &str, skip_locked: &str) -> SqlStr {
    match text {
        Cow::Borrowed(text) if !text.contains('{') => text.into_sql_str(),
        text => {
            let text = text.replace("{position}", position).replace("{skip_locked}", skip_locked);
            // Literals of this crate, joined: see `Sql::push`.
            AssertSqlSafe(text.replace("{input}", table.unwrap_or_default())).into_sql_str()
        }
    }
}

/// An array for each column: the way that PostgreSQL's own documentation names for many rows in one statement.
fn unnested(input: &Input<'_>, first: usize) -> String {
    let arrays = input.columns.iter().zip(first..).map(|((_, column), number)| match column {
        Column::Ints(_) => format!("${number}::bigint[]"),
        Column::Texts(_) => format!("${number}::text[]"),
    });
    let names: Vec<_> = input.columns.iter().map(|(name, _)| *name).collect();
    format!("unnest({}) AS input ({})", arrays.collect::<Vec<_>>().join(", "), names.join(", "))
}

/// One JSON text with an array for each row.
fn json_table(input: &Input<'_>, number: usize) -> String {
    let columns = input.columns.iter().enumerate().map(|(index, (name, _))| format!("value ->> {index} AS {name}"));
    format!("(SELECT {} FROM json_each(${number})) AS input", columns.collect::<Vec<_>>().join(", "))
}

fn json_rows(input: &Input<'_>) -> String {
    let mut json = Vec::with_capacity(64 * input.rows() * input.columns.len());
    json.push(b'[');
    for row in 0..input.rows() {
        json.extend_from_slice(if row == 0 { b"[" } else { b",[" });
        for (index, (_, column)) in input.columns.iter().enumerate() {
            if index > 0 {
                json.push(b',');
            }
            let written = match column {
                Column::Ints(values) => serde_json::to_writer(&mut json, &values[row]),
                Column::Texts(values) => serde_json::to_writer(&mut json, &values[row]),
            };
            written.expect("numbers and texts are written to memory");
        }
        json.push(b']');
    }
    json.push(b']');
    String::from_utf8(json).expect("JSON is UTF-8")
}

fn add<DB: sqlx::Database>(arguments: &mut DB::Arguments, binds: Vec<Bind<'_>>) -> Result<(), sqlx::Error>
where
    DB::Arguments: Arguments<Database = DB>,
    for<'t> Option<i64>: sqlx::Encode<'t, DB> + sqlx::Type<DB>,
    for<'t> Option<String>: sqlx::Encode<'t, DB> + sqlx::Type<DB>,
    for<'t> Option<Vec<u8>>: sqlx::Encode<'t, DB> + sqlx::Type<DB>,
{
    for bind in binds {
        match bind {
            Bind::Int(value) => arguments.add(value),
            Bind::Text(value) => arguments.add(value.map(Cow::into_owned)),
            Bind::Bytes(value) => arguments.add(value.map(Cow::into_owned)),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(())
}
