//! What would change, as a value. A plan is computed from records, a snapshot of the users that they
//! may concern and a policy, by a pure function that runs on the server and in the browser alike.
//! Applying it makes no choices, so a preview cannot differ from the import.
//!
//! [`plan()`] takes everything at once; a [`Planner`] takes a source page by page and keeps only names.

pub mod apply;
mod assignment;
pub mod carry;
pub mod change;
pub mod changeset;
pub mod correlation;
pub mod diff;
pub mod digest;
pub mod guard;
mod index;
pub mod input;
pub mod issue;
pub mod many;
pub mod mapping;
pub mod objects;
pub mod packed;
pub mod planner;
pub mod row;
mod seen;
pub mod selection;
pub mod sheet;
pub mod sign_in;
pub mod state;
pub mod summary;
mod text;
mod value;

pub use carry::{Carried, Carrier};
pub use change::{FieldChange, Mark};
pub use changeset::{Change, Target, changeset};
pub use digest::Digest;
pub use guard::Guard;
pub use input::{EntryRef, FilePolicy, PlanInput, Policy, Record, Snapshot};
pub use issue::Issue;
pub use mapping::map_entry;
pub use planner::{Plan, Planner, plan, plan_without_digest};
pub use row::{Action, Kind, Reason, Row};
pub use selection::{Part, Selection};
pub use state::RowState;
pub use summary::{Counts, Summary};
