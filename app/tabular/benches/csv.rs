//! How long it takes to read CSV, beside the `csv` crate, which is about the least that it can take: the same records of
//! borrowed text, and nothing found out about the file. Runs are taken in turn and compared by their medians. Prints a
//! row of a table per measure: `name | ours | peer | ratio`.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tabular::csv::{Batch, Reader, Writer};
use tabular::dialect::{Dialect, Overrides};
use tabular::limits::Limits;

const RUNS: usize = 9;
const HALF: usize = 50_000;
const WHOLE: usize = 100_000;
/// As a browser hands out a file.
const CHUNK: usize = 1 << 20;

fn main() {
    let (half, whole) = (people(HALF), people(WHOLE));
    let megabytes = whole.len() as f64 / 1e6;
    let [ours_half, peer_half] = medians(&half, [read as Run, peer]);
    let [ours, peer, rows, records, kept] = medians(&whole, [read as Run, peer, read_rows, peer_records, read_kept]);
    println!("CSV, {WHOLE} rows × 15 ({megabytes:.1} MB) | ours | csv | ratio");
    row("cells looked at where they lie", ours, peer);
    row("rows of owned cells, beside records of owned text", rows, records);
    row("batches kept, beside cells looked at", kept, peer);
    let written = medians(&whole, [write as Run, peer_write]);
    row("written, and read to have what to write", written[0], written[1]);
    let exponent = |half: Duration, whole: Duration| (whole.as_secs_f64() / half.as_secs_f64()).log2();
    let (ours, peer) = (exponent(ours_half, ours), exponent(peer_half, peer));
    println!("growth exponent from {HALF} to {WHOLE} | {ours:.2} | {peer:.2} | {:.2}", ours / peer);
    let batches = batches(&whole);
    let memory: usize = batches.iter().map(Batch::memory).sum();
    println!("memory of all batches, in files | {:.2} | |", memory as f64 / whole.len() as f64);
}

/// Reads a file and answers how many cells it has, and how many bytes they have.
type Run = fn(&[u8]) -> (usize, usize);

/// Medians of runs in turn. All must answer the same.
fn medians<const N: usize>(file: &[u8], measured: [Run; N]) -> [Duration; N] {
    let mut runs = [const { vec![] }; N];
    for _ in 0..RUNS {
        let mut answer = None;
        for (measured, runs) in measured.iter().zip(&mut runs) {
            let start = Instant::now();
            let counted = black_box(measured(black_box(file)));
            runs.push(start.elapsed());
            assert_eq!(counted, *answer.get_or_insert(counted), "all read the same");
        }
    }
    runs.map(|mut runs: Vec<Duration>| {
        runs.sort();
        runs[RUNS / 2]
    })
}

fn row(name: &str, ours: Duration, peer: Duration) {
    let ratio = ours.as_secs_f64() / peer.as_secs_f64();
    let milliseconds = |duration: Duration| duration.as_secs_f64() * 1000.0;
    println!("{name} | {:.1} ms | {:.1} ms | {ratio:.2}", milliseconds(ours), milliseconds(peer));
}

/// Everything, from the first look to the last cell; each batch to `seen`.
fn each_batch(file: &[u8], mut seen: impl FnMut(Batch)) {
    let dialect = Dialect::detect(file, &Overrides::default());
    let mut reader = Reader::new(dialect, Limits::default());
    for mut chunk in file.chunks(CHUNK) {
        while let Some(batch) = reader.read(&mut chunk).expect("the file is within the limits") {
            seen(batch);
        }
    }
    while let Some(batch) = reader.finish().expect("the file is within the limits") {
        seen(batch);
    }
}

fn batches(file: &[u8]) -> Vec<Batch> {
    let mut batches = vec![];
    each_batch(file, |batch| batches.push(batch));
    batches
}

fn counted<'a>(cells: impl Iterator<Item = &'a str>) -> (usize, usize) {
    cells.fold((0, 0), |(count, bytes), cell| (count + 1, bytes + cell.len()))
}

