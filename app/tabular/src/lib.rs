//! CSV and XLSX as rows of typed cells, read from bytes as a stream. Knows nothing of users.
//!
//! [`Format::detect`] says what a file is. [`csv`] reads and writes delimited text in the [`dialect`] that is detected
//! or chosen, [`xlsx`] reads workbooks. Both give rows with the numbers that a person sees, and [`header`] finds the
//! names of the columns in either; a [`Table`] keeps the rows below them.

pub mod cell;
pub mod csv;
pub mod dialect;
pub mod format;
pub mod header;
pub mod issue;
pub mod limits;
pub mod table;
pub mod xlsx;

pub use cell::{Cell, Row};
pub use format::{Format, Unreadable};
pub use table::Table;
