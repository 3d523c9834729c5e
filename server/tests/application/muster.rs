//! The binary, started in a folder of its own.

use crate::http::{self, Answer};
use server_fn::ServerFn;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The folder of an installation: it outlives the processes that run on it.
pub struct Installation {
    folder: Arc<TempDir>,
    variables: Vec<(String, String)>,
}

/// A running server.
pub struct Muster {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// What it printed for the person at the terminal.
    pub welcome: String,
    log: Arc<Mutex<String>>,
    _folder: Arc<TempDir>,
}

/// Makes two tests of each function that takes a new [`Installation`]: on SQLite and on PostgreSQL.
macro_rules! on_both_databases {
    ($($test:ident,)*) => {
        mod sqlite {
            $(#[test]
            fn $test() {
                super::$test(crate::muster::Installation::new());
            })*
        }
        mod postgres {
            $(#[test]
            fn $test() {
                super::$test(crate::muster::Installation::on_postgres());
            })*
        }
    };
}
pub(crate) use on_both_databases;

impl Installation {
    /// A new one, on SQLite.
    pub fn new() -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let listen = format!("127.0.0.1:{}", testkit::free_port());
        let installation = Self { folder, variables: vec![] };
        let data = installation.folder.path().to_str().expect("UTF-8").to_owned();
        installation.with("MUSTER_DATA_DIR", &data).with("MUSTER_LISTEN", &listen)
    }

    /// A new one, on a new database of PostgreSQL.
    pub fn on_postgres() -> Self {
        Self::new().with("MUSTER_DATABASE_URL", &testkit::Postgres::shared().create_database())
    }

    /// With a setting.
    pub fn with(mut self, variable: &str, value: &str) -> Self {
        self.variables.retain(|(known, _)| known != variable);
        self.variables.push((variable.to_owned(), value.to_owned()));
        self
    }

    /// A command of the binary, with nothing of the test's own settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MUSTER_")) {
            command.env_remove(name);
        }
        command.args(arguments).envs(self.variables.iter().cloned());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    /// Starts the server and waits until it says that it is ready.
    pub fn start(&self) -> Muster {
        self.start_by(self.command(&["serve"]))
    }

    /// The same by another command, whose process becomes the server.
    pub fn start_by(&self, command: Command) -> Muster {
        let listen = self.variable("MUSTER_LISTEN");
        let address = listen.and_then(|address| address.parse().ok()).expect("an address");
        Muster::start(command, address, self.folder.clone())
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(variable, _)| variable == name).map(|(_, value)| value.as_str())
    }

    /// The name of its database, when that is one of PostgreSQL.
    fn database_name(&self) -> Option<&str> {
        self.variable("MUSTER_DATABASE_URL")?.rsplit('/').next()?.split('?').next()
    }

    /// Whether its database is one of PostgreSQL.
    pub fn is_on_postgres(&self) -> bool {
        self.database_name().is_some()
    }

    /// Runs a statement in the database, behind the server's back.
    pub fn meddle(&self, statement: &str) {
        match self.database_name() {
            Some(name) => drop(testkit::Postgres::shared().sql(name, statement)),
            None => drop(self.sqlite(statement)),
        }
    }

    /// Everything that is stored, a row a line, as statements that would insert it.
    pub fn stored(&self) -> String {
        match self.database_name() {
            Some(name) => testkit::Postgres::shared().dump(name),
            None => self.sqlite(".dump"),
        }
    }

    /// How many rows there are `FROM`.
    pub fn count(&self, from: &str) -> u32 {
        let statement = format!("SELECT count(*) FROM {from}");
        let answer = match self.database_name() {
            Some(name) => testkit::Postgres::shared().sql(name, &statement),
            None => self.sqlite(&statement),
        };
        answer.trim().parse().expect("a number")
    }

    /// What SQLite's own program answers.
    fn sqlite(&self, statement: &str) -> String {
        let mut command = Command::new("sqlite3");
        command.args(["-cmd", ".timeout 5000"]).arg(self.database()).arg(statement);
        let output = command.output().expect("sqlite3 runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// The file of the database of SQLite.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("muster.db")
    }

    /// Starts the server with a demo directory, in the same folder.
    pub fn start_demo(&self) -> Muster {
        let listen = self.variables.iter().find(|(variable, _)| variable == "MUSTER_LISTEN");
        let address = listen.and_then(|(_, address)| address.parse().ok()).expect("an address");
        Muster::start(self.command(&["demo"]), address, self.folder.clone())
    }

    /// The database, beside the server.
    pub async fn store(&self) -> store::Store {
        let key = std::fs::read_to_string(self.folder.path().join("secret.key")).expect("the key was made");
        let mut bytes = [0; 32];
        for (byte, digits) in bytes.iter_mut().zip(key.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).expect("ASCII"), 16).expect("hexadecimal");
        }
        let sqlite = || format!("sqlite://{}", self.database().display());
        let url = self.variable("MUSTER_DATABASE_URL").map_or_else(sqlite, str::to_owned);
        let key = store::secrets::SecretKey::new(bytes);
        store::Store::open(&url, key).await.expect("the database opens")
    }
}