fn sum(one: (usize, usize), other: (usize, usize)) -> (usize, usize) {
    (one.0 + other.0, one.1 + other.1)
}

fn read(file: &[u8]) -> (usize, usize) {
    let mut total = (0, 0);
    each_batch(file, |batch| {
        total = batch.rows().fold(total, |total, row| sum(total, counted(row.cells())));
    });
    total
}

fn read_kept(file: &[u8]) -> (usize, usize) {
    let batches = batches(file);
    batches.iter().flat_map(Batch::rows).fold((0, 0), |total, row| sum(total, counted(row.cells())))
}

fn read_rows(file: &[u8]) -> (usize, usize) {
    let mut total = (0, 0);
    each_batch(file, |batch| {
        for row in batch.rows() {
            black_box(row.to_row());
            total = sum(total, counted(row.cells()));
        }
    });
    total
}

fn peer(file: &[u8]) -> (usize, usize) {
    let mut reader = peer_reader(file);
    let (mut record, mut total) = (csv::StringRecord::new(), (0, 0));
    while reader.read_record(&mut record).expect("the file is CSV") {
        total = sum(total, counted(record.iter()));
    }
    total
}

fn peer_records(file: &[u8]) -> (usize, usize) {
    let mut total = (0, 0);
    for record in peer_reader(file).into_records() {
        let record = record.expect("the file is CSV");
        black_box(record.iter().map(str::to_owned).collect::<Vec<_>>());
        total = sum(total, counted(record.iter()));
    }
    total
}

fn peer_reader(file: &[u8]) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).from_reader(file)
}

fn write(file: &[u8]) -> (usize, usize) {
    let (mut total, mut out) = ((0, 0), vec![]);
    each_batch(file, |batch| {
        for row in batch.rows() {
            Writer::default().row(row.cells(), &mut out);
            total = sum(total, counted(row.cells()));
        }
        out.clear();
    });
    total
}

fn peer_write(file: &[u8]) -> (usize, usize) {
    let mut reader = peer_reader(file);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(std::io::sink());
    let (mut record, mut total) = (csv::StringRecord::new(), (0, 0));
    while reader.read_record(&mut record).expect("the file is CSV") {
        writer.write_record(&record).expect("a sink takes everything");
        total = sum(total, counted(record.iter()));
    }
    total
}

/// People as a personnel department has them: names of many countries, values with the delimiter, lists.
fn people(count: usize) -> Vec<u8> {
    let first = ["Anna", "Björn", "Chloé", "Farid", "Giulia", "Katarzyna", "Olga", "Søren", "Yusuf", "Zoë"];
    let last = ["Andersson", "Çelik", "García", "Müller", "O'Connor", "Nguyen", "Okafor", "Ul-Haq", "Weber"];
    let departments = ["Engineering", "Finance", "IT, Infrastructure", "Research & Development", "Sales"];
    let mut file = String::from(
        "username,first_name,last_name,display_name,email,phone,mobile,department,title,manager,location,\
         employee_number,start_date,active,groups\r\n",
    );
    for number in 0..count {
        let (first, last) = (first[number * 7 % first.len()], last[number * 5 % last.len()]);
        let department = departments[number * 3 % departments.len()];
        let quoted = if department.contains(',') { "\"" } else { "" };
        let name = if number % 4 == 0 { format!("\"{last}, {first}\"") } else { format!("{first} {last}") };
        let manager = number / 9;
        let groups: Vec<String> =
            (0..number % 5).map(|group| format!("group-{:03}", number * 11 % 300 + group)).collect();
        writeln!(
            file,
            "user{number:07},{first},{last},{name},user{number:07}@example.org,+49 30 {:07},+49 170 {:07},\
             {quoted}{department}{quoted},Senior Engineer,user{manager:07},Zürich,{},20{:02}-{:02}-{:02},true,{}\r",
            number * 7919 % 10_000_000,
            number * 104_729 % 10_000_000,
            100_000 + number,
            number % 25,
            number % 12 + 1,
            number % 28 + 1,
            groups.join(";"),
        )
        .expect("text takes everything");
    }
    file.into_bytes()
}
