//! A server with users, and its peers.

use app::api::session::SignIn;
use identity::directory::{DirectorySettings, NameConflict, Preset};
use identity::external_id::ExternalId;
use identity::field::Patch;
use identity::role::RoleCode;
use identity::user::FieldPatch;
use job::JobEvent;
use plan::{EntryRef, PlanInput, Policy, Record, Selection, Snapshot};
use server_fn::ServerFn as _;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store::Store;
use store::jobs::Held;
use store::plans::{Committed, PlanSource};
use store::secrets::SecretKey;
use tempfile::TempDir;
use testkit::{People, Person};

const PASSWORD: &str = "correct horse battery staple";
/// Debian's, which Debian's openpyxl belongs to.
const PYTHON: &str = "/usr/bin/python3";
/// Writes what a statement finds as a workbook and prints how many seconds reading and writing took.
const OPENPYXL: &str = "
import sqlite3, sys, time
from openpyxl import Workbook
begin = time.perf_counter()
book = Workbook(write_only=True)
sheet = book.create_sheet()
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    sheet.append(row)
book.save(sys.argv[3])
print(time.perf_counter() - begin)
";
/// The users as the tools of others read them.
const SELECT: &str = "SELECT username, email, first_name, last_name, display_name, phone, department, job_title, enabled, \
     directory_id, (SELECT group_concat(role_code) FROM user_roles WHERE user_roles.user_id = users.user_id), \
     locale, time_zone, custom FROM users ORDER BY username_key";

/// The same with ExcelJS.
const EXCELJS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/export/exceljs.mjs");

/// A running server with users.
pub struct Installation {
    folder: TempDir,
    server: Child,
    url: String,
}

