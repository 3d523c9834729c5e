//! The number format of each cell style.

use super::ReadError;
use super::number_format::{NumberFormat, built_in, parse};
use super::xml::{Xml, attributes};
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// Cell styles that a workbook can have.
const MOST: u32 = 65_536;

/// What a cell's style number means.
#[derive(Debug, Default)]
pub(super) struct Styles {
    formats: Vec<NumberFormat>,
}

impl Styles {
    pub fn read(mut xml: Xml) -> Result<Styles, ReadError> {
        let mut codes = BTreeMap::new();
        let mut formats = Vec::new();
        let mut in_cell_formats = false;
        loop {
            match xml.next()? {
                Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                    "numFmt" => {
                        let (mut id, mut format) = (None, None);
                        attributes(&element, |name, value| match name {
                            "numFmtId" => id = value.parse::<u32>().ok(),
                            "formatCode" => format = Some(parse(&value)),
                            _ => {}
                        });
                        codes.extend(id.zip(format));
                    }
                    "cellXfs" => in_cell_formats = true,
                    // Others stand under `cellStyleXfs` and `dxfs`.
                    "xf" if in_cell_formats => {
                        let mut id = 0;
                        attributes(&element, |name, value| {
                            if name == "numFmtId" {
                                id = value.parse().unwrap_or(0);
                            }
                        });
                        formats.push(id);
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "cellXfs" => in_cell_formats = false,
                Event::Eof => break,
                _ => {}
            }
            if formats.len() > MOST as usize || codes.len() > MOST as usize {
                return Err(ReadError::TooManyStyles { limit: MOST });
            }
        }
        let format = |id: u32| codes.get(&id).cloned().unwrap_or_else(|| built_in(id));
        Ok(Styles { formats: formats.into_iter().map(format).collect() })
    }

    /// The format of a style. One that does not exist changes nothing.
    #[inline]
    pub fn format(&self, style: u32) -> &NumberFormat {
        self.formats.get(style as usize).unwrap_or(&NumberFormat::Number)
    }
}
