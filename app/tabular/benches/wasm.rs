//! The readers as a wasm module that Node drives, without a browser around them. Rows are kept as the file page keeps
//! them: texts side by side.
#![expect(unsafe_code, reason = "a name that JavaScript can call is unsafe by the letter of the edition")]

use std::cell::RefCell;
use std::hint::black_box;
use tabular::cell::Cell;
use tabular::csv::{Batch, Reader};
use tabular::dialect::{Dialect, Overrides};
use tabular::limits::Limits;
use tabular::xlsx::{self, Workbook};

/// A page of texts is full with so many bytes.
const PAGE: usize = 1 << 20;

/// Texts of cells, one behind the other.
#[derive(Default)]
struct Texts {
    pages: Vec<(String, Vec<u32>)>,
    cells: u32,
}

impl Texts {
    fn push(&mut self, text: &str) {
        if self.pages.last().is_none_or(|(texts, _)| texts.len() >= PAGE) {
            self.pages.push(Default::default());
        }
        let (texts, ends) = self.pages.last_mut().expect("a page was begun");
        texts.push_str(text);
        ends.push(texts.len() as u32);
        self.cells += 1;
    }

    fn add(&mut self, batch: &Batch) {
        batch.rows().flat_map(|row| row.cells()).for_each(|cell| self.push(cell));
    }
}

thread_local! {
    static PIECE: RefCell<Vec<u8>> = const { RefCell::new(vec![]) };
    static READER: RefCell<Option<Reader>> = const { RefCell::new(None) };
    static TEXTS: RefCell<Texts> = RefCell::default();
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

/// Reads the next piece of a CSV file, the first if none was read before; without bytes, its end. Answers how many cells
/// were read up to now.
#[unsafe(no_mangle)]
pub extern "C" fn csv() -> u32 {
    PIECE.with_borrow(|piece| {
        TEXTS.with_borrow_mut(|texts| {
            READER.with_borrow_mut(|reader| {
                let detect = || Reader::new(Dialect::detect(piece, &Overrides::default()), Limits::default());
                let reader = reader.get_or_insert_with(detect);
                let mut rest = piece.as_slice();
                while let Some(batch) = reader.read(&mut rest).expect("the file is within the limits") {
                    texts.add(&batch);
                }
                while piece.is_empty()
                    && let Some(batch) = reader.finish().expect("the file is within the limits")
                {
                    texts.add(&batch);
                }
            });
            texts.cells
        })
    })
}

/// Reads the first sheet of the file, a workbook, and answers how many cells it has.
#[unsafe(no_mangle)]
pub extern "C" fn xlsx() -> u32 {
    let workbook = Workbook::open(PIECE.take(), xlsx::Limits::default()).expect("a workbook");
    let mut texts = Texts::default();
    for row in workbook.rows(0) {
        for cell in &row.expect("a row").cells {
            texts.push(match cell {
                Cell::Blank => "",
                Cell::Text(text) | Cell::Date(text) | Cell::Error(text) => text,
                Cell::Number { shown, .. } => shown,
                Cell::Bool(true) => "TRUE",
                Cell::Bool(false) => "FALSE",
            });
        }
    }
    let cells = texts.cells;
    TEXTS.set(texts);
    cells
}
