//! XLSX workbooks: their sheets, and the rows of one as a stream.
//!
//! A file is opened from its bytes; nothing is unpacked but what is asked for. The rows of a sheet come one by one, so
//! the memory that reading needs is a window of 64 KiB, one row and the table of shared texts, which is read no further
//! than the rows asked for need it. To cancel is to ask no further.
//!
//! ```
//! # fn read(bytes: Vec<u8>) -> Result<(), tabular::xlsx::ReadError> {
//! use tabular::xlsx::{Limits, Workbook};
//!
//! let workbook = Workbook::open(bytes, Limits::default())?;
//! let first_visible = workbook.sheets().iter().position(|sheet| !sheet.hidden).unwrap_or(0);
//! let mut rows = workbook.rows(first_visible);
//! for row in rows.by_ref() {
//!     println!("{:?}", row?.cells);
//! }
//! println!("{:?} {:?}", rows.merged(), rows.issues());
//! # Ok(())
//! # }
//! # assert!(read(vec![]).is_err());
//! ```
//!
//! Files are taken as hostile: sizes and counts that they declare are checked before anything is reserved, what is
//! really inflated is counted again, and each [limit](Limits) has an error that names it.

mod archive;
mod date;
mod error;
mod issue;
mod limits;
mod number;
mod number_format;
mod part;
mod reference;
mod relationship;
mod rows;
mod sheet_xml;
mod strings;
mod styles;
mod text;
mod value;
mod workbook;
mod xml;

pub use error::ReadError;
pub use issue::Issue;
pub use limits::Limits;
pub use reference::{Address, Range};
pub use rows::{Progress, Rows};
pub use workbook::{Sheet, Workbook};
