//! Damages good files at random for a while and reads them: nothing may panic, take long, or take much memory.
//!
//! `make fuzz`, or `make fuzz FUZZ_SECONDS=600`. This is no libFuzzer: nothing steers it to code that was not reached yet. It
//! needs neither a nightly compiler nor a tool, and damages the XML inside of archives as well, which a fuzzer of bytes
//! hardly gets to. A file that fails is written down, and its number and seed give it again.

#[path = "fuzz/damage.rs"]
mod damage;
#[path = "../tests/xlsx/package.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod package;
#[path = "fuzz/seeds.rs"]
mod seeds;

use damage::Dice;
use std::panic::catch_unwind;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tabular::csv::Reader;
use tabular::dialect::{Dialect, Overrides};
use tabular::{Format, limits::Limits, xlsx};

/// No file here is larger than some 100 KiB, so nothing is slow that does not go wrong.
const SLOW: Duration = Duration::from_secs(5);
/// The most memory that the whole run may take, in KiB.
const MEMORY: u64 = 512 << 10;

fn main() {
    let argument = |name: &str| {
        let mut arguments = std::env::args().skip_while(|argument| argument != name);
        arguments.nth(1).and_then(|value| value.parse::<u64>().ok())
    };
    let seconds = argument("--seconds").unwrap_or(30);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_nanos() as u64);
    let seed = argument("--seed").unwrap_or(now);
    // What panics is told at the end, with the file.
    std::panic::set_hook(Box::new(|_| {}));
    let mut failures = 0;
    for (what, make) in
        [("csv", seeds::csv as fn(&mut Dice) -> Vec<u8>), ("xlsx", seeds::xlsx), ("xml in xlsx", seeds::xml)]
    {
        let begun = Instant::now();
        let (mut files, mut rows, mut refused) = (0_u64, 0_u64, 0_u64);
        while begun.elapsed() < Duration::from_secs(seconds) / 3 {
            let bytes = make(&mut Dice::new(seed, files));
            let read_from = Instant::now();
            let outcome = catch_unwind(|| read(&bytes));
            let problem = match &outcome {
                Err(_) => Some("it panics".to_owned()),
                Ok(_) if read_from.elapsed() > SLOW => Some(format!("it takes {:?}", read_from.elapsed())),
                Ok(_) => memory().filter(|kib| *kib > MEMORY).map(|kib| format!("{} MiB of memory", kib / 1024)),
            };
            if let Some(problem) = problem {
                failures += 1;
                let path = std::env::temp_dir().join(format!("muster-fuzz-{seed}-{files}"));
                let written = std::fs::write(&path, &bytes).is_ok();
                println!("{what} number {files} of seed {seed}: {problem}; written to {}: {written}", path.display());
                break;
            }
            files += 1;
            if let Ok(Some(found)) = outcome {
                rows += found;
            } else {
                refused += 1;
            }
        }
        println!("{what}: {files} files, {rows} rows read, {refused} files refused");
    }
    println!("seed {seed}, {} MiB of memory at most", memory().unwrap_or_default() / 1024);
    if failures > 0 {
        std::process::exit(1);
    }
}

/// Reads a file as the worker does. How many rows there are, or nothing when it is refused on the way.
fn read(bytes: &[u8]) -> Option<u64> {
    match Format::detect(bytes, bytes).ok()? {
        Format::Csv => {
            let mut rows = 0;
            for batch in Reader::new(Dialect::detect(bytes, &Overrides::default()), Limits::default()).batches(bytes) {
                let batch = batch.ok()?;
                rows +=
                    batch.rows().inspect(|row| assert!(row.cells().all(|cell| !cell.contains('\0')))).count() as u64;
                batch.issues().iter().for_each(|issue| drop(issue.to_string()));
            }
            Some(rows)
        }
        Format::Workbook | Format::MacroWorkbook => {
            let mut workbook = xlsx::Workbook::open(bytes.to_vec(), xlsx::Limits::default()).ok()?;
            let mut rows = 0;
            for sheet in 0..workbook.sheets().len().min(3) {
                let mut found = workbook.rows(sheet);
                for row in found.by_ref() {
                    let row = row.ok()?;
                    assert!((1..=1_048_576).contains(&row.number) && (1..=16_384).contains(&row.cells.len()));
                    rows += 1;
                }
                found.issues().iter().for_each(|issue| drop(issue.to_string()));
                workbook = found.into_workbook();
            }
            Some(rows)
        }
    }
}

/// The most memory that this process had, in KiB, where the system says.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
