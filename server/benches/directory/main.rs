//! How long searching and importing take, from a real OpenLDAP into both databases, beside what the servers' own tools
//! need for the same people. Runs are taken in turn and compared by their medians; the tables are Markdown.
//!
//! `SCALE=full` measures 100,000 people (and the memory at 500,000); otherwise 20,000.

mod django;
mod floor;
mod measure;
mod ours;
mod people;

use measure::{in_turn, table_row, timed};
use ours::{Database, Installation};
use std::time::{Duration, Instant};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[tokio::main]
async fn main() {
    rustls::crypto::aws_lc_rs::default_provider().install_default().expect("nothing was installed before");
    let arguments: Vec<String> = std::env::args().collect();
    // A process of its own measures the memory of one search.
    if let Some(place) = arguments.iter().position(|argument| argument == "--search-once") {
        return ours::search_and_print_memory(&arguments[place + 1]).await;
    }

    let full = std::env::var("SCALE").is_ok_and(|scale| scale == "full");
    let (half, whole, runs) = if full { (50_000, 100_000, 3) } else { (10_000, 20_000, 3) };
    let postgres = testkit::postgres::Postgres::start();

    println!("| work | ours | beside | ratio | goal |\n| --- | --- | --- | --- | --- |");
    let mut growth = vec![];
    for count in [half, whole] {
        let people = people::Sources::start(count);
        let [search, first, peer] = {
            let installation = Installation::new(Database::Sqlite, &postgres, &people.before).await;
            let mut first_rows = vec![];
            let [ours, peer] = in_turn(runs, async |side| match side {
                0 => timed(async { first_rows.push(installation.search().await) }).await,
                _ => ldapsearch(&people.before),
            })
            .await;
            first_rows.sort();
            [ours, first_rows[first_rows.len() / 2], peer]
        };
        println!("{}", table_row(&format!("search {count} people"), search, "`ldapsearch`", peer, "≤ 1.3"));
        println!("{}", table_row(&format!("first rows of {count}"), first, "the whole search", search, "—"));
        growth.push(("search", count, search));

        for database in [Database::Sqlite, Database::Postgres] {
            let name = database.name();
            let mut installation = None;
            let [import, floor] = in_turn(runs, async |side| match side {
                0 => {
                    let empty = installation.insert(Installation::new(database, &postgres, &people.before).await);
                    timed(async { assert_eq!(empty.import().await, count) }).await
                }
                _ => {
                    let empty = floor::Empty::new(database, &postgres);
                    timed(async {
                        floor::ldapsearch(&people.before);
                        empty.bulk_upsert(&people.csv());
                    })
                    .await
                }
            })
            .await;
            let beside = format!("`ldapsearch` + bulk upsert ({})", database.tool());
            println!("{}", table_row(&format!("import {count} new people, {name}"), import, &beside, floor, "≤ 2.0"));
            growth.push((name, count, import));

            // Everyone is there since the last of these imports.
            let (mut installation, mut there) = (installation.expect("there was a run"), false);
            let [again, peer] = in_turn(runs, async |side| match side {
                0 => timed(async { assert_eq!(installation.import().await, 0, "nothing changed") }).await,
                _ => ldapsearch(&people.before),
            })
            .await;
            println!("{}", table_row(&format!("again, nothing changed, {name}"), again, "`ldapsearch`", peer, "≤ 1.5"));
            // There and back: 1 % is other than before each time.
            let [changed, peer] = in_turn(2 * runs, async |side| match side {
                0 => {
                    installation.read_from(if there { &people.before } else { &people.after });
                    there = !there;
                    timed(async { assert_eq!(installation.import().await, people.changed(), "only what changed") })
                        .await
                }
                _ => ldapsearch(&people.before),
            })
            .await;
            println!("{}", table_row(&format!("again, 1 % changed, {name}"), changed, "`ldapsearch`", peer, "≤ 1.5"));

            let list = installation.list_first_hundred(runs).await;
            println!("| list of users, first 100 of {count}, {name} | {} | | | ≤ 100 ms |", measure::shown(list));
        }
    }

    beside_django(&postgres, runs).await;

    println!("\n| growth | exponent from {half} to {whole} |\n| --- | --- |");
    for (name, count, small) in &growth {
        if let Some((_, _, large)) = growth.iter().find(|(other, size, _)| other == name && size > count) {
            println!("| {name} | {:.2} |", (large.as_secs_f64() / small.as_secs_f64()).log2());
        }
    }

    println!("\n| memory of a process that searches | largest resident size |\n| --- | --- |");
    let sizes: &[u32] = if full { &[10_000, 100_000, 500_000] } else { &[10_000, 50_000] };
    for count in sizes {
        let people = people::Sources::start(*count);
        println!("| {count} people | {} MiB |", ours::memory_of_a_search(&people.before) / 1024);
    }
}

/// An import beside that of django-python3-ldap: as many people in every scale, since it takes half a minute for them.
async fn beside_django(postgres: &testkit::postgres::Postgres, runs: usize) {
    let count = 10_000;
    let work = format!("import {count} people, SQLite");
    if !django::is_there() {
        return println!("| {work} | | django-python3-ldap: not there | | ≤ 0.05 |");
    }
    let people = testkit::Slapd::start(count);
    let [import, peer] = in_turn(runs, async |side| match side {
        0 => {
            let empty = Installation::new(Database::Sqlite, postgres, &people).await;
            timed(async { assert_eq!(empty.import().await, count) }).await
        }
        _ => django::sync_users(&people, count),
    })
    .await;
    println!("{}", table_row(&work, import, "django-python3-ldap", peer, "≤ 0.05"));
}

/// How long the floor of a search takes.
fn ldapsearch(people: &testkit::Slapd) -> Duration {
    let start = Instant::now();
    floor::ldapsearch(people);
    start.elapsed()
}
