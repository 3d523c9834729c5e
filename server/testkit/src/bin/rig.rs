//! Real servers for the tests of the pages: prints where they are as one line of JSON, and stops them when its input ends.

use std::io::Read as _;
use testkit::postgres::Postgres;
use testkit::slapd::{BIND_DN, BIND_PASSWORD, ROOT_DN, ROOT_PASSWORD, Slapd};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut people = 5_000;
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--people", Some(number)) => people = number.parse().expect("--people takes a number"),
            _ => panic!("usage: rig [--people N]"),
        }
    }

    let slapd = Slapd::start(people);
    let postgres = Postgres::start();
    let line = [
        ("ldap", slapd.url()),
        ("ldaps", slapd.ldaps_url()),
        ("ca_pem", slapd.ca_pem().to_owned()),
        ("certificate_sha256", slapd.certificate_sha256()),
        ("slapd_pid", slapd.pid().to_string()),
        ("base_dn", testkit::people::SUFFIX.to_owned()),
        ("bind_dn", BIND_DN.to_owned()),
        ("bind_password", BIND_PASSWORD.to_owned()),
        ("root_dn", ROOT_DN.to_owned()),
        ("root_password", ROOT_PASSWORD.to_owned()),
        ("people", people.to_string()),
        ("postgres", postgres.create_database()),
    ]
    .map(|(name, value)| format!("{}:{}", quoted(name), quoted(&value)))
    .join(",");
    println!("{{{line}}}");

    // Whoever started this holds the other end; when it dies, however it dies, the input ends.
    let mut rest = vec![];
    let _ = std::io::stdin().read_to_end(&mut rest);
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}
