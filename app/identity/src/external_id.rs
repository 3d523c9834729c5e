//! The name that a directory gives to an entry for good: entryUUID (RFC 4530), objectGUID, nsUniqueId.

use crate::attribute;
use crate::filter::{Filter, FilterError};

/// The longest external id, in bytes.
const MAX_LENGTH: usize = 1_000;
/// The attribute whose values are always bytes.
const BINARY: &str = "objectGUID";
/// Attributes whose values are always text: asked for as text alone, since directories without an index for them compare
/// each entry with each value.
const TEXT: [&str; 3] = ["entryUUID", "nsUniqueId", "ipaUniqueID"];

/// Stays the same when the entry is renamed or moved. Kept as text: a UUID in lower case, since its case says nothing
/// (RFC 4530 2.1), lower-case hexadecimal for other binary identifiers, and anything else as it was read, since the
/// directory may hold another that differs in case alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ExternalId(String);

impl ExternalId {
    /// From the text of an attribute such as entryUUID. `None` when it is blank.
    pub fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = if is_uuid(text) { text.to_ascii_lowercase() } else { text.to_owned() };
        (!text.is_empty()).then_some(Self(text))
    }

    /// From the 16 bytes of Active Directory's objectGUID, whose first three groups are little-endian
    /// (MS-DTYP 2.3.4.2).
    pub fn from_object_guid(bytes: &[u8; 16]) -> Self {
        let [a, b, c, d, e, f, g, h, rest @ ..] = *bytes;
        let mut text = String::with_capacity(36);
        let ordered = [d, c, b, a, f, e, h, g].into_iter().chain(rest);
        for (index, byte) in ordered.enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text.push_str(&format!("{byte:02x}"));
        }
        Self(text)
    }

    /// From a value of an attribute. It depends on nothing but the attribute and the bytes: those of a binary identifier
    /// are valid UTF-8 now and then.
    pub fn read(attribute: &str, value: &[u8]) -> Option<Self> {
        if value.len() > MAX_LENGTH {
            return None;
        }
        let guid = <&[u8; 16]>::try_from(value).ok();
        if let Some(guid) = guid.filter(|_| attribute::same(BINARY, attribute)) {
            return Some(Self::from_object_guid(guid));
        }
        match std::str::from_utf8(value) {
            Ok(text) if !text.trim().chars().any(char::is_control) => Self::from_text(text),
            _ => match guid {
                Some(guid) => Some(Self::from_object_guid(guid)),
                None => Self::from_text(&value.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
            },
        }
    }

    /// The filter that finds the entry whose `attribute` this was read from. The same text may have been text or bytes
    /// there, and then either is asked for.
    pub fn filter(&self, attribute: &str) -> Result<Filter, FilterError> {
        let is_one_of = |names: &[&str]| names.iter().any(|known| attribute::same(known, attribute));
        let is_read = |value: &Vec<u8>| Self::read(attribute, value).as_ref() == Some(self);
        let (text, guid, bytes) = (self.0.as_bytes().to_vec(), self.guid_bytes(), bytes_of(&self.0));
        let values: Vec<Vec<u8>> = match guid {
            _ if is_one_of(&TEXT) => vec![text],
            Some(guid) if is_one_of(&[BINARY]) => vec![guid],
            guid => std::iter::once(text).chain(guid.into_iter().chain(bytes).filter(is_read)).collect(),
        };
        let filters = values.into_iter().map(|value| Filter::equal(attribute, value));
        filters.collect::<Result<_, _>>().map(Filter::or)
    }

    /// What [`ExternalId::from_object_guid`] was made from, if it was.
    fn guid_bytes(&self) -> Option<Vec<u8>> {
        let digits: String = self.0.split('-').collect();
        let [a, b, c, d, e, f, g, h, rest @ ..] = <[u8; 16]>::try_from(bytes_of(&digits)?).ok()?;
        Some([d, c, b, a, f, e, h, g].into_iter().chain(rest).collect())
    }

    /// The text that is stored and compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The bytes that hexadecimal digits stand for.
fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| match pair {
        [high, low] => {
            let digit = |digit: u8| char::from(digit).to_digit(16);
            u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
        }
        _ => None,
    };
    pairs.map(byte).collect()
}

