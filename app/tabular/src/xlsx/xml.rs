//! A part of the package as XML: no document types, no entities but the five, bounded texts and depth.

use super::part::Part;
use super::{ReadError, text};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;
use std::io::BufRead;

/// Elements within elements. Sheets need six or so.
const DEEPEST: u32 = 64;

/// A reader of one part.
pub(super) struct Xml {
    reader: Reader<Part>,
    buffer: Vec<u8>,
    /// Elements that are open.
    depth: u32,
    begun: bool,
}

impl Xml {
    pub fn new(part: Part) -> Xml {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().allow_unmatched_ends = false;
        Xml { reader, buffer: Vec::new(), depth: 0, begun: false }
    }

    /// Bytes taken, and bytes there are.
    pub fn progress(&self) -> (u64, u64) {
        self.reader.get_ref().progress()
    }

    /// The next event. Names are compared by what follows the prefix, for programs differ in their prefixes.
    #[inline]
    pub fn next(&mut self) -> Result<Event<'_>, ReadError> {
        self.buffer.clear();
        self.reader.get_mut().begin_item();
        if !self.begun {
            self.begun = true;
            begin(self.reader.get_mut())?;
        }
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => {
                match event {
                    Event::Start(_) if self.depth == DEEPEST => {
                        let part = self.reader.get_ref().name().to_owned();
                        return Err(ReadError::TooDeep { part, limit: DEEPEST });
                    }
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth -= 1,
                    Event::Eof if self.depth > 0 => {
                        return Err(malformed(&self.reader, "it ends in the middle".to_owned()));
                    }
                    Event::DocType(_) => {
                        let part = self.reader.get_ref().name().to_owned();
                        return Err(ReadError::DocumentType { part });
                    }
                    _ => {}
                }
                Ok(event)
            }
            Err(error) => Err(failure(&mut self.reader, error)),
        }
    }

    /// Leaves the element that has just begun, and all in it.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// Adds the text of the element that has just begun, without that of elements in it.
    pub fn text(&mut self, out: &mut String, limit: u32) -> Result<(), ReadError> {
        loop {
            match self.next()? {
                Event::End(_) => return Ok(()),
                Event::Start(_) => self.skip()?,
                Event::Text(text) => text::push_lines(out, &text),
                Event::CData(text) => text::push_lines(out, &text),
                Event::GeneralRef(reference) => match resolve(&reference) {
                    Some(char) => out.push(char),
                    None => {
                        let what = format!("the entity {:?} is unknown", &*reference);
                        return Err(malformed(&self.reader, what));
                    }
                },
                _ => {}
            }
            self.check_length(out, limit)?;
        }
    }

    /// Adds the text of a string item that has just begun: plain or rich, without phonetic guides.
    pub fn string_item(&mut self, out: &mut String, limit: u32) -> Result<(), ReadError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if let Event::Start(element) = self.next()? {
                match element.local_name().as_ref() {
                    "t" => self.text(out, limit)?,
                    "rPh" => self.skip()?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn check_length(&self, text: &str, limit: u32) -> Result<(), ReadError> {
        if text.len() <= limit as usize {
            return Ok(());
        }
        let part = self.reader.get_ref();
        Err(ReadError::TextTooLong { part: part.name().to_owned(), position: part.progress().0, limit })
    }
}

/// Looks for UTF-16, which the format allows and nobody writes: to a parser of UTF-8 it is a text without any markup.
fn begin(part: &mut Part) -> Result<(), ReadError> {
    let is_utf16 = match part.fill_buf() {
        Ok(bytes) => {
            bytes.starts_with(&[0xFE, 0xFF])
                || bytes.starts_with(&[0xFF, 0xFE])
                || bytes.iter().take(4).any(|byte| *byte == 0)
        }
        // The parser will meet the same error.
        Err(_) => false,
    };
    if is_utf16 { Err(ReadError::Encoding { part: part.name().to_owned() }) } else { Ok(()) }
}

/// Calls `found` with each attribute of an element: its name without prefix, and its value.
pub(super) fn attributes(element: &BytesStart<'_>, mut found: impl FnMut(&str, Cow<'_, str>)) {
    // One that cannot be read is as good as absent: what it is needed for is missed where it is needed.
    for attribute in element.attributes().with_checks(false).flatten() {
        let raw = attribute.value.as_ref();
        let value = if raw.contains('&') { unescape(raw).unwrap_or_default() } else { Cow::Borrowed(raw) };
        found(attribute.key.local_name().as_ref(), value);
    }
}

/// Whether an attribute says yes.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

fn resolve(reference: &BytesRef<'_>) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

fn malformed(reader: &Reader<Part>, what: String) -> ReadError {
    let part = reader.get_ref();
    ReadError::Malformed { part: part.name().to_owned(), position: part.progress().0, what }
}

#[cold]
fn failure(reader: &mut Reader<Part>, error: quick_xml::Error) -> ReadError {
    if let Some(failure) = reader.get_mut().take_failure() {
        return failure;
    }
    match error {
        quick_xml::Error::Encoding(_) => ReadError::Encoding { part: reader.get_ref().name().to_owned() },
        error => malformed(reader, error.to_string()),
    }
}
