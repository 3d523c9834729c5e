//! The table of texts that the cells of a workbook share, read no further than was asked for.

use super::ReadError;
use super::xml::Xml;
use super::{Limits, text};
use quick_xml::events::Event;

/// Texts, one after the other. Programs write them in the order in which cells use them first, so the first rows of a
/// large sheet need the first texts only.
#[derive(Default)]
pub(super) struct Strings {
    /// Nothing once all is read, or if the workbook has no shared texts.
    xml: Option<Xml>,
    texts: String,
    /// Where each text ends in `texts`.
    ends: Vec<u32>,
    limit: u32,
    text_limit: u32,
    /// Why there are no more. What stands behind a text that cannot be read would be taken for that text.
    failure: Option<ReadError>,
}

impl Strings {
    pub fn new(xml: Xml, limits: &Limits) -> Strings {
        let Limits { shared_text_bytes, text_bytes, .. } = *limits;
        Strings { xml: Some(xml), limit: shared_text_bytes, text_limit: text_bytes, ..Strings::default() }
    }

    /// The text with this number, from 0.
    pub fn get(&mut self, index: u32) -> Result<Option<&str>, ReadError> {
        let index = index as usize;
        while self.ends.len() <= index && self.read_next()? {}
        let Some(end) = self.ends.get(index) else { return Ok(None) };
        let begin = if index == 0 { 0 } else { self.ends[index - 1] };
        Ok(Some(&self.texts[begin as usize..*end as usize]))
    }

    /// Reads one more text. False at the end.
    fn read_next(&mut self) -> Result<bool, ReadError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let read = self.read_text();
        self.failure = read.as_ref().err().cloned();
        read
    }

    fn read_text(&mut self) -> Result<bool, ReadError> {
        let Some(xml) = &mut self.xml else { return Ok(false) };
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "si" => {
                    let begin = self.texts.len();
                    xml.string_item(
                        &mut self.texts,
                        u32::try_from(begin).unwrap_or(u32::MAX).saturating_add(self.text_limit),
                    )?;
                    text::unescape(&mut self.texts, begin);
                    break;
                }
                Event::Empty(element) if element.local_name().as_ref() == "si" => break,
                Event::Eof => {
                    self.xml = None;
                    return Ok(false);
                }
                _ => {}
            }
        }
        let bytes = self.texts.len() + size_of_val(self.ends.as_slice());
        match u32::try_from(self.texts.len()) {
            Ok(end) if bytes <= self.limit as usize => self.ends.push(end),
            _ => return Err(ReadError::SharedTextTooLarge { limit: self.limit }),
        }
        Ok(true)
    }
}
