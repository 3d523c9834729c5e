//! Medians of runs taken in turn, and how they are printed.

use std::time::{Duration, Instant};

/// How long this took.
pub async fn timed(work: impl Future<Output = ()>) -> Duration {
    let start = Instant::now();
    work.await;
    start.elapsed()
}

/// Runs two sides in turn, each of which says how long its work took, and gives the median of each. What is noise for
/// one is then noise for the other; what a side makes ready for its work is not counted.
pub async fn in_turn(runs: usize, mut side: impl AsyncFnMut(usize) -> Duration) -> [Duration; 2] {
    let mut took = [vec![], vec![]];
    for _ in 0..runs {
        for (which, took) in took.iter_mut().enumerate() {
            took.push(side(which).await);
        }
    }
    took.map(median)
}

fn median(mut runs: Vec<Duration>) -> Duration {
    runs.sort();
    runs[runs.len() / 2]
}

/// A line of the table.
pub fn table_row(work: &str, ours: Duration, beside: &str, peer: Duration, goal: &str) -> String {
    let ratio = ours.as_secs_f64() / peer.as_secs_f64();
    format!("| {work} | {} | {beside}: {} | **{ratio:.2}** | {goal} |", shown(ours), shown(peer))
}

/// A duration for people.
pub fn shown(duration: Duration) -> String {
    match duration.as_secs_f64() {
        seconds if seconds < 1.0 => format!("{:.0} ms", seconds * 1000.0),
        seconds => format!("{seconds:.2} s"),
    }
}
