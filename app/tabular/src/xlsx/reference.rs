//! Places on a sheet: `B7`, `B7:C9`.

use std::fmt;

/// Rows that a sheet can have.
pub(super) const LAST_ROW: u32 = 1_048_576;
/// Columns that a sheet can have: A to XFD.
pub(super) const LAST_COLUMN: u32 = 16_384;

/// A cell's place, shown as spreadsheets show it: `B7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// From 1, at most 1,048,576.
    pub row: u32,
    /// From 1 (A), at most 16,384 (XFD).
    pub column: u32,
}

impl Address {
    /// Reads `B7`. Nothing if there is no such place.
    pub(super) fn parse(text: &str) -> Option<Address> {
        let (mut row, mut column) = (0u32, 0u32);
        for byte in text.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                    column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                }
                // The first digit is never 0, so `row` above tells whether there was one.
                b'1'..=b'9' => row = row * 10 + u32::from(byte - b'0'),
                b'0' if row > 0 => row *= 10,
                _ => return None,
            }
            if column > LAST_COLUMN || row > LAST_ROW {
                return None;
            }
        }
        (row > 0 && column > 0).then_some(Address { row, column })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = String::new();
        let mut rest = self.column;
        while rest > 0 {
            let digit = (rest - 1) % 26;
            letters.insert(0, char::from(b'A' + digit as u8));
            rest = (rest - 1) / 26;
        }
        write!(f, "{letters}{}", self.row)
    }
}

/// Merged cells: the first one shows its value in all of them, the others are blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    /// Top left.
    pub first: Address,
    /// Bottom right, within the range.
    pub last: Address,
}

impl Range {
    /// Reads `B7:C9`. Nothing if there is no such range.
    pub(super) fn parse(text: &str) -> Option<Range> {
        let (first, last) = text.split_once(':')?;
        let (first, last) = (Address::parse(first)?, Address::parse(last)?);
        (first.row <= last.row && first.column <= last.column).then_some(Range { first, last })
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_and_shown_alike() {
        for text in ["A1", "Z9", "AA10", "AZ52", "BA53", "ZZ702", "AAA703", "XFD1048576"] {
            assert_eq!(Address::parse(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn what_lies_outside_the_sheet_is_no_place() {
        for text in
            ["", "A", "1", "A0", "A01", "XFE1", "A1048577", "A1B", "ZZZZZZZZZZZZ1", "A99999999999", "$A$1", "Ä1"]
        {
            assert_eq!(Address::parse(text), None, "{text}");
        }
        assert_eq!(Range::parse("B2:A1"), None);
        assert_eq!(Range::parse("A1:C3").expect("a range").to_string(), "A1:C3");
    }
}
