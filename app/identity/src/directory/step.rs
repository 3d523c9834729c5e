//! A step of the tests of a directory's page.

use crate::cause::Cause;
use serde::{Deserialize, Serialize};

/// A step of a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// What it found (for people: addresses, certificate, vendor, naming contexts), or why it failed.
    pub result: Result<Vec<(String, String)>, Cause>,
    /// Addresses that were tried too and cannot be used, with the reason.
    pub unusable: Vec<(String, Cause)>,
    /// Milliseconds that it took.
    pub took_ms: u32,
}

/// The steps, in order. After one that failed there are no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum StepKind {
    Name,
    Tcp,
    /// What the server presented, also when it is not accepted by the next step: so that a person can pin it.
    Certificate,
    Tls,
    Bind,
    RootDse,
    Base,
    Users,
}
