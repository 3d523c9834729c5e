//! CSV: rows from bytes as a stream, and rows as bytes.
//!
//! A [`Reader`] is fed bytes, whole or in chunks, and gives [batches](Batch) of rows, each a page of text and where its
//! cells lie, so that a cell costs no allocation. The memory that reading needs is one batch and one row. To cancel is
//! to ask no further.
//!
//! ```
//! # fn read(bytes: &[u8]) -> Result<(), tabular::csv::ReadError> {
//! use tabular::csv::Reader;
//! use tabular::dialect::{Dialect, Overrides};
//! use tabular::limits::Limits;
//!
//! let dialect = Dialect::detect(bytes, &Overrides::default());
//! for batch in Reader::new(dialect, Limits::default()).batches(bytes) {
//!     let batch = batch?;
//!     for row in batch.rows() {
//!         println!("{} {:?}", row.number(), row.cells().collect::<Vec<_>>());
//!     }
//!     println!("{:?}", batch.issues());
//! }
//! # Ok(())
//! # }
//! # assert!(read(b"a,b\r\n1,2\r\n").is_ok());
//! ```

mod batch;
mod charset;
mod encoding;
mod error;
mod guard;
mod quoted;
mod reader;
mod scan;
mod utf16;
mod writer;

pub use batch::{Batch, RowRef, Rows};
pub(crate) use encoding::detect as detect_encoding;
pub use encoding::{Encoding, Evidence};
pub use error::ReadError;
pub use guard::{guard, unguard};
pub use reader::{Batches, Reader};
pub(crate) use utf16::decode as decode_utf16;
pub use writer::Writer;
