//! Headers of columns: how they are compared and shown.

use crate::text::shown;
use identity::matching::fold;
use std::collections::HashMap;

/// More of a header is not compared: a whole page of text names no column.
const COMPARED: usize = 200;
/// More of a header is not shown with an issue.
const SHOWN: usize = 100;

/// A header without what surrounds it: white space, and the mark that some programs put at the beginning of a file.
pub(super) fn trimmed(header: &str) -> &str {
    header.trim_start_matches('\u{feff}').trim()
}

/// Whether a cell holds nothing but white space.
pub(super) fn is_blank(cell: &str) -> bool {
    crate::text::trimmed(cell).is_empty()
}

/// What headers are compared by: letters and digits only, NFKC and case folded, umlauts written out.
pub(super) fn key(header: &str) -> String {
    let end = header.char_indices().nth(COMPARED).map_or(header.len(), |(end, _)| end);
    let mut key = String::with_capacity(end);
    for character in fold(&header[..end]).chars().filter(|character| character.is_alphanumeric()) {
        match character {
            'ä' => key.push_str("ae"),
            'ö' => key.push_str("oe"),
            'ü' => key.push_str("ue"),
            other => key.push(other),
        }
    }
    key
}

/// A header without the remark in brackets at its end: `E-Mail (office)`, `First Name [Required]`.
pub(super) fn without_remark(header: &str) -> Option<&str> {
    let header = trimmed(header);
    let open = match header.chars().next_back() {
        Some(')') => '(',
        Some(']') => '[',
        _ => return None,
    };
    let (before, _) = header.split_once(open)?;
    Some(before.trim_end()).filter(|before| !before.is_empty())
}

/// A header as an issue names it; a column without one goes by its letters, as spreadsheets write them.
pub(super) fn named(headers: &[String], column: u32) -> String {
    let name = headers.get(column as usize).map(|header| shown(trimmed(header), SHOWN)).unwrap_or_default();
    if name.is_empty() { letters(column) } else { name }
}

/// `A`, `B`, …, `Z`, `AA`, …
fn letters(column: u32) -> String {
    let mut letters = vec![];
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Headers by name. Of several columns with one name, the first has it.
pub(super) struct Names<'h> {
    exact: HashMap<&'h str, u32>,
    keys: HashMap<String, u32>,
}

impl<'h> Names<'h> {
    pub(super) fn of(headers: &'h [String]) -> Self {
        let mut names = Self { exact: HashMap::new(), keys: HashMap::new() };
        for (column, header) in (0..).zip(headers) {
            names.exact.entry(trimmed(header)).or_insert(column);
            names.keys.entry(key(header)).or_insert(column);
        }
        names
    }

    /// The column that is called so: exactly, or else when compared.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        let by_key = || Some(key(name)).filter(|key| !key.is_empty()).and_then(|key| self.keys.get(&key));
        self.exact.get(trimmed(name)).or_else(by_key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_name_does_not_count() {
        for header in ["E-Mail", "e_mail", " E Mail * ", "\u{feff}\"E-MAIL\"", "Ｅ－Ｍａｉｌ"] {
            assert_eq!(key(header), "email");
        }
        assert_eq!(key("Straße / Tätigkeit"), "strassetaetigkeit");
        assert_eq!(key("Ta\u{308}tigkeit"), "taetigkeit");
        assert_eq!(key("-- / --"), "");
    }

    #[test]
    fn a_remark_is_the_brackets_at_the_end() {
        assert_eq!(without_remark("E-Mail (office)"), Some("E-Mail"));
        assert_eq!(without_remark("First Name [Required] "), Some("First Name"));
        assert_eq!(without_remark("(office)"), None);
        assert_eq!(without_remark("Name (a) b"), None);
    }

    #[test]
    fn a_column_without_a_name_goes_by_its_letters() {
        let headers = ["Name".to_owned(), " ".to_owned()];
        assert_eq!([0, 1, 2].map(|column| named(&headers, column)), ["Name", "B", "C"]);
        assert_eq!([25, 26, 701, 702, 16_383].map(letters), ["Z", "AA", "ZZ", "AAA", "XFD"]);
        assert_eq!(letters(u32::MAX), "MWLQKWV");
    }
}
