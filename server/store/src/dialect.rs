//! Everything in which SQLite and PostgreSQL differ. The rest of the crate sends the same text to both.

use crate::sql::{Bind, Column, Input, Sql};
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{Arguments, AssertSqlSafe, SqlSafeStr, SqlStr};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// How a read begins: everything that it reads is of one moment.
pub(crate) const SQLITE_READ: &str = "BEGIN";
/// How a write begins: the lock is taken first, since a transaction that read cannot wait for it later.
pub(crate) const SQLITE_WRITE: &str = "BEGIN IMMEDIATE";
/// How a read begins.
pub(crate) const POSTGRES_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// How a write begins: each statement sees what others committed before it, which [`POSTGRES_TURN`] relies on.
pub(crate) const POSTGRES_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// The same for a part of something that is there only when its last part is: its commit does not wait for the disk. A
/// later one does, and the log is written in order, so what comes before it is on the disk as well.
pub(crate) const POSTGRES_DRAFT: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = off";

/// Waits until no other transaction writes users, jobs or events, and keeps them out until this one ends. SQLite has
/// one writer anyway. So names are looked up and given without another server in between, the last administrator stays,
/// and events are numbered in the order in which they become visible. The lock belongs to the transaction, not to the
/// session: it ends with the connection, and no lease depends on it.
pub(crate) const POSTGRES_TURN: &str = "SELECT pg_advisory_xact_lock(7316884)";

/// The number of the last of `$1` new users. Who inserts them in this transaction leaves the number behind.
pub(crate) const SQLITE_LAST_USER: &str = "SELECT coalesce(max(seq), 0) + $1 FROM sqlite_sequence WHERE name = 'users'";
/// The same. Nobody else is between the two steps, since it is one's turn; numbers of a transaction that is given up are
/// not given again.
pub(crate) const POSTGRES_LAST_USER: &str = "SELECT setval(sequence, nextval(sequence) + $1 - 1) \
     FROM (SELECT CAST(pg_get_serial_sequence('users', 'user_id') AS regclass) AS sequence) AS users_sequence";

/// The channel of NOTIFY; the payload is a job's number and nothing else.
pub(crate) const POSTGRES_CHANNEL: &str = "muster";

/// A statement as one database takes it.
pub(crate) type Prepared<A> = (SqlStr, A);

/// How many rows of input one statement takes as parameters. SQLite allows 32,766 of them; above some hundred rows a
/// larger number gains nothing, and with a fixed one the statement is compiled once.
const SQLITE_ROWS: usize = 128;

/// Text and parameters for SQLite: several statements where there are many rows of input, one after the other. Each is
/// made when it is asked for, so that one can be made while SQLite is at the one before.
///
/// Rows come in as `VALUES`, and what is left over as one JSON text, which costs no statement of its own for every
/// number of rows. JSON alone took three times as long for rows of twenty columns: each column of each row reads the
/// row's text again.
pub(crate) fn sqlite(sql: Sql<'_>) -> SqliteStatements<'_> {
    let Sql { text, binds, input } = sql;
    let Some(input) = input else {
        let (values, rest) = (None, Some(words(text, None, &SQLITE)));
        return SqliteStatements { values, rest, binds, input: None, row: 0, in_values: 0 };
    };
    let rows = input.rows();
    // A column or two are read from JSON as quickly.
    let in_values = if input.columns.len() > 2 { rows - rows % SQLITE_ROWS } else { 0 };
    let values = (in_values > 0).then(|| {
        let taken = SQLITE_ROWS * input.columns.len();
        words(renumbered(&text, taken), Some(&values_table(&input)), &SQLITE)
    });
    let has_rest = in_values < rows || rows == 0;
    let rest = has_rest.then(|| words(text, Some(&json_table(&input, binds.len() + 1)), &SQLITE));
    SqliteStatements { values, rest, binds, input: Some(input), row: 0, in_values }
}

/// See [`sqlite()`].
pub(crate) struct SqliteStatements<'a> {
    /// The text with rows as `VALUES`.
    values: Option<SqlStr>,
    /// The text without.
    rest: Option<SqlStr>,
    binds: Vec<Bind<'a>>,
    input: Option<Input<'a>>,
    /// The next row.
    row: usize,
    /// Where the rest begins.
    in_values: usize,
}

