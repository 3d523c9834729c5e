//! Numbers as a spreadsheet shows them.

/// The significant digits that spreadsheets show. A number that needs more has a binary remainder.
const DIGITS: usize = 15;

/// A number's shortest text: fifteen digits at most, no exponent unless it is very large or very small. `raw` is how the
/// file writes it.
pub(super) fn shown(value: f64, raw: &str) -> String {
    if is_plain(raw) { raw.to_owned() } else { shortest(value) }
}

/// The text of a computed number.
pub(super) fn shortest(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    // Whole numbers keep all digits: those above 15 may be exact, and a person would miss them.
    let value = if value.fract() == 0.0 { value } else { format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value) };
    if (1e-9..1e21).contains(&value.abs()) {
        return value.to_string();
    }
    let text = format!("{value:E}");
    match text.split_once('E') {
        Some((digits, power)) if !power.starts_with('-') => format!("{digits}E+{power}"),
        _ => text,
    }
}

/// Whether a text is already the shortest one of its number, which nearly all are.
fn is_plain(raw: &str) -> bool {
    let digits = raw.strip_prefix('-').unwrap_or(raw).as_bytes();
    let mut point = None;
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {}
            b'.' if point.is_none() => point = Some(at),
            _ => return false,
        }
    }
    let begins_well = match digits {
        [b'0'] => !raw.starts_with('-'),
        [b'0', b'.', ..] | [b'1'..=b'9', ..] => true,
        _ => false,
    };
    let ends_well = point.is_none() || matches!(digits.last(), Some(b'1'..=b'9'));
    digits.len() <= DIGITS && begins_well && ends_well
}

/// Whether the file writes digits that are an id rather than a number: with zeros before it, or more digits than a
/// spreadsheet's number keeps.
pub(super) fn is_digits_of_an_id(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    ((bytes.len() > 1 && bytes[0] == b'0') || bytes.len() > DIGITS) && bytes.iter().all(u8::is_ascii_digit)
}

/// Whether a number has more digits than spreadsheets keep, so that some may have been lost.
pub(super) fn is_beyond_digits(value: f64) -> bool {
    value.fract() == 0.0 && value.abs() >= 1e15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_they_were_typed() {
        for (raw, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("0.0", "0"),
            ("42", "42"),
            ("-42.5", "-42.5"),
            ("1.10", "1.1"),
            ("0.1", "0.1"),
            ("0.10000000000000001", "0.1"),
            ("0.30000000000000004", "0.3"),
            ("1.1000000000000001", "1.1"),
            ("1E3", "1000"),
            ("1.5E-3", "0.0015"),
            ("9007199254740993", "9007199254740992"),
            ("1.23456789012345E+17", "123456789012345000"),
            ("1E+300", "1E+300"),
            ("-2.5E-30", "-2.5E-30"),
            (".5", "0.5"),
            ("5.", "5"),
        ] {
            assert_eq!(shown(raw.parse().expect(raw), raw), expected, "{raw}");
        }
    }

    #[test]
    fn ids_are_known_by_their_digits() {
        for id in ["007", "00", "1234567890123456", "00000000000000000001"] {
            assert!(is_digits_of_an_id(id), "{id}");
        }
        for number in ["0", "7", "0.5", "-007", "123456789012345", "1E3", ""] {
            assert!(!is_digits_of_an_id(number), "{number}");
        }
    }
}
