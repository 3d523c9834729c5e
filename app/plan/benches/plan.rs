//! How long planning takes, beside the least that could be done: a loop over two hash maps that counts the fields
//! that differ. Runs are taken in turn and compared by their medians. Prints a row of a table per measure:
//! `name | ours | peer | ratio`. The same in wasm, under node, when the target is installed.

#[path = "../tests/support/people.rs"]
mod people;

use identity::field::Patch;
use identity::user::User;
use plan::{PlanInput, Record, Snapshot, plan};
use std::collections::HashMap;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 15;
const HALF: u32 = 50_000;
const WHOLE: u32 = 100_000;

fn main() {
    let mut wasm: Vec<_> = ["release", "wasm-release"].into_iter().filter_map(Wasm::start).collect();
    let half = measure(HALF, &mut wasm);
    let whole = measure(WHOLE, &mut wasm);
    let row = |name: &str, ours: Duration, peer: Duration| {
        let ratio = ours.as_secs_f64() / peer.as_secs_f64();
        println!("{name} | {:.1} ms | {:.1} ms | {ratio:.2}", milliseconds(ours), milliseconds(peer));
    };
    row("plan 100,000 records against 100,000 users, 5 % changed, beside a loop", whole.plan, whole.count);
    for (place, wasm) in wasm.iter().enumerate() {
        row(&format!("the same in wasm ({}), beside native", wasm.profile), whole.wasm[place], whole.plan);
    }
    let exponent = |half: Duration, whole: Duration| (whole.as_secs_f64() / half.as_secs_f64()).log2();
    let (ours, peer) = (exponent(half.plan, whole.plan), exponent(half.count, whole.count));
    println!("growth exponent from 50,000 to 100,000 | {ours:.2} | {peer:.2} | {:.2}", ours / peer);
    for (place, wasm) in wasm.iter().enumerate() {
        let ours = exponent(half.wasm[place], whole.wasm[place]);
        println!("growth exponent in wasm ({}) | {ours:.2} | {peer:.2} | {:.2}", wasm.profile, ours / peer);
    }
}

/// Medians.
struct Measured {
    plan: Duration,
    count: Duration,
    wasm: Vec<Duration>,
}

fn measure(count: u32, wasm: &mut [Wasm]) -> Measured {
    let (records, snapshot) = people::people(count);
    let policy = people::policy();
    let mut runs: Vec<Vec<Duration>> = vec![vec![]; 2 + wasm.len()];
    for _ in 0..RUNS {
        let start = Instant::now();
        let plan = plan(PlanInput { records: &records, snapshot: &snapshot, policy: &policy });
        runs[0].push(start.elapsed());
        let changes = plan.summary.counts.changes();
        drop(plan);
        let start = Instant::now();
        let (differing, unknown) = differences(&records, &snapshot);
        runs[1].push(start.elapsed());
        // A row differs in one field each, but for those that are new.
        assert_eq!(changes, differing + unknown, "both look at the same");
        for (wasm, runs) in wasm.iter_mut().zip(&mut runs[2..]) {
            let (elapsed, wasm_changes) = wasm.run(count);
            assert_eq!(changes, wasm_changes, "wasm plans the same");
            runs.push(elapsed);
        }
    }
    let mut medians = runs.into_iter().map(|mut runs| {
        runs.sort();
        runs[RUNS / 2]
    });
    let mut next = || medians.next().expect("a median per measure");
    Measured { plan: next(), count: next(), wasm: medians.collect() }
}

/// The least that could be done: how many fields differ, and how many records nobody is known for.
fn differences(records: &[Record], snapshot: &Snapshot) -> (u32, u32) {
    let mut by_entry: HashMap<&str, &User> = HashMap::with_capacity(snapshot.users.len());
    let mut by_name: HashMap<&str, &User> = HashMap::with_capacity(snapshot.users.len());
    for user in &snapshot.users {
        by_name.insert(&user.fields.username, user);
        if let Some(link) = &user.link {
            by_entry.insert(link.external_id.as_str(), user);
        }
    }
    let (mut differing, mut unknown) = (0, 0);
    for record in records {
        let entry = record.entry.as_ref().map(|entry| entry.external_id.as_str());
        let username = record.fields.username.as_deref().unwrap_or_default();
        let Some(user) = entry.and_then(|id| by_entry.get(id)).or_else(|| by_name.get(username)) else {
            unknown += 1;
            continue;
        };
        let (wanted, stored) = (&record.fields, &user.fields);
        let pairs = [
            (&wanted.email, &stored.email),
            (&wanted.first_name, &stored.first_name),
            (&wanted.last_name, &stored.last_name),
            (&wanted.display_name, &stored.display_name),
            (&wanted.phone, &stored.phone),
            (&wanted.department, &stored.department),
            (&wanted.job_title, &stored.job_title),
            (&wanted.locale, &stored.locale),
            (&wanted.time_zone, &stored.time_zone),
        ];
        let differs = |patch: &Patch<String>, stored: &Option<String>| match patch {
            Patch::Keep => false,
            Patch::Clear => stored.is_some(),
            Patch::Set(text) => stored.as_ref() != Some(text),
        };
        differing += pairs.into_iter().filter(|(patch, stored)| differs(patch, stored)).count() as u32;
        differing += u32::from(username != stored.username);
        differing += u32::from(wanted.enabled.is_some_and(|enabled| enabled != stored.enabled));
    }
    black_box((differing, unknown))
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Node, with the module of `wasm.rs`.
struct Wasm {
    profile: &'static str,
    node: Child,
    answers: BufReader<ChildStdout>,
}

impl Wasm {
    /// Builds the module and starts node; says why there is none if that does not work.
    fn start(profile: &'static str) -> Option<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plan-wasm");
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "plan", "--example", "wasm", "--profile", profile])
            .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
            .arg(&target)
            .current_dir(here)
            .status();
        if !built.is_ok_and(|status| status.success()) {
            println!("in wasm ({profile}): not measured, the module could not be built");
            return None;
        }
        let mut node = Command::new("node")
            .arg(here.join("benches/plan.mjs"))
            .arg(target.join("wasm32-unknown-unknown").join(profile).join("examples/wasm.wasm"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .inspect_err(|error| println!("in wasm ({profile}): not measured, node did not start: {error}"))
            .ok()?;
        let answers = BufReader::new(node.stdout.take().expect("standard output is a pipe"));
        Some(Self { profile, node, answers })
    }

    /// One run: how long it took by node's clock, and how many rows change.
    fn run(&mut self, count: u32) -> (Duration, u32) {
        let input = self.node.stdin.as_mut().expect("standard input is a pipe");
        writeln!(input, "{count}").expect("node listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("node answers");
        let (elapsed, changes) = answer.trim().split_once(' ').expect("node answers two numbers");
        let elapsed: f64 = elapsed.parse().expect("milliseconds");
        (Duration::from_secs_f64(elapsed / 1000.0), changes.parse().expect("a number of rows"))
    }
}

impl Drop for Wasm {
    fn drop(&mut self) {
        // It ends when its input does.
        self.node.stdin = None;
        if let Err(error) = self.node.wait() {
            eprintln!("node could not be awaited: {error}");
        }
    }
}
