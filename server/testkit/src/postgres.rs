//! A PostgreSQL server of one's own.

use crate::certificates::Files;
use crate::free_port;
use std::io::{BufRead, BufReader, Write as _};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A running server. It ends with this value, and with the process that started it, however that ends: a shell waits
/// for the end of a pipe, which the kernel closes, then stops the server and removes its folder.
#[derive(Debug)]
pub struct Postgres {
    guard: Child,
    answers: BufReader<ChildStdout>,
    port: u16,
    folder: PathBuf,
    programs: PathBuf,
    databases: AtomicU32,
}

/// Durability is off: the data live for seconds. Everything else is as an installation has it.
const START: &str = r#"
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
port=$2 programs=$1
shift 2
"$programs/initdb" -D "$folder/data" -U muster -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >"$folder/log" 2>&1
if [ "$#" -eq 2 ]; then
    printf '%s' "$1" >"$folder/server.pem"
    (umask 077 && printf '%s' "$2" >"$folder/server.key")
    set -- -c ssl=on -c ssl_cert_file="$folder/server.pem" -c ssl_key_file="$folder/server.key"
fi
if [ -n "${SMALL_DISK:-}" ]; then
    printf '%s' "$SMALL_DISK" >"$folder/small_disk.c"
    cc -shared -fPIC -o "$folder/small_disk.so" "$folder/small_disk.c" -ldl
    printf '\377\377\377\377\377\377\377\177' >"$folder/room"
    export SMALL_DISK="$folder/room"
    preload="$folder/small_disk.so"
fi
serve() {
    LD_PRELOAD="${preload:-}" "$programs/postgres" -D "$folder/data" -k "$folder" -h 127.0.0.1 -p "$port" "$@" \
        -c max_connections=300 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        </dev/null >>"$folder/log" 2>&1 &
    server=$!
    tries=0
    until "$programs/pg_isready" -q -h 127.0.0.1 -p "$port" -U muster; do
        tries=$((tries + 1))
        if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then cat "$folder/log" >&2; exit 1; fi
        sleep 0.1
    done
}
serve "$@"
echo "ready $folder"
while read -r order; do
    case $order in
        stop)
            "$programs/pg_ctl" stop -s -w -m immediate -D "$folder/data" >&2
            wait "$server" || true
            ;;
        start) serve "$@" ;;
    esac
    echo "$order done"
done
kill -INT "$server" 2>/dev/null || true
wait "$server" || true
"#;

impl Postgres {
    /// Starts a server on a free port of the loopback. `initdb` refuses to run as root: then it runs as `postgres`.
    pub fn start() -> Self {
        Self::start_with(&[], None)
    }

    /// The same on a disk that can become full, see [`Postgres::set_room`].
    pub fn start_on_small_disk() -> Self {
        Self::start_with(&[], Some(include_str!("small_disk.c")))
    }

    /// The same with TLS, for those who ask for it.
    pub fn start_with_tls(files: &Files) -> Self {
        let text = |path| std::fs::read_to_string(path).expect("the files were made before");
        Self::start_with(&[text(&files.certificate), text(&files.key)], None)
    }

    fn start_with(certificate_and_key: &[String], small_disk: Option<&str>) -> Self {
        let programs = programs();
        let port = free_port();
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        command.args(["-c", START, "sh"]).arg(&programs).arg(port.to_string());
        command.args(certificate_and_key);
        if let Some(program) = small_disk {
            command.env("SMALL_DISK", program);
        }
        // The account `postgres` may enter neither the folder of whoever runs the tests nor their temporary one.
        command.current_dir("/").env_remove("TMPDIR");
        // A group of its own: Ctrl-C in a terminal ends the tests, and their end stops the server in good order.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        let mut guard = command.spawn().expect("sh and setpriv are part of every Debian");
        let mut answer = String::new();
        let mut answers = BufReader::new(guard.stdout.take().expect("the output is a pipe"));
        answers.read_line(&mut answer).expect("the guard's output is text");
        let folder = answer.trim().strip_prefix("ready ").map(PathBuf::from);
        let folder = folder.expect("PostgreSQL did not start; its log stands above");
        Self { guard, answers, port, folder, programs, databases: AtomicU32::new(0) }
    }

    /// Ends it in the middle of whatever it does, as if it had crashed. What was answered as written is there when it
    /// starts again, if `synchronous_commit` is on where that was.
    pub fn stop_at_once(&mut self) {
        self.order("stop");
    }

    /// Starts it again at the same place, and waits until it has recovered.
    pub fn start_again(&mut self) {
        self.order("start");
    }

    fn order(&mut self, order: &str) {
        let stdin = self.guard.stdin.as_mut().expect("it is taken when this value ends");
        writeln!(stdin, "{order}").expect("the guard reads");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the guard's output is text");
        assert_eq!(answer.trim(), format!("{order} done"), "its log stands above");
    }

    /// The server that all tests of a program share.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Makes an empty database; its URL.
    pub fn create_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("create database {name}"));
        self.url(&name)
    }

    /// The URL of a database.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://muster@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    /// By how many bytes tables and indexes may still grow, on a small disk.
    pub fn room(&self) -> u64 {
        let bytes = std::fs::read(self.folder.join("room")).expect("it was started on a small disk");
        u64::from_le_bytes(bytes.try_into().expect("a number"))
    }

    /// Sets it.
    pub fn set_room(&self, bytes: u64) {
        use std::os::unix::fs::FileExt;
        // In place, and in one piece: all processes of the server look at these bytes.
        let file = std::fs::File::options().write(true).open(self.folder.join("room"));
        let written = file.expect("it was started on a small disk").write_at(&bytes.to_le_bytes(), 0);
        assert_eq!(written.expect("there is room for it"), 8);
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Runs a statement with `psql`; what it prints, without headings and padding.
    pub fn sql(&self, database: &str, statement: &str) -> String {
        self.answer("psql", database, &["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement])
    }

    /// Every row of a database as the statement that would insert it.
    pub fn dump(&self, database: &str) -> String {
        let text = self.answer("pg_dump", database, &["--data-only", "--inserts"]);
        // Newer versions begin and end with a word that they make up each time.
        let is_made_up = |line: &&str| line.starts_with("\\restrict") || line.starts_with("\\unrestrict");
        text.lines().filter(|line| !is_made_up(line)).collect::<Vec<_>>().join("\n")
    }

    /// What one of the server's own programs answers.
    fn answer(&self, program: &str, database: &str, arguments: &[&str]) -> String {
        let port = self.port.to_string();
        let output = Command::new(self.programs.join(program))
            .args(["-h", "127.0.0.1", "-p", &port, "-U", "muster", "-d", database])
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("it is installed beside the server");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The end of its input tells the guard to stop the server.
        drop(self.guard.stdin.take());
        // Nothing is left to do if it is gone already.
        let _ = self.guard.wait();
    }
}

/// Where Debian keeps the server's programs: the newest version.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .map(|version| version.path().join("bin"))
        .filter(|folder| folder.join("initdb").exists())
        .max_by_key(|folder| version_of(folder));
    newest.expect("PostgreSQL is installed: Debian's package postgresql")
}

fn version_of(folder: &Path) -> u32 {
    let version = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    version.and_then(|version| version.parse().ok()).unwrap_or(0)
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}
