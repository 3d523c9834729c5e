//! Files that hold files: ZIP archives, and the compound files of old Office programs.

use super::{Format, Unreadable};

/// What a ZIP archive is, by the names of its parts.
pub(super) fn zip(head: &[u8], tail: &[u8]) -> Result<Format, Unreadable> {
    // The first part of an OpenDocument file is its type, not packed.
    if let Some(kind) = after(head, b"mimetypeapplication/vnd.") {
        let is_sheet = kind.starts_with(b"oasis.opendocument.spreadsheet") || kind.starts_with(b"sun.xml.calc");
        return Err(if is_sheet { Unreadable::OpenDocument } else { Unreadable::OtherDocument });
    }
    let named = |prefix: &[u8]| {
        let local = names(head, b"PK\x03\x04", LOCAL_NAME);
        local.chain(names(tail, b"PK\x01\x02", CENTRAL_NAME)).any(|name| starts_with(name, prefix))
    };
    if named(b"xl/workbook.bin") {
        Err(Unreadable::BinaryExcel)
    } else if named(b"xl/vbaproject.bin") {
        Ok(Format::MacroWorkbook)
    } else if named(b"xl/") {
        Ok(Format::Workbook)
    } else if named(b"word/") || named(b"ppt/") || named(b"visio/") {
        Err(Unreadable::OtherDocument)
    } else if named(b"index/document.iwa") || named(b"index.zip") {
        Err(Unreadable::Numbers)
    } else if named(b"[content_types].xml") {
        // Some workbook or other: whoever opens it will see.
        Ok(Format::Workbook)
    } else {
        Err(Unreadable::Archive)
    }
}

/// What a compound file is, by the names of its streams.
pub(super) fn compound(head: &[u8], tail: &[u8]) -> Unreadable {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        after(head, &name).or_else(|| after(tail, &name)).is_some()
    };
    if holds("EncryptedPackage") || holds("EncryptionInfo") {
        Unreadable::Encrypted
    } else if holds("WordDocument") || holds("PowerPoint Document") || holds("VisioDocument") {
        Unreadable::OtherDocument
    } else {
        Unreadable::OldExcel
    }
}

/// Where the name stands behind a signature, and where its length.
struct NamePlace {
    length: usize,
    name: usize,
}

const LOCAL_NAME: NamePlace = NamePlace { length: 26, name: 30 };
const CENTRAL_NAME: NamePlace = NamePlace { length: 28, name: 46 };

/// The names behind all signatures of a kind.
fn names<'a>(mut bytes: &'a [u8], signature: &'static [u8], place: NamePlace) -> impl Iterator<Item = &'a [u8]> {
    std::iter::from_fn(move || {
        loop {
            let at = bytes.windows(signature.len()).position(|window| window == signature)?;
            let header = &bytes[at..];
            bytes = &header[signature.len()..];
            let length = header.get(place.length..place.length + 2);
            let length = length.map(|length| usize::from(u16::from_le_bytes([length[0], length[1]])));
            if let Some(name) = length.and_then(|length| header.get(place.name..place.name + length)) {
                return Some(name);
            }
        }
    })
}

/// Letters compare without case, as names of parts do.
fn starts_with(name: &[u8], prefix: &[u8]) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// What follows the first place where `wanted` stands.
fn after<'a>(bytes: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    let at = bytes.windows(wanted.len()).position(|window| window == wanted)?;
    bytes.get(at + wanted.len()..)
}
