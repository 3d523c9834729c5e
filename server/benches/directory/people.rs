//! The people that are measured: in OpenLDAP before and after a change, and as CSV for the bulk upsert.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use testkit::{People, Slapd};

/// How many of a hundred change.
const CHANGED: f64 = 0.01;

/// Two directories and a file with the same people.
pub struct Sources {
    /// As they are at first.
    pub before: Slapd,
    /// A little later.
    pub after: Slapd,
    later: People,
    folder: tempfile::TempDir,
}

impl Sources {
    /// Loads them.
    pub fn start(count: u32) -> Self {
        let people = People::new(count);
        let later = people.changed(CHANGED);
        let folder = tempfile::tempdir().expect("a temporary folder");
        write_csv(people, &folder.path().join("people.csv")).expect("the folder can be written to");
        let start = |people| Slapd::builder(0).people(people).start();
        Self { before: start(people), after: start(later), later, folder }
    }

    /// The file.
    pub fn csv(&self) -> std::path::PathBuf {
        self.folder.path().join("people.csv")
    }

    /// How many people changed.
    pub fn changed(&self) -> u32 {
        self.later.changed_count()
    }
}

fn write_csv(people: People, path: &Path) -> std::io::Result<()> {
    let mut csv = BufWriter::new(File::create(path)?);
    for person in people.iter() {
        let cells = [
            &person.entry_uuid,
            &person.dn(),
            &person.uid,
            &person.mail,
            &person.given_name,
            &person.sn,
            &person.display_name,
            &person.telephone_number,
            &person.department_number,
            &person.title,
        ];
        let cells: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        writeln!(csv, "{}", cells.join(","))?;
    }
    csv.flush()
}
