//! A sheet's XML: where rows and cells begin and what stands in them, before it means anything.

use super::reference::{Address, Range};
use super::xml::{Xml, attributes, is_true};
use super::{ReadError, text};
use quick_xml::events::{BytesStart, Event};

/// The beginning of a row.
pub(super) struct RowStart {
    /// Its number, if one is given and is one.
    pub number: Option<u32>,
    pub numbered: bool,
    pub hidden: bool,
    /// Whether there are cells to be read.
    pub has_cells: bool,
}

/// How a cell's value is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Shared,
    Text,
    Bool,
    Date,
    Error,
}

/// A cell as it is written.
pub(super) struct RawCell {
    /// Where, if it says so.
    pub place: Option<Address>,
    pub placed: bool,
    pub kind: Kind,
    pub style: u32,
    pub is_formula: bool,
    /// What stands in it, unescaped. Kept from cell to cell for its memory.
    pub value: String,
}

impl RawCell {
    pub fn new() -> RawCell {
        RawCell { place: None, placed: false, kind: Kind::Number, style: 0, is_formula: false, value: String::new() }
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        (self.place, self.placed, self.kind, self.style, self.is_formula) = (None, false, Kind::Number, 0, false);
        self.value.clear();
        attributes(element, |name, value| match name {
            "r" => (self.place, self.placed) = (Address::parse(&value), true),
            "s" => self.style = value.parse().unwrap_or(0),
            "t" => {
                self.kind = match &*value {
                    "s" => Kind::Shared,
                    "str" | "inlineStr" => Kind::Text,
                    "b" => Kind::Bool,
                    "d" => Kind::Date,
                    "e" => Kind::Error,
                    _ => Kind::Number,
                }
            }
            _ => {}
        });
    }
}

/// Reads on to the first row. False if the sheet has no rows.
pub(super) fn enter(xml: &mut Xml) -> Result<bool, ReadError> {
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "sheetData" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// Reads on into the next row. Nothing at the end of the rows.
pub(super) fn next_row(xml: &mut Xml) -> Result<Option<RowStart>, ReadError> {
    loop {
        let (element, has_cells) = match xml.next()? {
            Event::Start(element) => (element, true),
            Event::Empty(element) => (element, false),
            // What begins in here is left in here, so this is the end of all rows.
            Event::End(_) => return Ok(None),
            _ => continue,
        };
        if element.local_name().as_ref() == "row" {
            let mut row = RowStart { number: None, numbered: false, hidden: false, has_cells };
            attributes(&element, |name, value| match name {
                "r" => (row.number, row.numbered) = (value.parse().ok(), true),
                "hidden" => row.hidden = is_true(&value),
                _ => {}
            });
            return Ok(Some(row));
        }
        if has_cells {
            xml.skip()?;
        }
    }
}

/// Reads the next cell of a row. False at the end of the row.
pub(super) fn next_cell(xml: &mut Xml, cell: &mut RawCell, text_limit: u32) -> Result<bool, ReadError> {
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "c" => {
                cell.begin(&element);
                content(xml, cell, text_limit)?;
                return Ok(true);
            }
            Event::Empty(element) if element.local_name().as_ref() == "c" => {
                cell.begin(&element);
                return Ok(true);
            }
            Event::Start(_) => xml.skip()?,
            Event::End(_) => return Ok(false),
            _ => {}
        }
    }
}

fn content(xml: &mut Xml, cell: &mut RawCell, text_limit: u32) -> Result<(), ReadError> {
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "v" => {
                    // A second value takes the place of the first.
                    cell.value.clear();
                    xml.text(&mut cell.value, text_limit)?;
                    if cell.kind == Kind::Text {
                        text::unescape(&mut cell.value, 0);
                    }
                }
                "is" => {
                    cell.value.clear();
                    xml.string_item(&mut cell.value, text_limit)?;
                    text::unescape(&mut cell.value, 0);
                }
                "f" => {
                    cell.is_formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            },
            Event::Empty(element) => cell.is_formula |= element.local_name().as_ref() == "f",
            Event::End(_) => return Ok(()),
            _ => {}
        }
    }
}

/// Reads on to the end of the sheet and calls `found` with each merged range; with nothing for one that is none.
pub(super) fn merged(xml: &mut Xml, mut found: impl FnMut(Option<Range>)) -> Result<(), ReadError> {
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "mergeCell" => {
                attributes(&element, |name, value| {
                    if name == "ref" {
                        found(Range::parse(&value));
                    }
                });
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
