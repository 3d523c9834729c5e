//! The name that a directory gives to an entry for good: entryUUID (RFC 4530), objectGUID, nsUniqueId.

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

    /// The text that is stored and compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
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
    fn white_space_is_no_part_of_an_id() {
        assert_eq!(ExternalId::from_text(" aB1 "), ExternalId::from_text("aB1"));
        assert_eq!(ExternalId::from_text("  "), None);
    }
}
