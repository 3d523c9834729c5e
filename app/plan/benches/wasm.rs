//! The same planning as `plan.rs`, as a wasm module that `plan.mjs` drives.
#![expect(unsafe_code, reason = "a name that JavaScript can call is unsafe by the letter of the edition")]

#[path = "../tests/support/people.rs"]
mod people;

use plan::{Plan, PlanInput, Record, Snapshot, plan};
use std::cell::RefCell;

thread_local! {
    static PEOPLE: RefCell<(Vec<Record>, Snapshot)> = RefCell::default();
    static PLAN: RefCell<Option<Plan>> = RefCell::default();
}

/// Makes the people to plan.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(count: u32) {
    PEOPLE.set(people::people(count));
}

/// Plans them, and answers how many change.
#[unsafe(no_mangle)]
pub extern "C" fn run() -> u32 {
    PEOPLE.with_borrow(|(records, snapshot)| {
        let plan = plan(PlanInput { records, snapshot, policy: &people::policy() });
        let changes = plan.summary.counts.changes();
        PLAN.set(Some(plan));
        changes
    })
}

/// Forgets the plan.
#[unsafe(no_mangle)]
pub extern "C" fn forget() {
    PLAN.set(None);
}
