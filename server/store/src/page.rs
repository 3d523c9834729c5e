//! A part of a long list.

use serde::{Deserialize, Serialize};

/// A part of a list, and how long the whole list is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// All that match, not only those in `items`.
    pub total: u32,
    /// The part.
    pub items: Vec<T>,
}
