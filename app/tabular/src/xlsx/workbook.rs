//! A workbook: its sheets by name, and what they share.

use super::archive::Archive;
use super::date::Epoch;
use super::part::Part;
use super::relationship::{self, Relationship};
use super::strings::Strings;
use super::styles::Styles;
use super::xml::{Xml, attributes, is_true};
use super::{Issue, Limits, ReadError, Rows};
use quick_xml::events::Event;

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// As its tab shows it.
    pub name: String,
    /// Whether the spreadsheet hides it.
    pub hidden: bool,
}

/// An open workbook.
pub struct Workbook {
    pub(super) archive: Archive,
    pub(super) limits: Limits,
    pub(super) styles: Styles,
    pub(super) strings: Strings,
    pub(super) epoch: Epoch,
    sheets: Vec<Sheet>,
    /// The names of the sheets' parts, in the order of `sheets`.
    parts: Vec<String>,
    macros: bool,
}

impl Workbook {
    /// Reads what a workbook says of itself: its sheets and styles. No cell is read.
    ///
    /// # Errors
    /// [`ReadError`] says what the file is instead of a workbook, or what is wrong with it.
    pub fn open(bytes: Vec<u8>, limits: Limits) -> Result<Workbook, ReadError> {
        refuse_other_kinds(&bytes)?;
        if bytes.len() as u64 > limits.bytes {
            return Err(ReadError::FileTooLarge { size: bytes.len() as u64, limit: limits.bytes });
        }
        let archive = Archive::read(bytes, &limits)?;
        let name = main_part(&archive, &limits)?;
        let relationships = relationship::of(&archive, &name, &limits)?;
        let (listed, epoch) = contents(open_part(&archive, &name, &limits)?, &limits)?;
        let mut sheets = Vec::new();
        let mut parts = Vec::new();
        for (id, sheet) in listed {
            // The tabs of charts and macros have no cells.
            let is_it = |other: &&Relationship| other.id == id && other.kind == "worksheet";
            if let Some(relationship) = relationships.iter().find(is_it) {
                parts.push(relationship.target.clone());
                sheets.push(sheet);
            }
        }
        if sheets.is_empty() {
            return Err(ReadError::NoSheets);
        }
        let part = |kind: &str| relationships.iter().find(|relationship| relationship.kind == kind);
        let optional = |kind: &str| -> Result<Option<Xml>, ReadError> {
            let Some(relationship) = part(kind) else { return Ok(None) };
            let Some(entry) = archive.find(&relationship.target)? else { return Ok(None) };
            Ok(Some(Xml::new(Part::open(&archive, entry, &limits)?)))
        };
        let styles = optional("styles")?.map(Styles::read).transpose()?.unwrap_or_default();
        let strings = optional("sharedStrings")?.map(|xml| Strings::new(xml, &limits)).unwrap_or_default();
        let macros = part("vbaProject").is_some();
        Ok(Workbook { archive, limits, styles, strings, epoch, sheets, parts, macros })
    }

    /// The sheets, in the order of their tabs.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// What is to be said of the workbook as a whole.
    pub fn issues(&self) -> Vec<Issue> {
        if self.macros { vec![Issue::Macros] } else { vec![] }
    }

    /// The rows of a sheet, by its place among [`Workbook::sheets`]. [`Rows::into_workbook`] gives the workbook back.
    pub fn rows(self, sheet: usize) -> Rows {
        Rows::new(self, sheet)
    }

    /// Begins to read a sheet.
    pub(super) fn open_sheet(&self, sheet: usize) -> Result<Xml, ReadError> {
        let name = self.parts.get(sheet).ok_or(ReadError::NoSuchSheet { number: sheet as u64 + 1 })?;
        open_part(&self.archive, name, &self.limits)
    }
}

fn open_part(archive: &Archive, name: &str, limits: &Limits) -> Result<Xml, ReadError> {
    let entry = archive.find(name)?.ok_or_else(|| ReadError::Missing { part: name.to_owned() })?;
    Ok(Xml::new(Part::open(archive, entry, limits)?))
}

/// Tells kinds of files by how they begin.
fn refuse_other_kinds(bytes: &[u8]) -> Result<(), ReadError> {
    const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(COMPOUND) {
        let names = |name: &str| {
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memchr::memmem::find(bytes, &name).is_some()
        };
        return Err(match () {
            () if names("EncryptedPackage") => ReadError::Encrypted,
            () if names("Workbook") || names("Book") => ReadError::OldExcel,
            () => ReadError::NotAWorkbook,
        });
    }
    // Something may stand before an archive, but nobody mails workbooks like that.
    if bytes.starts_with(b"PK") { Ok(()) } else { Err(ReadError::NotAWorkbook) }
}

/// The name of the part that lists the sheets.
fn main_part(archive: &Archive, limits: &Limits) -> Result<String, ReadError> {
    let relationships = relationship::of(archive, "", limits)?;
    let named = relationships.into_iter().find(|relationship| relationship.kind == "officeDocument");
    let name = named.map_or_else(|| "xl/workbook.xml".to_owned(), |relationship| relationship.target);
    if name.ends_with(".bin") {
        return Err(ReadError::BinaryExcel);
    }
    if archive.find(&name)?.is_some() && !name.starts_with("word/") && !name.starts_with("ppt/") {
        return Ok(name);
    }
    Err(match archive.find("META-INF/manifest.xml")?.and(archive.find("mimetype")?) {
        Some(_) => ReadError::OpenDocument,
        None => ReadError::NotAWorkbook,
    })
}

/// The sheets with the ids of their relationships, and the epoch.
fn contents(mut xml: Xml, limits: &Limits) -> Result<(Vec<(String, Sheet)>, Epoch), ReadError> {
    let mut sheets = Vec::new();
    let mut epoch = Epoch::Year1900;
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "sheet" => {
                    let (mut id, mut sheet) = (String::new(), Sheet { name: String::new(), hidden: false });
                    attributes(&element, |name, value| match name {
                        "id" => id = value.into_owned(),
                        "name" => sheet.name = value.into_owned(),
                        "state" => sheet.hidden = value != "visible",
                        _ => {}
                    });
                    sheets.push((id, sheet));
                }
                "workbookPr" => attributes(&element, |name, value| {
                    if name == "date1904" && is_true(&value) {
                        epoch = Epoch::Year1904;
                    }
                }),
                _ => {}
            },
            Event::Eof => return Ok((sheets, epoch)),
            _ => {}
        }
        if sheets.len() > limits.sheets as usize {
            return Err(ReadError::TooManySheets { limit: limits.sheets });
        }
    }
}
