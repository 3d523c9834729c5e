//! What a plan of users needs of the file alone. It is made while a person still looks at the columns, and sends nothing.

use crate::file::corrections::Corrections;
use crate::file::known::{Known, Unknown};
use crate::file::messages::{Correction, FileError};
use crate::file::reading::Opened;
use identity::field::Field;
use plan::Record;
use plan::sheet::{Mapper, SheetMapping, Target};

/// Names and addresses that the server is asked for at a time.
const KEYS: usize = 4_000;
/// And no more bytes of them than a request may have, by half.
const KEY_BYTES: usize = 512 << 10;

/// The records of all rows, and what the server will be asked about them.
#[derive(Debug)]
pub struct Ready {
    mapping: SheetMapping,
    corrections: Vec<Correction>,
    /// What made the records.
    pub mapper: Mapper,
    /// The records; nobody is known yet.
    pub known: Known,
    /// What the server is asked.
    pub questions: Vec<Unknown>,
}

impl Ready {
    /// Reads all rows.
    pub fn new(mapping: &SheetMapping, opened: &Opened, corrections: &Corrections) -> Result<Self, FileError> {
        let mapper = Mapper::new(mapping, &opened.headers).map_err(|_| FileError::Mapping)?;
        let records = (0..opened.table.len()).map(|row| record(opened, corrections, &mapper, row)).collect();
        let field = |target: &Target| if let Target::Field(field) = target { Some(field.clone()) } else { None };
        let fields = mapping.rules.iter().filter_map(|rule| field(&rule.target)).collect::<Vec<Field>>();
        let known = Known::new(records, fields.into_iter().collect());
        let questions = unknown(&known);
        let corrections = corrections.list();
        Ok(Self { mapping: mapping.clone(), corrections, mapper, known, questions })
    }

    /// Whether this is what comes of these.
    pub fn is_of(&self, mapping: &SheetMapping, corrections: &Corrections) -> bool {
        self.mapping == *mapping && self.corrections == corrections.list()
    }
}

/// What the server is asked about records.
pub fn unknown(known: &Known) -> Vec<Unknown> {
    known.unknown(KEYS, KEY_BYTES)
}

/// What a row says. A formula's error is no text.
pub fn record(opened: &Opened, corrections: &Corrections, mapper: &Mapper, row: u32) -> Record {
    let Some(found) = opened.table.row(row) else { return Record::default() };
    let errors: Vec<u32> = opened.table.errors(row).collect();
    mapper.record(found.line, |column| {
        let corrected = corrections.get(row, column);
        corrected.or_else(|| (!errors.contains(&column)).then(|| found.cell(column)))
    })
}
