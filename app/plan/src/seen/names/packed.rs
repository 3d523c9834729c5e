//! Names as they are kept.

/// A name in the bytes that it needs: most entries are known by a UUID, which has 16 where its text has 36.
#[derive(Debug)]
pub(super) enum Packed<'a> {
    Text(&'a str),
    Uuid([u8; 17]),
}

/// Begins what is no text: no UTF-8 begins with it.
const UUID: u8 = 0xFF;

impl<'a> Packed<'a> {
    /// Names that differ are packed differently, in whatever way.
    pub(super) fn of(name: &'a str) -> Self {
        uuid(name.as_bytes()).map_or(Self::Text(name), Self::Uuid)
    }

    /// What is kept and compared.
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Packed::Text(text) => text.as_bytes(),
            Packed::Uuid(bytes) => bytes,
        }
    }
}

/// A UUID in the one spelling that its bytes stand for: small letters, four hyphens.
fn uuid(text: &[u8]) -> Option<[u8; 17]> {
    let text: &[u8; 36] = text.try_into().ok()?;
    let mut bytes = [UUID; 17];
    let mut at = 0;
    for byte in &mut bytes[1..] {
        if matches!(at, 8 | 13 | 18 | 23) {
            if text[at] != b'-' {
                return None;
            }
            at += 1;
        }
        *byte = digit(text[at])? << 4 | digit(text[at + 1])?;
        at += 2;
    }
    Some(bytes)
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_packed_in_one_spelling_and_everything_else_stays() {
        let uuid = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
        let bytes = b"\xff\x0a\x1b\x2c\x3d\x4e\x5f\x60\x71\x82\x93\xa4\xb5\xc6\xd7\xe8\xf9";
        assert_eq!(Packed::of(uuid).as_bytes(), bytes);
        for other in [
            "",
            "eve",
            "0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9",
            "0a1b2c3d04e5f-6071-8293-a4b5c6d7e8f9",
            "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f",
            "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8fg",
            "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8é",
        ] {
            assert_eq!(Packed::of(other).as_bytes(), other.as_bytes());
        }
    }
}
