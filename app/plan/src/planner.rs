//! Records in, rows out.

use crate::input::{PlanInput, Policy, Record, Snapshot};
use crate::row::Row;
use crate::summary::Summary;
use serde::{Deserialize, Serialize};

/// A whole plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// One row a record, in their order.
    pub rows: Vec<Row>,
    /// The same in numbers.
    pub summary: Summary,
}
