//! The least that could be done: the servers' own tools over the same people.

use crate::ours::Database;
use std::path::Path;
use std::process::{Command, Stdio};
use testkit::Slapd;
use testkit::postgres::Postgres;

/// The mapped attributes of the OpenLDAP preset.
const ATTRIBUTES: [&str; 9] =
    ["entryUUID", "uid", "mail", "givenName", "sn", "displayName", "telephoneNumber", "departmentNumber", "title"];

const TABLE: &str = "create table people (external_id text primary key, dn text not null, username text not null unique, \
     email text, first_name text, last_name text, display_name text, phone text, department text, job_title text)";
const STAGING: &str = "create temp table staging (external_id text, dn text, username text, email text, \
     first_name text, last_name text, display_name text, phone text, department text, job_title text)";
// `where true` tells SQLite that `on` begins no join.
const UPSERT: &str = "insert into people select * from staging where true on conflict (external_id) do update set \
     dn = excluded.dn, username = excluded.username, email = excluded.email, first_name = excluded.first_name, \
     last_name = excluded.last_name, display_name = excluded.display_name, phone = excluded.phone, \
     department = excluded.department, job_title = excluded.job_title";

/// Reads everyone in pages of 1000 and prints them to nowhere.
pub fn ldapsearch(slapd: &Slapd) {
    run(slapd.ldapsearch("(objectClass=inetOrgPerson)", &ATTRIBUTES).stdout(Stdio::null()));
}

/// A new, empty database of the floor's.
pub enum Empty {
    /// In a folder.
    Sqlite(tempfile::TempDir),
    /// By its address.
    Postgres(String),
}

impl Empty {
    /// A new one, as Muster's own is there before an import.
    pub fn new(database: Database, postgres: &Postgres) -> Self {
        match database {
            Database::Sqlite => Self::Sqlite(tempfile::tempdir().expect("a temporary folder")),
            Database::Postgres => Self::Postgres(postgres.create_database()),
        }
    }

    /// Puts the people of a CSV file into a new table.
    pub fn bulk_upsert(&self, csv: &Path) {
        let csv = csv.display();
        match self {
            Self::Sqlite(folder) => {
                let script = format!(
                    "pragma journal_mode = wal;\npragma synchronous = normal;\n{TABLE};\n{STAGING};\n.mode csv\n\
                     .import {csv} staging\n{UPSERT};\n"
                );
                pipe(Command::new("sqlite3").arg("-bail").arg(folder.path().join("people.db")), &script);
            }
            Self::Postgres(url) => {
                let script = format!("{TABLE}; {STAGING};\n\\copy staging from '{csv}' csv\n{UPSERT}");
                pipe(Command::new("psql").args(["-q", "-X", "-v", "ON_ERROR_STOP=1", url]), &script);
            }
        }
    }
}

fn pipe(command: &mut Command, script: &str) {
    use std::io::Write as _;
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the tool is installed");
    child.stdin.take().expect("stdin is piped").write_all(script.as_bytes()).expect("the tool reads its input");
    assert!(child.wait().expect("the tool ends").success(), "{command:?}");
}

fn run(command: &mut Command) {
    assert!(command.status().expect("the tool is installed").success(), "{command:?}");
}
