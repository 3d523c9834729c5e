//! A demo directory and OpenLDAP's tools, pointed at it.

use demo::{BIND_DN, BIND_PASSWORD, Demo, Failure};
use std::{process::Stdio, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
};

pub struct Peer(pub Demo);

/// What a tool said.
#[derive(Debug)]
pub struct Answer {
    /// The tool's exit code: the result code of LDAP, or more when the connection failed.
    pub code: i32,
    pub output: String,
    pub error: String,
}

impl Peer {
    pub async fn start() -> Self {
        let address = "127.0.0.1:0".parse().expect("an address");
        Self(Demo::start(address).await.expect("a free port"))
    }

    pub fn switch(&self, failure: Failure) {
        self.0.switches().set(failure);
    }

    /// Searches as the demo's own account.
    pub async fn search(&self, options: &[&str]) -> Answer {
        let bind = ["-LLL", "-o", "ldif-wrap=no", "-D", BIND_DN, "-w", BIND_PASSWORD];
        self.run("ldapsearch", &[&bind, options].concat(), "").await
    }

    /// Searches in two pages and switches to a failure between them.
    pub async fn search_across(&self, failure: Failure, options: &[&str]) -> Answer {
        // Into a pipe the tool would keep its question to itself.
        let mut child = Command::new("stdbuf")
            .args(["-o0", "ldapsearch"])
            .args(["-x", "-LLL", "-H", &self.0.url(), "-D", BIND_DN, "-w", BIND_PASSWORD, "-E", "pr=1000/prompt"])
            .args(options)
            .env("LDAPNOINIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("coreutils are installed");
        let (mut stdin, mut stdout) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        let mut output = Vec::new();
        while !String::from_utf8_lossy(&output).contains("Press [size] Enter") {
            assert_ne!(stdout.read_buf(&mut output).await.expect("readable"), 0, "it ended on the first page");
        }
        self.switch(failure);
        stdin.write_all(b"\n").await.expect("it waits for a line");
        stdout.read_to_end(&mut output).await.expect("readable");
        let ended = child.wait_with_output().await.expect("it ends");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Answer { code: ended.status.code().unwrap_or(-1), output: text(&output), error: text(&ended.stderr) }
    }

    /// Changes as the demo's own account.
    pub async fn modify(&self, ldif: &str) -> Answer {
        self.run("ldapmodify", &["-D", BIND_DN, "-w", BIND_PASSWORD], ldif).await
    }

    /// Whether a search is still waiting when half a second is over.
    pub async fn stays_unanswered(&self, options: &[&str]) -> bool {
        tokio::time::timeout(Duration::from_millis(500), self.search(options)).await.is_err()
    }

    pub async fn run(&self, tool: &str, options: &[&str], input: &str) -> Answer {
        let mut child = Command::new(tool)
            .args(["-x", "-H", &self.0.url()])
            .args(options)
            .env("LDAPNOINIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("ldap-utils is installed");
        let mut stdin = child.stdin.take().expect("piped");
        // A tool that needs no input may have closed it already.
        let _ = stdin.write_all(input.as_bytes()).await;
        drop(stdin);
        let output = tokio::time::timeout(Duration::from_secs(60), child.wait_with_output()).await;
        let output = output.expect("answered within a minute").expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Answer { code: output.status.code().unwrap_or(-1), output: text(&output.stdout), error: text(&output.stderr) }
    }
}

impl Answer {
    pub fn entries(&self) -> usize {
        self.output.lines().filter(|line| line.starts_with("dn:")).count()
    }

    /// The values of an attribute, over all entries; those that LDIF writes as base64 as they are there.
    pub fn values(&self, name: &str) -> Vec<String> {
        let lines = self.output.lines().filter_map(|line| line.split_once(':'));
        lines
            .filter(|(own, _)| *own == name)
            .map(|(_, value)| value.trim_start_matches(':').trim().to_owned())
            .collect()
    }

    /// The names of the attributes, each once, in their order.
    pub fn attributes(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in self.output.lines().filter_map(|line| line.split_once(':')) {
            if name != "dn" && !names.iter().any(|own| own == name) {
                names.push(name.to_owned());
            }
        }
        names
    }
}