/// Whether a text is hexadecimal digits in the groups of a UUID (RFC 9562 4), or of 389 DS's nsUniqueId.
fn is_uuid(text: &str) -> bool {
    let grouped = |hyphens: &[usize]| {
        text.bytes().enumerate().all(|(place, byte)| match byte {
            b'-' => hyphens.contains(&place),
            byte => byte.is_ascii_hexdigit() && !hyphens.contains(&place),
        })
    };
    match text.len() {
        36 => grouped(&[8, 13, 18, 23]),
        35 => grouped(&[8, 17, 26]),
        _ => false,
    }
}

impl std::fmt::Display for ExternalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_guid_prints_as_windows_prints_it() {
        // The example of MS-DTYP: {6B29FC40-CA47-1067-B31D-00DD010662DA}.
        let bytes = [0x40, 0xfc, 0x29, 0x6b, 0x47, 0xca, 0x67, 0x10, 0xb3, 0x1d, 0x00, 0xdd, 0x01, 0x06, 0x62, 0xda];
        assert_eq!(ExternalId::from_object_guid(&bytes).as_str(), "6b29fc40-ca47-1067-b31d-00dd010662da");
    }

    #[test]
    fn case_makes_another_id_but_for_uuids() {
        let same = |one, other| ExternalId::from_text(one) == ExternalId::from_text(other);
        assert!(same("6B29FC40-CA47-1067-B31D-00DD010662DA", "6b29fc40-ca47-1067-b31d-00dd010662da"));
        assert!(same("66446001-1DD211B2-66225011-2EE211DB", "66446001-1dd211b2-66225011-2ee211db"));
        for (one, other) in [("aB1", "Ab1"), ("É", "é"), ("6B29FC40", "6b29fc40")] {
            assert!(!same(one, other), "{one}");
        }
        // The right characters in other groups are a name like any other.
        assert!(!same("6B29FC40CA47-1067-B31D-00DD010662DA-", "6b29fc40ca47-1067-b31d-00dd010662da-"));
    }

    #[test]
    fn an_entry_is_looked_for_by_what_its_id_was_read_from() {
        let guid = [0x40, 0xfc, 0x29, 0x6b, 0x47, 0xca, 0x67, 0x10, 0xb3, 0x1d, 0x00, 0xdd, 0x01, 0x06, 0x62, 0xda];
        let filter = |attribute: &str, value: &[u8]| {
            let id = ExternalId::read(attribute, value).expect("an id");
            id.filter(attribute).expect("a filter").to_string()
        };
        let escaped = r"@\fc)k".len();
        assert!(escaped > 0);
        let bytes = Filter::equal("objectGUID", guid).expect("a filter").to_string();
        assert_eq!(filter("objectGUID", &guid), bytes);
        assert_eq!(filter("OBJECTGUID", &guid), bytes.replace("objectGUID", "OBJECTGUID"));
        let text = "6b29fc40-ca47-1067-b31d-00dd010662da";
        assert_eq!(filter("entryUUID", text.as_bytes()), format!("(entryUUID={text})"));
        // Sixteen letters are an objectGUID as well.
        assert_eq!(filter("objectGUID", b"abcdefghijklmnop"), "(objectGUID=abcdefghijklmnop)");
        // Of any other attribute nobody knows which it was.
        let either = format!("(|(badge={text}){})", bytes.replace("objectGUID", "badge"));
        assert_eq!(filter("badge", &guid), either);
        assert_eq!(filter("badge", text.as_bytes()), either);
        assert_eq!(filter("badge", &[0xff, 0x01]), r"(|(badge=ff01)(badge=\ff\01))");
        // These digits stand for letters, and letters would have been kept as such.
        assert_eq!(filter("badge", b"4142"), "(badge=4142)");
        assert_eq!(filter("badge", b"a*)(b"), r"(badge=a\2a\29\28b)");
    }

    #[test]
    fn white_space_is_no_part_of_an_id() {
        assert_eq!(ExternalId::from_text(" aB1 "), ExternalId::from_text("aB1"));
        assert_eq!(ExternalId::from_text("  "), None);
    }
}
