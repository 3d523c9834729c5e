//! Turning answers of the wire into entries, safely.

use crate::ber::{Malformed, Reader, tag};
use identity::entry::{AttributeValue, Entry};
use std::fmt::Write;

/// Reads the content of a SearchResultEntry (RFC 4511 4.5.2). Whether a value is text is decided by its bytes: schemas
/// are not asked, and would not be believed.
pub(crate) fn read(content: &[u8]) -> Result<Entry, Malformed> {
    let mut reader = Reader::new(content);
    let dn = text(reader.expect(tag::OCTET_STRING)?);
    let mut list = Reader::new(reader.expect(tag::SEQUENCE)?);
    let mut attributes = Vec::with_capacity(16);
    while !list.is_empty() {
        let mut attribute = Reader::new(list.expect(tag::SEQUENCE)?);
        let description = text(attribute.expect(tag::OCTET_STRING)?);
        let mut set = Reader::new(attribute.expect(tag::SET)?);
        let mut values = Vec::with_capacity(1);
        while !set.is_empty() {
            values.push(value(set.expect(tag::OCTET_STRING)?));
        }
        attributes.push((description, values));
    }
    Ok(Entry { dn, attributes })
}

fn value(bytes: &[u8]) -> AttributeValue {
    match std::str::from_utf8(bytes) {
        Ok(text) => AttributeValue::Text(text.to_owned()),
        Err(_) => AttributeValue::Binary(bytes.to_vec()),
    }
}

/// Text that should be UTF-8. Bytes that are not are written as RFC 4514 writes them in a DN: `\FF`.
fn text(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, u8::try_from(content.len()).expect("short")], content].concat()
    }

    #[test]
    fn text_and_bytes_are_told_apart_value_by_value() {
        let values = element(0x31, &[element(4, "Jörg".as_bytes()), element(4, &[0xff, 0xd8])].concat());
        let attribute = element(0x30, &[element(4, b"cn;lang-de"), values].concat());
        let content = [element(4, b"uid=\xc3,dc=a\xff"), element(0x30, &attribute)].concat();
        let entry = read(&content).expect("legal");
        assert_eq!(entry.dn, "uid=\\C3,dc=a\\FF");
        let values = vec![AttributeValue::Text("Jörg".to_owned()), AttributeValue::Binary(vec![0xff, 0xd8])];
        assert_eq!(entry.attributes, [("cn;lang-de".to_owned(), values)]);
    }

    #[test]
    fn an_entry_cut_anywhere_is_malformed() {
        let attribute = element(0x30, &[element(4, b"cn"), element(0x31, &element(4, b"x"))].concat());
        let content = [element(4, b"dc=a"), element(0x30, &attribute)].concat();
        assert!(read(&content).is_ok());
        for end in 0..content.len() {
            assert_eq!(read(&content[..end]), Err(Malformed), "{end}");
        }
    }
}
