//! django-python3-ldap: the same people into SQLite by `ldap_sync_users`.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use testkit::Slapd;
use testkit::people::SUFFIX;
use testkit::slapd::{BIND_DN, BIND_PASSWORD};

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/directory/django/run.py");

/// Whether `.ci/need bench` installed it.
pub fn is_there() -> bool {
    python().exists()
}

/// How long its command takes for so many people, without the start of Python and the making of the tables.
pub fn sync_users(slapd: &Slapd, count: u32) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = Command::new(python())
        .arg(PROGRAM)
        .arg(folder.path())
        .args([&slapd.url(), SUFFIX, BIND_DN, BIND_PASSWORD])
        .output()
        .expect("Python runs");
    let answer: serde_json::Value = serde_json::from_slice(&run.stdout)
        .unwrap_or_else(|_| panic!("no times: {}", String::from_utf8_lossy(&run.stderr)));
    assert_eq!(answer["people"], count, "everybody is there");
    Duration::from_secs_f64(answer["seconds"].as_f64().expect("a number"))
}

/// In the folder that `.ci/need` puts things into.
fn python() -> PathBuf {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    let of_user = || variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
    let cache = variable("MUSTER_CACHE").or_else(|| Some(of_user()?.join("muster"))).expect("a user has a home");
    cache.join("tools/bench/python/bin/python")
}