impl Iterator for SqliteStatements<'_> {
    type Item = Result<Prepared<SqliteArguments>, sqlx::Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut arguments = SqliteArguments::default();
        if let (Some(input), Some(text)) = (&self.input, self.values.as_ref().filter(|_| self.row < self.in_values)) {
            let rows = self.row..self.row + SQLITE_ROWS;
            self.row = rows.end;
            let added = add_rows(&mut arguments, input, rows).and_then(|()| add::<Sqlite>(&mut arguments, &self.binds));
            return Some(added.map(|()| (text.clone(), arguments)));
        }
        let text = self.rest.take()?;
        let mut added = add::<Sqlite>(&mut arguments, &self.binds);
        if let Some(input) = &self.input {
            let rows = json_rows(input, self.row..input.rows());
            added = added.and_then(|()| arguments.add(rows).map_err(sqlx::Error::Encode));
        }
        Some(added.map(|()| (text, arguments)))
    }
}

fn add_rows(arguments: &mut SqliteArguments, input: &Input<'_>, rows: Range<usize>) -> Result<(), sqlx::Error> {
    arguments.reserve(rows.len() * input.columns.len(), 0);
    for row in rows {
        for (_, column) in &input.columns {
            match column {
                Column::Ints(values) => arguments.add(values[row]),
                // Of a `&str`, sqlx would allocate twice.
                Column::Texts(values) => arguments.add(values[row].as_deref().map(Arc::<str>::from)),
            }
            .map_err(sqlx::Error::Encode)?;
        }
    }
    Ok(())
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

/// How many rows of input one statement has for PostgreSQL.
const POSTGRES_ROWS: usize = 1000;

/// Text and parameters for PostgreSQL: several statements where there are many rows of input, each made when it is asked
/// for.
pub(crate) fn postgres(sql: Sql<'_>) -> PostgresStatements<'_> {
    let Sql { text, binds, input } = sql;
    let table = input.as_ref().map(|input| unnested(input, binds.len() + 1));
    let rows = input.as_ref().map_or(0, Input::rows);
    // A column or two belong to a question that is asked once, as with SQLite.
    let size = if input.as_ref().is_some_and(|input| input.columns.len() > 2) { POSTGRES_ROWS } else { rows.max(1) };
    PostgresStatements {
        text: words(text, table.as_deref(), &POSTGRES),
        binds,
        input,
        row: 0,
        rows,
        size,
        is_begun: false,
    }
}

/// See [`postgres()`].
pub(crate) struct PostgresStatements<'a> {
    text: SqlStr,
    binds: Vec<Bind<'a>>,
    input: Option<Input<'a>>,
    /// The next row.
    row: usize,
    rows: usize,
    size: usize,
    is_begun: bool,
}

impl Iterator for PostgresStatements<'_> {
    type Item = Result<Prepared<PgArguments>, sqlx::Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_begun && self.row >= self.rows {
            return None;
        }
        self.is_begun = true;
        let rows = self.row..self.rows.min(self.row + self.size);
        self.row = rows.end;
        let mut arguments = PgArguments::default();
        let mut added = add::<Postgres>(&mut arguments, &self.binds);
        for (_, column) in self.input.iter().flat_map(|input| &input.columns) {
            added = added.and_then(|()| {
                match column {
                    Column::Ints(values) => arguments.add(&values[rows.clone()]),
                    Column::Texts(values) => arguments.add(&values[rows.clone()]),
                }
                .map_err(sqlx::Error::Encode)
            });
        }
        Some(added.map(|()| (self.text.clone(), arguments)))
    }
}

/// What stands for the words in braces.
struct Words {
    pack: &'static str,
    packed: &'static str,
    insert: &'static str,
    update: &'static str,
    overriding: &'static str,
    position: &'static str,
    skip_locked: &'static str,
}

/// A statement of many rows that fails in the middle is undone by SQLite, which for that keeps a copy of every page that
/// the statement touches: for a page of users that was more than half of its time. `OR FAIL` keeps none. The rows before
/// the one that failed stay until the transaction ends, which an error does.
///
/// `{pack}` and `{packed}`: see [`crate::work::Work::pack`].
const SQLITE: Words = Words {
    pack: "json_group_array(json_array(",
    packed: "))",
    insert: "INSERT OR FAIL INTO",
    update: "UPDATE OR FAIL",
    overriding: "",
    position: "instr",
    skip_locked: "",
};
const POSTGRES: Words = Words {
    pack: "",
    packed: "",
    insert: "INSERT INTO",
    update: "UPDATE",
    overriding: "OVERRIDING SYSTEM VALUE",
    position: "strpos",
    skip_locked: "FOR UPDATE SKIP LOCKED",
};

