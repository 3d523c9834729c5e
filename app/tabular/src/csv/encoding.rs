//! Which encoding a text is written in.

use std::fmt;

/// An encoding that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, and so ASCII.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, and so Latin-1 and ASCII. Every byte is a character of it.
    Windows1252,
}

/// By what an encoding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A byte order mark.
    Mark,
    /// The places of its NUL bytes.
    Nuls,
    /// Characters beyond ASCII that are (but for a few) UTF-8, or are not.
    Characters,
    /// The sample is ASCII, which says nothing. When the rest begins with something that is no UTF-8, the reader goes
    /// on in Windows-1252.
    AsciiOnly,
    /// Somebody said so.
    Chosen,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16 LE",
            Encoding::Utf16Be => "UTF-16 BE",
            Encoding::Windows1252 => "Windows-1252",
        })
    }
}

/// The encoding of the text that begins with `sample`.
pub(crate) fn detect(sample: &[u8]) -> (Encoding, Evidence) {
    if let Some(encoding) = by_mark(sample) {
        return (encoding, Evidence::Mark);
    }
    if let Some(encoding) = by_nuls(sample) {
        return (encoding, Evidence::Nuls);
    }
    match Validity::of(sample) {
        Validity { characters: 0, faults: 0 } => (Encoding::Utf8, Evidence::AsciiOnly),
        // One cell that was cut in the middle of a character does not make a whole file Windows-1252.
        Validity { characters, faults } if characters > faults => (Encoding::Utf8, Evidence::Characters),
        Validity { .. } => (Encoding::Windows1252, Evidence::Characters),
    }
}

fn by_mark(sample: &[u8]) -> Option<Encoding> {
    match sample {
        [0xEF, 0xBB, 0xBF, ..] => Some(Encoding::Utf8),
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// In UTF-16, delimiters, line breaks, digits and most of Latin have a zero byte, always on the same side.
fn by_nuls(sample: &[u8]) -> Option<Encoding> {
    let pairs = sample.chunks_exact(2);
    let count = pairs.len();
    let (mut first, mut second) = (0, 0);
    for pair in pairs {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let many = |zeros: usize, others: usize| zeros >= 2 && zeros * 10 >= count * 3 && others * 4 <= zeros;
    if many(second, first) {
        Some(Encoding::Utf16Le)
    } else if many(first, second) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// How much of a text beyond ASCII is UTF-8.
struct Validity {
    characters: usize,
    faults: usize,
}

impl Validity {
    fn of(mut rest: &[u8]) -> Self {
        let beyond_ascii = |text: &[u8]| text.iter().filter(|&&byte| byte >= 0xC0).count();
        let (mut characters, mut faults) = (0, 0);
        while let Err(error) = std::str::from_utf8(rest) {
            let (valid, invalid) = rest.split_at(error.valid_up_to());
            characters += beyond_ascii(valid);
            // The sample may end in the middle of a character.
            let Some(length) = error.error_len() else { return Self { characters, faults } };
            faults += 1;
            rest = &invalid[length..];
        }
        Self { characters: characters + beyond_ascii(rest), faults }
    }
}

/// The characters of Windows-1252 from 0x80 to 0x9F. Five places are free there; like everybody, they are read as the
/// control characters of Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The character of a byte in Windows-1252.
pub(super) fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
