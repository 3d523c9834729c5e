//! Muster, without pages: what a search, an import and a list of users cost on the server.

use directory::Target;
use identity::directory::{DirectorySettings, Preset, Security};
use identity::id::{DirectoryId, UserId};
use identity::import::ImportRequest;
use plan::Selection;
use secrecy::SecretString;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use store::Store;
use store::plans::Committed;
use store::secrets::SecretKey;
use store::users::UserQuery;
use testkit::postgres::Postgres;
use testkit::slapd::{BIND_DN, BIND_PASSWORD};
use testkit::{Slapd, people};
use tokio_util::sync::CancellationToken;
use worker::reading::{Next, Reading};
use worker::{Worker, planning};

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Database {
    /// For the table.
    pub fn name(self) -> &'static str {
        match self {
            Database::Sqlite => "SQLite",
            Database::Postgres => "PostgreSQL",
        }
    }

    /// The tool of the floor.
    pub fn tool(self) -> &'static str {
        match self {
            Database::Sqlite => "`sqlite3`",
            Database::Postgres => "`psql`",
        }
    }
}

/// An empty Muster with one directory.
pub struct Installation {
    store: Store,
    target: Target,
    directory_id: DirectoryId,
    author: UserId,
    _folder: tempfile::TempDir,
}

impl Installation {
    /// A new one.
    pub async fn new(database: Database, postgres: &Postgres, slapd: &Slapd) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match database {
            Database::Sqlite => format!("sqlite://{}", folder.path().join("muster.db").display()),
            Database::Postgres => postgres.create_database(),
        };
        let store = Store::open(&url, SecretKey::new([7; 32])).await.expect("the database opens");
        store.migrate().await.expect("the schema is new");
        let author = store.create_first_administrator("admin", "no password", None, 0).await.expect("the store writes");
        let target = target(slapd.url());
        let directory_id = store.add_directory(&target.settings, target.password.as_ref(), 0).await.expect("it writes");
        Self {
            store,
            target,
            directory_id: directory_id.expect("the name is free"),
            author: author.expect("there was no user"),
            _folder: folder,
        }
    }

    /// From now on another server has the directory.
    pub fn read_from(&mut self, slapd: &Slapd) {
        self.target = target(slapd.url());
    }

    fn everyone(&self) -> ImportRequest {
        ImportRequest::everything(self.directory_id, "*".to_owned())
    }

    /// Searches for everyone, with states; answers when the first rows were there.
    pub async fn search(&self) -> Duration {
        let start = Instant::now();
        let mut reading = self.reading().await;
        let mut first = None;
        while let Next::Page(page) = reading.next().await.expect("the directory answers") {
            if !page.rows.is_empty() {
                first.get_or_insert_with(|| start.elapsed());
            }
        }
        first.expect("somebody was found")
    }

    async fn reading(&self) -> Reading {
        let (request, settings) = (self.everyone(), &self.target.settings);
        let wanted = planning::wanted(settings, &request).expect("the filter is legal");
        let policy = planning::policy(&self.store, settings, &request, BTreeSet::new(), self.author, 0).await;
        Reading::begin(self.store.clone(), self.target.clone(), wanted, policy.expect("the store reads"))
    }

    /// Plans, commits and applies everything; answers how many rows were applied.
    pub async fn import(&self) -> u32 {
        let (request, target) = (self.everyone(), self.target.clone());
        let planned = planning::plan_import(&self.store, target, &request, BTreeSet::new(), self.author, 0, |_| ());
        let plan_id = planned.await.expect("the directory answers").plan_id;
        let commit = self.store.commit_plan(plan_id, &Selection::default(), self.author, 0).await;
        let job_id = match commit.expect("the store writes") {
            Committed::Queued(job_id) => job_id,
            Committed::Empty => return 0,
            other => panic!("a new plan is not {other:?}"),
        };
        let worker = Worker::new(self.store.clone(), "benchmark");
        assert!(worker.run_next(&CancellationToken::new()).await.expect("the store writes"), "the job is queued");
        let job = self.store.find_job(job_id).await.expect("the store reads").expect("the job is there");
        assert_eq!(job.state, job::JobState::Finished);
        job.progress.applied
    }

    /// The first hundred users of many, by name and by part of a name; the slower of the medians.
    pub async fn list_first_hundred(&self, runs: usize) -> Duration {
        let mut slowest = Duration::ZERO;
        for text in ["", "ü", "user00001", "nobody at all"] {
            let query = UserQuery { text: text.to_owned(), limit: 100, ..UserQuery::default() };
            let mut took = vec![];
            for _ in 0..runs {
                let start = Instant::now();
                self.store.list_users(&query).await.expect("the store reads");
                took.push(start.elapsed());
            }
            took.sort();
            slowest = slowest.max(took[runs / 2]);
        }
        slowest
    }
}

fn target(url: String) -> Target {
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.name = "Benchmark".to_owned();
    settings.connection.urls = vec![url];
    settings.connection.security = Security::None;
    settings.connection.bind_dn = BIND_DN.to_owned();
    settings.schema.base_dns = vec![people::SUFFIX.to_owned()];
    Target { settings, password: Some(SecretString::from(BIND_PASSWORD)) }
}

/// The largest resident size, in KiB, of a process that searches for everyone once.
pub fn memory_of_a_search(slapd: &Slapd) -> u64 {
    let output = std::process::Command::new(std::env::current_exe().expect("this program has a name"))
        .args(["--search-once", &slapd.url()])
        .output()
        .expect("this program runs again");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().unwrap_or_else(|_| panic!("no size: {text} {}", String::from_utf8_lossy(&output.stderr)))
}

/// Searches once, into SQLite's snapshot of nobody, and prints the largest resident size so far in KiB.
pub async fn search_and_print_memory(url: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = format!("sqlite://{}", folder.path().join("muster.db").display());
    let store = Store::open(&file, SecretKey::new([7; 32])).await.expect("the database opens");
    store.migrate().await.expect("the schema is new");
    let target = target(url.to_owned());
    let installation = Installation { store, target, directory_id: DirectoryId(1), author: UserId(1), _folder: folder };
    installation.search().await;
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells the largest size");
    println!("{}", line.trim_end_matches("kB").trim());
}
