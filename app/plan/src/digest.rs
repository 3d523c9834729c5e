//! The name of a plan by its content.

use serde::{Deserialize, Serialize};

/// SHA-256 over the rows of a plan, as lower-case hexadecimal: two plans with the same digest do the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(pub String);
