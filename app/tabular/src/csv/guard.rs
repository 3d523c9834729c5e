//! Cells that a spreadsheet would run as formulas.
//!
//! Spreadsheet programs run a cell that begins with `=`, `+`, `-` or `@`, or with their full-width forms, be it quoted
//! or not. An apostrophe before that character keeps them from it, and is taken off again when the file is read.
//!
//! The beginning of the cell is not the only place: a program that expects another delimiter splits a value where we see
//! none (`x;=1` in a file of commas is such a value), and drops quotes there. So the character is guarded behind every
//! `,`, `;`, tab, `|` and line break too, with any quotes, apostrophes and spaces in between. An apostrophe that stood
//! there before gets a second one, and only one is taken off: what was guarded always comes back as it was.

use std::borrow::Cow;

/// The text with an apostrophe before each character that would make it a formula.
pub fn guard(cell: &str) -> Cow<'_, str> {
    // Most cells hold none of them anywhere.
    if !cell.bytes().any(may_begin_formula) {
        return Cow::Borrowed(cell);
    }
    let mut places = Places::of(cell.as_bytes());
    let Some(first) = places.next() else { return Cow::Borrowed(cell) };
    let mut guarded = String::with_capacity(cell.len() + 8);
    let mut done = 0;
    for place in std::iter::once(first).chain(places) {
        guarded.push_str(&cell[done..place]);
        guarded.push('\'');
        done = place;
    }
    guarded.push_str(&cell[done..]);
    Cow::Owned(guarded)
}

/// The text as it was before [`guard`].
pub fn unguard(cell: &str) -> Cow<'_, str> {
    let bytes = cell.as_bytes();
    let mut places = Places::of(bytes).filter(|&place| is_guarded(bytes, place)).peekable();
    if places.peek().is_none() {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    let mut done = 0;
    for place in places {
        text.push_str(&cell[done..place - 1]);
        done = place;
    }
    text.push_str(&cell[done..]);
    Cow::Owned(text)
}

/// The same in place: how long the text is afterwards.
pub(super) fn unguard_in_place(cell: &mut [u8]) -> usize {
    let places: Vec<usize> = Places::of(cell).filter(|&place| is_guarded(cell, place)).collect();
    let mut length = 0;
    let mut done = 0;
    for place in places.into_iter().map(|place| place - 1).chain([cell.len()]) {
        cell.copy_within(done..place, length);
        length += place - done;
        done = place + 1;
    }
    length
}

/// Whether a byte may follow a guarding apostrophe.
pub(super) fn may_begin_formula(byte: u8) -> bool {
    matches!(byte, b'=' | b'+' | b'-' | b'@' | 0xEF)
}

fn is_guarded(cell: &[u8], place: usize) -> bool {
    place > 0 && cell[place - 1] == b'\''
}

/// Where characters stand that make a formula.
struct Places<'a> {
    cell: &'a [u8],
    at: usize,
    /// Whether a spreadsheet may take what comes next for the beginning of a cell.
    begins: bool,
}

impl<'a> Places<'a> {
    fn of(cell: &'a [u8]) -> Self {
        Self { cell, at: 0, begins: true }
    }
}

impl Iterator for Places<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while let Some(&byte) = self.cell.get(self.at) {
            let place = self.at;
            self.at += 1;
            let begins = self.begins;
            self.begins = match byte {
                b',' | b';' | b'\t' | b'|' | b'\r' | b'\n' => true,
                b'"' | b'\'' | b' ' => begins,
                _ => false,
            };
            if begins && begins_formula(&self.cell[place..]) {
                return Some(place);
            }
        }
        None
    }
}

fn begins_formula(text: &[u8]) -> bool {
    // Full-width: ＋ － ＝ ＠.
    matches!(text, [b'=' | b'+' | b'-' | b'@', ..] | [0xEF, 0xBC, 0x8B | 0x8D | 0x9D | 0xA0, ..])
}
