//! Parts used by more than one page.

pub mod bell;