/// Replaces the words in braces. `{position}(a, b)` is where `b` stands in `a` as it is, without wildcards.
fn words(text: Cow<'static, str>, table: Option<&str>, words: &Words) -> SqlStr {
    match text {
        Cow::Borrowed(text) if !text.contains('{') => text.into_sql_str(),
        text => {
            let Words { pack, packed, insert, update, overriding, position, skip_locked } = words;
            let text = text.replace("{insert}", insert).replace("{update}", update).replace("{overriding}", overriding);
            let text = text.replace("{pack}", pack).replace("{packed}", packed);
            let text = text.replace("{position}", position).replace("{skip_locked}", skip_locked);
            // Literals of this crate, joined: see `Sql::push`.
            AssertSqlSafe(text.replace("{input}", table.unwrap_or_default())).into_sql_str()
        }
    }
}

/// An array for each column. They are taken apart side by side, in the list of what is selected: there a row is made when
/// it is asked for. `unnest` of many arrays in FROM, as the documentation has it, first stores what comes of each array,
/// which was a seventh of the time of inserting users.
fn unnested(input: &Input<'_>, first: usize) -> String {
    let columns = input.columns.iter().zip(first..).map(|((name, column), number)| match column {
        Column::Ints(_) => format!("unnest(${number}::bigint[]) AS {name}"),
        Column::Texts(_) => format!("unnest(${number}::text[]) AS {name}"),
    });
    format!("(SELECT {}) AS input", columns.collect::<Vec<_>>().join(", "))
}

/// One JSON text with an array for each row. A single column is the array of its values, which saves SQLite from taking
/// an array apart for each of them.
fn json_table(input: &Input<'_>, number: usize) -> String {
    if let [(name, _)] = input.columns.as_slice() {
        return format!("(SELECT value AS {name} FROM json_each(${number})) AS input");
    }
    let columns = input.columns.iter().enumerate().map(|(index, (name, _))| format!("value ->> {index} AS {name}"));
    format!("(SELECT {} FROM json_each(${number})) AS input", columns.collect::<Vec<_>>().join(", "))
}

fn json_rows(input: &Input<'_>, rows: Range<usize>) -> String {
    let mut json = Vec::with_capacity(64 * rows.len() * input.columns.len());
    let (open, close): (&[u8], &[u8]) = if input.columns.len() == 1 { (b"", b"") } else { (b"[", b"]") };
    json.push(b'[');
    for row in rows.clone() {
        if row > rows.start {
            json.push(b',');
        }
        json.extend_from_slice(open);
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
        json.extend_from_slice(close);
    }
    json.push(b']');
    String::from_utf8(json).expect("JSON is UTF-8")
}

fn add<DB: sqlx::Database>(arguments: &mut DB::Arguments, binds: &[Bind<'_>]) -> Result<(), sqlx::Error>
where
    DB::Arguments: Arguments<Database = DB>,
    for<'t> Option<i64>: sqlx::Encode<'t, DB> + sqlx::Type<DB>,
    for<'t> Option<String>: sqlx::Encode<'t, DB> + sqlx::Type<DB>,
    for<'t> Option<Vec<u8>>: sqlx::Encode<'t, DB> + sqlx::Type<DB>,
{
    for bind in binds {
        match bind {
            Bind::Int(value) => arguments.add(*value),
            Bind::Text(value) => arguments.add(value.as_ref().map(|text| text.clone().into_owned())),
            Bind::Bytes(value) => arguments.add(value.as_ref().map(|bytes| bytes.clone().into_owned())),
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
/// tables were empty. A rough idea is enough until then, of what our statements look for: of all columns, and with the
/// usual sample, it took as long as writing thousands of users.
pub(crate) const POSTGRES_ANALYZE_USERS: &str =
    "ANALYZE users (user_id, version, username_key, email_key, directory_id, external_id)";
/// See [`POSTGRES_ANALYZE_USERS`].
pub(crate) const POSTGRES_ANALYZE_PLAN: &str =
    "ANALYZE plan_rows (plan_id, \"row\", kind, user_id, version, username_key, external_id)";
/// The sample of those: a tenth of the usual one.
pub(crate) const POSTGRES_SAMPLE: &str = "SET LOCAL default_statistics_target = 10";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::sql;

    #[test]
    fn rows_that_fill_no_statement_come_as_json() {
        let count = |rows: i64| {
            let column = || 0..rows;
            let input = Input::default().ints("a", column()).ints("b", column()).ints("c", column());
            let statements = sqlite(sql("SELECT a, b, c, $1 FROM {input}").bind(1_i64).input(input));
            let texts = statements.map(|statement| statement.expect("it encodes").0);
            texts.map(|text| text.as_str().contains("VALUES")).collect::<Vec<_>>()
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