impl Installation {
    /// Makes so many users, and an administrator.
    pub fn new(users: u32) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        tokio::runtime::Runtime::new().expect("a runtime").block_on(fill(&folder, users));
        let listen = format!("127.0.0.1:{}", testkit::free_port());
        let server = Command::new(env!("CARGO_BIN_EXE_muster"))
            .arg("serve")
            .env("MUSTER_DATA_DIR", folder.path())
            .env("MUSTER_LISTEN", &listen)
            .env("MUSTER_LOG", "error")
            .env("MUSTER_SECRET_KEY", "2a".repeat(32))
            .stdout(Stdio::null())
            .spawn()
            .expect("the server starts");
        let installation = Self { folder, server, url: format!("http://{listen}") };
        let ready = || installation.curl(&["-f", &format!("{}/readyz", installation.url)]).status();
        while !ready().expect("curl runs").success() {
            std::thread::sleep(Duration::from_millis(20));
        }
        let body = serde_json::json!({ "username": "admin", "password": PASSWORD }).to_string();
        let headers = ["-H", "Content-Type: application/json", "-H", "Sec-Fetch-Site: same-origin"];
        let address = format!("{}{}", installation.url, SignIn::PATH);
        let sign_in = installation.curl(&["-f", "-c", "jar", "-d", &body, &address]).args(headers).status();
        assert!(sign_in.expect("curl runs").success(), "the administrator signs in");
        installation
    }

    /// Exports everybody; how long it took until the last byte.
    pub fn export(&self, format: &str) -> Duration {
        let address = format!("{}/export/users?format={format}", self.url);
        let begin = Instant::now();
        let status = self.curl(&["-f", "-b", "jar", "-o", &format!("users.{format}"), &address]).status();
        assert!(status.expect("curl runs").success(), "the export is made");
        begin.elapsed()
    }

    /// Writes the users of the table as openpyxl does; nothing where it is not installed.
    pub fn openpyxl(&self) -> Option<Duration> {
        let run = Command::new(PYTHON)
            .current_dir(self.folder.path())
            .args(["-c", OPENPYXL, "muster.db", SELECT, "peer.xlsx"])
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let seconds = String::from_utf8(run.stdout).ok()?.trim().parse().ok()?;
        Some(Duration::from_secs_f64(seconds))
    }

    /// Writes the users of the table, which `sqlite3` reads for it, as ExcelJS does while it streams; nothing where it is
    /// not installed.
    pub fn exceljs(&self) -> Option<Duration> {
        let run = Command::new("node")
            .current_dir(self.folder.path())
            .args([EXCELJS, "muster.db", SELECT, "peer.xlsx"])
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let seconds = String::from_utf8(run.stdout).ok()?.trim().parse().ok()?;
        Some(Duration::from_secs_f64(seconds))
    }

    /// Writes the table as the database's own tool does.
    pub fn sqlite_csv(&self) -> Duration {
        let begin = Instant::now();
        let mut sqlite = Command::new("sqlite3");
        sqlite.current_dir(self.folder.path()).args(["-csv", "muster.db", SELECT]).stdout(Stdio::null());
        assert!(sqlite.status().expect("sqlite3 runs").success());
        begin.elapsed()
    }

    /// The largest resident size of the server so far, in MiB.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a size");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") / 1024
    }

    fn curl(&self, arguments: &[&str]) -> Command {
        let mut curl = Command::new("curl");
        curl.current_dir(self.folder.path()).arg("-s").args(arguments).stdout(Stdio::null());
        curl
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        // Gone already, when it broke.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Imports people as a job does.
async fn fill(folder: &TempDir, users: u32) {
    let migrate = Command::new(env!("CARGO_BIN_EXE_muster"))
        .arg("serve")
        .env("MUSTER_DATA_DIR", folder.path())
        .env("MUSTER_LISTEN", format!("127.0.0.1:{}", testkit::free_port()))
        .env("MUSTER_SECRET_KEY", "2a".repeat(32))
        .env("MUSTER_ADMIN_PASSWORD", PASSWORD)
        .env("MUSTER_LOG", "error")
        .stdout(Stdio::piped())
        .spawn();
    // The first start makes the administrator and says when it is ready.
    let mut first = migrate.expect("the server starts");
    let output = std::io::BufReader::new(first.stdout.take().expect("piped"));
    let ready = std::io::BufRead::lines(output).map_while(Result::ok).any(|line| line.contains("Muster is ready"));
    assert!(ready, "the server starts");
    first.kill().and_then(|()| first.wait()).expect("it ends");

    let url = format!("sqlite://{}", folder.path().join("muster.db").display());
    let store = Store::open(&url, SecretKey::new([42; 32])).await.expect("the database opens");
    let administrator = store.find_credentials("admin").await.expect("answers").expect("the first").user_id;
    let settings = DirectorySettings { name: "Staff".to_owned(), ..DirectorySettings::preset(Preset::OpenLdap) };
    let directory_id = store.add_directory(&settings, None, 1).await.expect("answers").expect("a new name");
    let policy = Policy {
        directory_id: Some(directory_id),
        name_conflict: NameConflict::Refuse,
        link: BTreeSet::new(),
        roles: BTreeSet::from([RoleCode::parse(RoleCode::AUDITOR).expect("a code").into()]),
        roles_to_existing: false,
        beyond: BTreeSet::new(),
        administrator_roles: BTreeSet::new(),
        acting_user: administrator,
        last_administrator: Some(administrator),
        file: None,
    };
    let records: Vec<Record> = People::new(users).iter().map(record).collect();
    let plan = plan::plan(PlanInput { records: &records, snapshot: &Snapshot::default(), policy: &policy });
    let source = PlanSource {
        directory_id: Some(directory_id),
        name: settings.name,
        query: "*".to_owned(),
        request: "{}".to_owned(),
    };
    let plan_id = store.begin_plan(&source, &policy, administrator, 1).await.expect("begun");
    for rows in plan.rows.chunks(1000) {
        store.append_plan_rows(plan_id, rows).await.expect("appended");
    }
    store.finish_plan(plan_id, &plan.summary).await.expect("finished");
    let committed = store.commit_plan(plan_id, &Selection::default(), administrator, 1).await.expect("answers");
    assert!(matches!(committed, Committed::Queued(_)), "{committed:?}");
    let claim = store.claim_job("bench", 1, i64::MAX).await.expect("answers").expect("a job waits");
    while let Held::Yes(page) = store.apply_page(&claim, 1000, 1, i64::MAX).await.expect("applied") {
        if page.last {
            break;
        }
    }
    store.end_job(&claim, JobEvent::Completed, None, 2).await.expect("ended");
    store.close().await;
}

fn record(person: Person) -> Record {
    let dn = person.dn();
    Record {
        entry: Some(EntryRef { external_id: ExternalId::from_text(&person.entry_uuid).expect("an id"), dn }),
        fields: FieldPatch {
            username: Some(person.uid),
            email: Patch::Set(person.mail),
            first_name: Patch::Set(person.given_name),
            last_name: Patch::Set(person.sn),
            display_name: Patch::Set(person.display_name),
            phone: Patch::Set(person.telephone_number),
            department: Patch::Set(person.department_number),
            job_title: Patch::Set(person.title),
            locale: Patch::Set("de-DE".to_owned()),
            time_zone: Patch::Set("Europe/Berlin".to_owned()),
            enabled: Some(true),
            custom: BTreeMap::from([("badge".to_owned(), Patch::Set(vec![person.employee_number]))]),
        },
        ..Record::default()
    }
}
