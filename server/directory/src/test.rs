//! The tests of a directory's page, step by step, with what each found.

use crate::connect::Target;
pub use identity::directory::{Step, StepKind};

impl Target {
    /// Runs the steps of the connection test; each is given to `tell` when it is done. Answers whether all passed.
    pub async fn test(&self, _tell: impl FnMut(Step) + Send) -> bool {
        todo!()
    }
}
