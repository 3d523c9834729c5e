//! What the measurements of files in Chromium and in Node need beside them: the files, and the native limit.
//!
//! `files make PATH ROWS [CHANGED]` writes people as CSV or XLSX, by the name's end; of a hundred of them CHANGED have
//! another department. `files read PATH RUNS` reads a file with our reader and with the crate that is about the least
//! it can take, in turn, and prints the milliseconds of each run: ours, theirs.

#[path = "files/people.rs"]
mod people;

use calamine::{Reader as _, Xlsx};
use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Cursor};
use std::path::Path;
use std::time::Instant;
use tabular::cell::Cell;
use tabular::csv::Reader;
use tabular::dialect::{Dialect, Overrides};
use tabular::limits::Limits;
use tabular::xlsx::{self, Workbook};

/// As a browser hands out a file.
const PIECE: usize = 1 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["make", path, rows] => make(Path::new(path), rows.parse()?, 0),
        ["make", path, rows, changed] => make(Path::new(path), rows.parse()?, changed.parse()?),
        ["read", path, runs] => read(Path::new(path), runs.parse()?),
        _ => Err("files make PATH ROWS [CHANGED] | files read PATH RUNS".into()),
    }
}

fn make(path: &Path, rows: u32, changed: u32) -> Result<(), Box<dyn Error>> {
    if is_workbook(path) {
        people::workbook(rows, changed)?.save(path)?;
        Ok(())
    } else {
        Ok(people::csv(rows, changed, BufWriter::new(File::create(path)?))?)
    }
}

fn read(path: &Path, runs: u32) -> Result<(), Box<dyn Error>> {
    let file = std::fs::read(path)?;
    let readers: [fn(&[u8]) -> u64; 2] =
        if is_workbook(path) { [workbook, workbook_by_calamine] } else { [csv, csv_by_csv] };
    for _ in 0..runs {
        let [ours, theirs] = readers.map(|reader| {
            let begin = Instant::now();
            let cells = black_box(reader(black_box(&file)));
            (begin.elapsed().as_secs_f64() * 1000.0, cells)
        });
        assert_eq!(ours.1, theirs.1, "both read the same cells");
        println!("{:.1} {:.1}", ours.0, theirs.0);
    }
    Ok(())
}

fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "xlsx")
}

fn csv(file: &[u8]) -> u64 {
    let mut reader = Reader::new(Dialect::detect(file, &Overrides::default()), Limits::default());
    let mut batches = vec![];
    for mut piece in file.chunks(PIECE) {
        while let Some(batch) = reader.read(&mut piece).expect("the file is within the limits") {
            batches.push(batch);
        }
    }
    while let Some(batch) = reader.finish().expect("the file is within the limits") {
        batches.push(batch);
    }
    batches.iter().flat_map(|batch| batch.rows()).map(|row| row.cells().count() as u64).sum()
}

/// Records that are kept, as ours are.
fn csv_by_csv(file: &[u8]) -> u64 {
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file);
    let records: Vec<_> = reader.into_records().map(|record| record.expect("the file is CSV")).collect();
    records.iter().map(|record| record.len() as u64).sum()
}

fn workbook(file: &[u8]) -> u64 {
    let workbook = Workbook::open(file.to_vec(), xlsx::Limits::default()).expect("a workbook");
    let filled = |cells: &[Cell]| cells.iter().filter(|cell| **cell != Cell::Blank).count() as u64;
    workbook.rows(0).map(|row| filled(&row.expect("a row").cells)).sum()
}

/// The same cells as owned values, one by one.
fn workbook_by_calamine(file: &[u8]) -> u64 {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file.to_vec())).expect("a workbook");
    let name = workbook.sheet_names()[0].clone();
    let mut reader = workbook.worksheet_cells_reader(&name).expect("a sheet");
    let mut count = 0;
    while let Some(cell) = reader.next_cell().expect("a cell") {
        count += u64::from(!matches!(calamine::Data::from(cell.get_value().clone()), calamine::Data::Empty));
    }
    count
}
