//! How long exporting users takes, over HTTP from a real server, and what memory it needs. XLSX beside openpyxl's
//! write-only mode and ExcelJS's streaming writer, which read the same table, CSV beside `sqlite3 -csv` on the same table. Runs
//! are taken in turn and compared by their medians; the tables are Markdown.
//!
//! `SCALE=full` exports 100,000 users, otherwise 20,000; each also a tenth of it.

mod installation;

use installation::Installation;
use std::time::Duration;

const RUNS: usize = 3;

/// A name, and an export of the same users; nothing where it is not installed.
type Peer = (&'static str, fn(&Installation) -> Option<Duration>);

fn main() {
    let full = std::env::var("SCALE").is_ok_and(|scale| scale == "full");
    let whole = if full { 100_000 } else { 20_000 };
    println!("| work | ours | beside | ratio | goal |\n| --- | --- | --- | --- | --- |");
    let mut memory = vec![];
    let mut growth = vec![];
    for users in [whole / 10, whole] {
        let installation = Installation::new(users);
        let before = installation.memory();
        for format in ["csv", "xlsx"] {
            let peers: Vec<Peer> = match format {
                "csv" => vec![("`sqlite3 -csv`", |installation| Some(installation.sqlite_csv()))],
                _ => vec![
                    ("openpyxl, write-only", Installation::openpyxl),
                    ("ExcelJS, streaming", Installation::exceljs),
                ],
            };
            let (mut ours, mut theirs) = (vec![], vec![vec![]; peers.len()]);
            for _ in 0..RUNS {
                ours.push(installation.export(format));
                for ((_, export), runs) in peers.iter().zip(&mut theirs) {
                    runs.extend(export(&installation));
                }
            }
            let ours = median(ours);
            growth.push((format, ours));
            let goal = if format == "csv" { "—" } else { "≤ 0.2" };
            for ((name, _), runs) in peers.iter().zip(theirs) {
                let beside = if runs.is_empty() {
                    format!("{name}: not there | ")
                } else {
                    let peer = median(runs);
                    format!("{name}: {:.2} s | **{:.2}**", peer.as_secs_f64(), ours.as_secs_f64() / peer.as_secs_f64())
                };
                println!("| export {users} users, {format} | {:.2} s | {beside} | {goal} |", ours.as_secs_f64());
            }
        }
        memory.push((users, before, installation.memory()));
    }
    println!("\n| growth | exponent from {} to {whole} |\n| --- | --- |", whole / 10);
    for format in ["csv", "xlsx"] {
        let took: Vec<f64> =
            growth.iter().filter(|(of, _)| *of == format).map(|(_, took)| took.as_secs_f64()).collect();
        println!("| export, {format} | {:.2} |", (took[1] / took[0]).log10());
    }
    println!("\n| largest resident size of the server | before | after |\n| --- | --- | --- |");
    for (users, before, after) in memory {
        println!("| exports of {users} users | {before} MiB | {after} MiB |");
    }
}

fn median(mut runs: Vec<Duration>) -> Duration {
    runs.sort();
    runs[runs.len() / 2]
}
