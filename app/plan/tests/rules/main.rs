//! The rules of planning, each as a sentence over texts (see `notation`).
#![cfg(not(target_arch = "wasm32"))]

mod files;
mod matching;
mod name_conflict;
#[path = "../support/notation.rs"]
mod notation;
mod objects;
mod rows;
mod scopes;

use expect_test::Expect;
use notation::{planned, rendered};

/// Records of a directory under its defaults.
fn check(records: &str, users: &str, expected: Expect) {
    check_with("", records, users, expected);
}

fn check_with(policy: &str, records: &str, users: &str, expected: Expect) {
    expected.assert_eq(&rendered(&planned(policy, records, users)));
}