impl Muster {
    fn start(mut command: Command, address: SocketAddr, folder: Arc<TempDir>) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let log = Arc::new(Mutex::new(String::new()));
        let (written, errors) = (log.clone(), child.stderr.take().expect("piped"));
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                let mut log = written.lock().expect("nobody panics with it");
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let mut welcome = String::new();
        // The welcome ends with an empty line.
        while !welcome.contains("Muster is ready") || !welcome.ends_with("\n\n") {
            if output.read_line(&mut welcome).expect("output") == 0 {
                panic!("it ended before it was ready: {welcome}{}", log.lock().expect("nobody panics with it"));
            }
        }
        // Nobody reads the rest, and a full pipe must not stop the server.
        std::thread::spawn(move || output.read_to_end(&mut vec![]));
        Self { child, address, welcome, log, _folder: folder }
    }

    /// The one-time password that it printed.
    pub fn one_time_password(&self) -> Option<&str> {
        self.welcome.split("one-time password ").nth(1)?.split_whitespace().next()
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        self.log.lock().expect("nobody panics with it").clone()
    }

    /// Asks for a page.
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        http::send(self.address, "GET", path, headers, &[])
    }

    /// Calls a server function as a page does.
    pub fn call<F: ServerFn>(&self, arguments: &serde_json::Value, headers: &[(&str, &str)]) -> Answer {
        self.post(F::PATH, arguments, headers)
    }

    /// Calls the server function at a path as a page does.
    pub fn post(&self, path: &str, arguments: &serde_json::Value, headers: &[(&str, &str)]) -> Answer {
        let mut headers = headers.to_vec();
        headers.extend([("Content-Type", "application/json"), ("Sec-Fetch-Site", "same-origin")]);
        http::send(self.address, "POST", path, &headers, arguments.to_string().as_bytes())
    }

    /// Signs in.
    pub fn sign_in(&self, username: &str, password: &str) -> Answer {
        let arguments = serde_json::json!({ "username": username, "password": password });
        self.call::<app::api::session::SignIn>(&arguments, &[])
    }

    /// Listens to events; the status tells whether the cookie's user may.
    pub fn listen(&self, cookie: &str, last_event_id: Option<&str>) -> (u16, BufReader<TcpStream>) {
        let mut headers = vec![("Cookie", cookie), ("Connection", "close")];
        headers.extend(last_event_id.map(|id| ("Last-Event-ID", id)));
        let mut stream = BufReader::new(http::open(self.address, "GET", "/events", &headers, &[]));
        let status = http::read_head(&mut stream).status;
        (status, stream)
    }

    /// Whether this cookie is worth anything.
    pub fn knows(&self, cookie: &str) -> bool {
        match self.listen(cookie, None).0 {
            200 => true,
            401 => false,
            other => panic!("events answered {other}"),
        }
    }

    /// Sends a signal.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Ends it as a power cut does.
    pub fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// Sends SIGTERM; how long it took to end, and how it ended.
    pub fn terminate(mut self) -> (Duration, std::process::ExitStatus) {
        let begun = Instant::now();
        self.signal("-TERM");
        let status = self.child.wait().expect("it ends");
        (begun.elapsed(), status)
    }
}

impl Drop for Muster {
    fn drop(&mut self) {
        // Gone already, when a test has ended it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
