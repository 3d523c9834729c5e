//! Texts, and what is none.

use super::{Format, Unreadable};
use crate::csv::{Encoding, decode_utf16, detect_encoding};
use std::borrow::Cow;

/// How much of the text is looked at.
const HEAD: usize = 4 << 10;
/// More control characters than this share are no text.
const CONTROL_SHARE: f64 = 0.1;

/// What a file is that is no container.
pub(super) fn kind(head: &[u8]) -> Result<Format, Unreadable> {
    let head = &head[..head.len().min(HEAD)];
    let (encoding, _) = detect_encoding(head);
    let text = match encoding {
        Encoding::Utf8 | Encoding::Windows1252 => Cow::Borrowed(head),
        Encoding::Utf16Le => Cow::Owned(decode_utf16(head, false)),
        Encoding::Utf16Be => Cow::Owned(decode_utf16(head, true)),
    };
    let text = text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&text).trim_ascii_start();
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    if controls(text) as f64 > text.len() as f64 * CONTROL_SHARE {
        return Err(Unreadable::Binary);
    }
    let begins =
        |start: &str| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes()));
    let holds = |part: &str| text.windows(part.len()).any(|window| window == part.as_bytes());
    if ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style"].into_iter().any(begins) {
        return Err(Unreadable::Html);
    }
    if begins("<?xml") || begins("<!--") {
        return Err(if holds("urn:schemas-microsoft-com:office:spreadsheet") || holds("Excel.Sheet") {
            Unreadable::ExcelXml
        } else if holds("opendocument.spreadsheet") {
            Unreadable::OpenDocument
        } else if holds("<html") || holds("<HTML") {
            Unreadable::Html
        } else {
            Unreadable::Xml
        });
    }
    let compact = text.iter().filter(|byte| !byte.is_ascii_whitespace()).take(2).copied();
    match compact.collect::<Vec<_>>().as_slice() {
        [b'{', b'"' | b'}'] | [b'[', b'{' | b'"' | b']'] => Err(Unreadable::Json),
        _ => Ok(Format::Csv),
    }
}

fn controls(text: &[u8]) -> usize {
    text.iter().filter(|byte| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127)).count()
}
