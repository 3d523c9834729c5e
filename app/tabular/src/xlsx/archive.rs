//! The ZIP archive that a workbook is: its directory, read without unpacking anything.
//!
//! Only the central directory is believed, as spreadsheet programs do. Names serve to find parts and are never paths of
//! anything outside the archive.

use super::{Limits, ReadError};
use std::sync::Arc;

const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const END64: &[u8] = b"PK\x06\x06";
const LOCATOR64: &[u8] = b"PK\x06\x07";
const LOCATOR64_LENGTH: usize = 20;
const CENTRAL: &[u8] = b"PK\x01\x02";
const CENTRAL_LENGTH: usize = 46;
const LOCAL: &[u8] = b"PK\x03\x04";
const LOCAL_LENGTH: usize = 30;

/// The bytes and what they hold.
#[derive(Debug)]
pub(super) struct Archive {
    pub bytes: Arc<Vec<u8>>,
    /// Sorted by name.
    entries: Vec<Entry>,
}

/// One file of the archive.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// In ASCII lower case, with `/`, without one at the beginning: the same part for every spelling that OPC allows.
    pub name: String,
    pub encrypted: bool,
    pub method: u16,
    pub checksum: u32,
    pub packed_size: u64,
    pub size: u64,
    /// Where its local header begins.
    header: u64,
}

/// The form of a part's name under which it is found.
pub(super) fn part_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

impl Archive {
    /// Reads the directory at the end of the file.
    pub fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Archive, ReadError> {
        let directory = Directory::find(&bytes)?;
        if directory.entries > u64::from(limits.entries) {
            return Err(ReadError::TooManyEntries { limit: limits.entries });
        }
        let mut rest = slice(&bytes, directory.begin, directory.size).ok_or(ReadError::Directory)?;
        let mut entries = Vec::new();
        for _ in 0..directory.entries {
            let (entry, length) = central_entry(rest, directory.shift).ok_or(ReadError::Directory)?;
            entries.push(entry);
            rest = &rest[length..];
        }
        entries.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(Archive { bytes: Arc::new(bytes), entries })
    }

    /// The part with this name, if there is one; an error if there are two.
    pub fn find(&self, name: &str) -> Result<Option<&Entry>, ReadError> {
        let name = part_name(name);
        let first = self.entries.partition_point(|entry| entry.name < name);
        let mut same = self.entries[first..].iter().take_while(|entry| entry.name == name);
        match (same.next(), same.next()) {
            (_, Some(_)) => Err(ReadError::Duplicate { part: name }),
            (found, None) => Ok(found),
        }
    }

    /// The packed bytes of an entry, as positions in the file: begin and end.
    pub fn packed(&self, entry: &Entry) -> Result<(usize, usize), ReadError> {
        let packed = || {
            let header = slice(&self.bytes, entry.header, LOCAL_LENGTH as u64)?.strip_prefix(LOCAL)?;
            let begin = entry.header.checked_add((LOCAL_LENGTH + usize::from(u16_at(header, 22)?)) as u64)?;
            let begin = begin.checked_add(u64::from(u16_at(header, 24)?))?;
            slice(&self.bytes, begin, entry.packed_size)?;
            Some((usize::try_from(begin).ok()?, usize::try_from(begin.checked_add(entry.packed_size)?).ok()?))
        };
        packed().ok_or(ReadError::Directory)
    }
}

/// Where the central directory lies.
struct Directory {
    entries: u64,
    begin: u64,
    size: u64,
    /// Bytes that somebody put before the archive, by which all its positions are short.
    shift: u64,
}

impl Directory {
    fn find(bytes: &[u8]) -> Result<Directory, ReadError> {
        // The record is followed by a comment of at most 65,535 bytes.
        let from = bytes.len().saturating_sub(END_LENGTH + usize::from(u16::MAX));
        let place = memchr::memmem::rfind(&bytes[from..], END).ok_or(ReadError::Truncated)? + from;
        if bytes.len() < place + END_LENGTH {
            return Err(ReadError::Truncated);
        }
        Self::at(bytes, place).ok_or(ReadError::Directory)
    }

    fn at(bytes: &[u8], place: usize) -> Option<Directory> {
        let end = &bytes[place..];
        let (mut entries, mut size) = (u64::from(u16_at(end, 10)?), u64::from(u32_at(end, 12)?));
        let (mut offset, mut place) = (u64::from(u32_at(end, 16)?), place);
        let located = place.checked_sub(LOCATOR64_LENGTH).map(|from| &bytes[from..]);
        if let Some(locator) = located.filter(|locator| locator.starts_with(LOCATOR64)) {
            let from = usize::try_from(u64_at(locator, 8)?).ok()?;
            let end = bytes.get(from..)?;
            if !end.starts_with(END64) {
                return None;
            }
            (entries, size, offset, place) = (u64_at(end, 32)?, u64_at(end, 40)?, u64_at(end, 48)?, from);
        }
        let shift = (place as u64).checked_sub(size)?.checked_sub(offset)?;
        Some(Directory { entries, begin: offset + shift, size, shift })
    }
}

/// The first entry of what is left of the directory, and its length there.
fn central_entry(bytes: &[u8], shift: u64) -> Option<(Entry, usize)> {
    if !bytes.starts_with(CENTRAL) {
        return None;
    }
    let (name, extra) = (usize::from(u16_at(bytes, 28)?), usize::from(u16_at(bytes, 30)?));
    let comment = usize::from(u16_at(bytes, 32)?);
    let name_end = CENTRAL_LENGTH + name;
    let text = String::from_utf8_lossy(bytes.get(CENTRAL_LENGTH..name_end)?);
    let mut large = large_fields(bytes.get(name_end..name_end + extra)?);
    let mut field = |value: u32| if value == u32::MAX { large.next() } else { Some(u64::from(value)) };
    let size = field(u32_at(bytes, 24)?)?;
    let packed_size = field(u32_at(bytes, 20)?)?;
    let header = field(u32_at(bytes, 42)?)?.checked_add(shift)?;
    let length = name_end + extra + comment;
    let entry = Entry {
        name: part_name(&text),
        encrypted: u16_at(bytes, 8)? & 1 != 0,
        method: u16_at(bytes, 10)?,
        checksum: u32_at(bytes, 16)?,
        packed_size,
        size,
        header,
    };
    (length <= bytes.len()).then_some((entry, length))
}

/// The ZIP64 field of an entry: those of its sizes and positions that do not fit their places, in their order.
fn large_fields(mut extra: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let mut fields: &[u8] = &[];
    while let (Some(kind), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let Some(content) = extra.get(4..4 + usize::from(length)) else { break };
        if kind == 1 {
            fields = content;
            break;
        }
        extra = &extra[4 + usize::from(length)..];
    }
    (0..3).map_while(move |index| u64_at(fields, index * 8))
}

fn slice(bytes: &[u8], begin: u64, length: u64) -> Option<&[u8]> {
    let begin = usize::try_from(begin).ok()?;
    bytes.get(begin..begin.checked_add(usize::try_from(length).ok()?)?)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}
