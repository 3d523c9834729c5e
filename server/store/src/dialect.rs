//! Everything in which SQLite and PostgreSQL differ. The rest of the crate sends the same text to both.

use crate::sql::{Bind, Column, Input, Sql};
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{Arguments, AssertSqlSafe, SqlSafeStr, SqlStr};
use std::borrow::Cow;
use std::ops::Range;

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

/// A statement as one database takes it.
pub(crate) type Prepared<A> = (SqlStr, A);

/// How many rows of input one statement takes as parameters. SQLite allows 32,766 of them; above some hundred rows a
/// larger number gains nothing, and with a fixed one the statement is compiled once.
const SQLITE_ROWS: usize = 128;

/// Text and parameters for SQLite: several statements where there are many rows of input, one after the other.
///
/// Rows come in as `VALUES`, and what is left over as one JSON text, which costs no statement of its own for every
/// number of rows. JSON alone took three times as long for rows of twenty columns: each column of each row reads the
/// row's text again.
pub(crate) fn sqlite(sql: Sql<'_>) -> Result<Vec<Prepared<SqliteArguments>>, sqlx::Error> {
    let Sql { text, binds, input } = sql;
    let Some(input) = input else {
        let mut arguments = SqliteArguments::default();
        add::<Sqlite>(&mut arguments, binds)?;
        return Ok(vec![(words(text, None, "instr", ""), arguments)]);
    };
    let mut statements = Vec::new();
    let rows = input.rows();
    // A column or two are read from JSON as quickly.
    let in_values = if input.columns.len() > 2 { rows - rows % SQLITE_ROWS } else { 0 };
    if in_values > 0 {
        let taken = SQLITE_ROWS * input.columns.len();
        let text = words(renumbered(&text, taken), Some(&values_table(&input)), "instr", "");
        for first in (0..in_values).step_by(SQLITE_ROWS) {
            let mut arguments = SqliteArguments::default();
            for row in first..first + SQLITE_ROWS {
                for (_, column) in &input.columns {
                    match column {
                        Column::Ints(values) => arguments.add(values[row]),
                        Column::Texts(values) => arguments.add(values[row].as_deref()),
                    }
                    .map_err(sqlx::Error::Encode)?;
                }
            }
            add::<Sqlite>(&mut arguments, binds.clone())?;
            statements.push((text.clone(), arguments));
        }
    }
    if in_values < rows || rows == 0 {
        let table = json_table(&input, binds.len() + 1);
        let mut arguments = SqliteArguments::default();
        add::<Sqlite>(&mut arguments, binds)?;
        arguments.add(json_rows(&input, in_values..rows)).map_err(sqlx::Error::Encode)?;
        statements.push((words(text, Some(&table), "instr", ""), arguments));
    }
    Ok(statements)
}

/// `$1` becomes `$(1 + taken)`: parameters without a number come first, and SQLite numbers them itself. Numbered ones
/// it would look up in a list, each time from its beginning.
fn renumbered(text: &str, taken: usize) -> Cow<'static, str> {
    let mut parts = text.split('$');
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = part[..digits].parse().expect("a parameter is $ and a number");
        numbered.push_str(&format!("${}{}", number + taken, &part[digits..]));
    }
    Cow::Owned(numbered)
}

fn values_table(input: &Input<'_>) -> String {
    let names: Vec<_> =
        (1..).zip(&input.columns).map(|(index, (name, _))| format!("column{index} AS {name}")).collect();
    let row = format!("({})", vec!["?"; input.columns.len()].join(","));
    let rows = vec![row; SQLITE_ROWS].join(",");
    format!("(SELECT {} FROM (VALUES {rows})) AS input", names.join(", "))
}

/// Text and parameters for PostgreSQL.
pub(crate) fn postgres(sql: Sql<'_>) -> Result<Prepared<PgArguments>, sqlx::Error> {
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

fn json_rows(input: &Input<'_>, rows: Range<usize>) -> String {
    let mut json = Vec::with_capacity(64 * rows.len() * input.columns.len());
    json.push(b'[');
    for row in rows.clone() {
        json.extend_from_slice(if row == rows.start { b"[" } else { b",[" });
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

/// What PostgreSQL is told on every connection.
///
/// Plans: one that was made when the tables were empty would be kept for ever, and an import begins there. Compiling
/// costs more than any of our statements takes. Random reads: the default is that of a spinning disk, and would have the
/// whole table of users read for a page of a thousand.
pub(crate) const POSTGRES_SESSION: &str =
    "SET plan_cache_mode = force_custom_plan; SET jit = off; SET random_page_cost = 1.1";

/// PostgreSQL gathers statistics by itself, but about a minute late: an import is over by then, and was planned as if the
/// tables were empty.
pub(crate) const POSTGRES_ANALYZE_USERS: &str = "ANALYZE users";
/// See [`POSTGRES_ANALYZE_USERS`].
pub(crate) const POSTGRES_ANALYZE_PLAN: &str = "ANALYZE plan_rows";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::sql;

    #[test]
    fn rows_that_fill_no_statement_come_as_json() {
        let count = |rows: i64| {
            let column = || 0..rows;
            let input = Input::default().ints("a", column()).ints("b", column()).ints("c", column());
            let statements =
                sqlite(sql("SELECT a, b, c, $1 FROM {input}").bind(1_i64).input(input)).expect("they encode");
            statements.iter().map(|(text, _)| text.as_str().contains("VALUES")).collect::<Vec<_>>()
        };
        assert_eq!(count(0), [false]);
        assert_eq!(count(127), [false]);
        assert_eq!(count(128), [true]);
        assert_eq!(count(300), [true, true, false]);
    }

    #[test]
    fn parameters_follow_those_of_the_rows() {
        assert_eq!(renumbered("a = $1 AND b = $12 OR $2", 100), "a = $101 AND b = $112 OR $102");
    }
}
