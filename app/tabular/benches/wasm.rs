//! The readers as a wasm module that Node drives, without a browser around them. Rows are kept as the file page keeps
//! them.
#![expect(unsafe_code, reason = "a name that JavaScript can call is unsafe by the letter of the edition")]

use std::cell::RefCell;
use std::hint::black_box;
use tabular::Table;
use tabular::csv::Reader;
use tabular::dialect::{Dialect, Overrides};
use tabular::limits::Limits;
use tabular::xlsx::{self, Workbook};

thread_local! {
    static PIECE: RefCell<Vec<u8>> = const { RefCell::new(vec![]) };
    static READER: RefCell<Option<Reader>> = const { RefCell::new(None) };
    static TABLE: RefCell<Table> = RefCell::default();
}

/// Grows the memory by so much at once, as the file page does before it reads.
#[unsafe(no_mangle)]
pub extern "C" fn expect(bytes: usize) {
    let mut block = Vec::<u8>::new();
    if block.try_reserve_exact(bytes).is_ok() {
        black_box(block.as_ptr());
    }
}

/// Makes room for a file or a piece of one, and answers where it belongs.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    PIECE.with_borrow_mut(|piece| {
        piece.resize(bytes, 0);
        piece.as_mut_ptr()
    })
}

/// Reads the next piece of a CSV file, the first if none was read before; without bytes, its end. Answers how many rows
/// were read up to now.
#[unsafe(no_mangle)]
pub extern "C" fn csv() -> u32 {
    PIECE.with_borrow(|piece| {
        TABLE.with_borrow_mut(|table| {
            READER.with_borrow_mut(|reader| {
                let detect = || Reader::new(Dialect::detect(piece, &Overrides::default()), Limits::default());
                let reader = reader.get_or_insert_with(detect);
                let mut rest = piece.as_slice();
                while let Some(batch) = reader.read(&mut rest).expect("the file is within the limits") {
                    batch.rows().for_each(|row| table.add_csv(row));
                }
                while piece.is_empty()
                    && let Some(batch) = reader.finish().expect("the file is within the limits")
                {
                    batch.rows().for_each(|row| table.add_csv(row));
                }
            });
            table.len()
        })
    })
}

/// Reads the first sheet of the file, a workbook, and answers how many rows it has.
#[unsafe(no_mangle)]
pub extern "C" fn xlsx() -> u32 {
    let workbook = Workbook::open(PIECE.take(), xlsx::Limits::default()).expect("a workbook");
    let mut table = Table::default();
    workbook.rows(0).for_each(|row| table.add_row(&row.expect("a row")));
    let rows = table.len();
    TABLE.set(table);
    rows
}
