//! Messages on the wire: one BER element each (RFC 4511 5.1).

use bytes::BytesMut;
use ldap3_proto::{LdapCodec, LdapMsg};
use std::io;
use tokio_util::codec::{Decoder, Encoder};

/// The largest message that is read, in bytes.
pub const MAX_MESSAGE: usize = 1024 * 1024;

/// A message may be nested this deep: a filter's 64 levels, and what is around them.
const MAX_BER_DEPTH: usize = 128;

/// What came in.
pub(super) enum Incoming {
    Message(LdapMsg),
    /// A whole element that is not a message that can be understood: what can be said of it.
    Unreadable {
        id: i32,
        operation: u8,
    },
    /// Not LDAP at all, or too large. Nothing after it can be read.
    Broken(&'static str),
}

/// Cuts the stream into elements and leaves what is in them to [`LdapCodec`].
pub(super) struct Wire(LdapCodec);

impl Wire {
    pub(super) fn new() -> Self {
        Self(LdapCodec::new(Some(MAX_MESSAGE), Some(MAX_BER_DEPTH)))
    }
}

impl Decoder for Wire {
    type Item = Incoming;
    type Error = io::Error;

    fn decode(&mut self, buffer: &mut BytesMut) -> Result<Option<Incoming>, io::Error> {
        let length = match element(buffer) {
            Element::Unfinished => return Ok(None),
            Element::Illegal => return Ok(Some(Incoming::Broken("this is not LDAP"))),
            Element::Length(length) if length > MAX_MESSAGE => {
                return Ok(Some(Incoming::Broken("the message is too large")));
            }
            Element::Length(length) => length,
        };
        if buffer.len() < length {
            return Ok(None);
        }
        let mut one = buffer.split_to(length);
        // The codec empties what it has read.
        let (id, operation) = introduction(&one);
        match self.0.decode(&mut one) {
            Ok(Some(message)) if message.msgid > 0 => Ok(Some(Incoming::Message(message))),
            _ => Ok(Some(Incoming::Unreadable { id, operation })),
        }
    }
}

impl Encoder<LdapMsg> for Wire {
    type Error = io::Error;

    fn encode(&mut self, message: LdapMsg, buffer: &mut BytesMut) -> Result<(), io::Error> {
        self.0.encode(message, buffer)
    }
}

enum Element {
    /// The length of all of it, its header included.
    Length(usize),
    Unfinished,
    Illegal,
}

/// The element at the beginning: a SEQUENCE of definite length.
fn element(bytes: &[u8]) -> Element {
    match bytes {
        [] | [0x30] => Element::Unfinished,
        [0x30, length @ 0..=0x7f, ..] => Element::Length(2 + usize::from(*length)),
        [0x30, count @ 0x81..=0x84, rest @ ..] => {
            let count = usize::from(count & 0x7f);
            let Some(digits) = rest.get(..count) else { return Element::Unfinished };
            let length = digits.iter().fold(0u64, |length, byte| length << 8 | u64::from(*byte));
            usize::try_from(length).map_or(Element::Illegal, |length| Element::Length(2 + count + length))
        }
        _ => Element::Illegal,
    }
}

/// The message's number and the tag of its operation, or zeros.
fn introduction(message: &[u8]) -> (i32, u8) {
    let header = match message.get(1) {
        Some(length) if *length > 0x7f => 2 + usize::from(length & 0x7f),
        _ => 2,
    };
    match message.get(header..) {
        Some([0x02, length @ 1..=4, rest @ ..]) if rest.len() > usize::from(*length) => {
            let (digits, rest) = rest.split_at(usize::from(*length));
            let id = digits.iter().fold(0i64, |id, byte| id << 8 | i64::from(*byte));
            (i32::try_from(id).unwrap_or(0), rest[0])
        }
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_cut_out_at_its_length() {
        let length = |bytes: &[u8]| match element(bytes) {
            Element::Length(length) => length.to_string(),
            Element::Unfinished => "unfinished".to_owned(),
            Element::Illegal => "illegal".to_owned(),
        };
        assert_eq!(length(&[0x30]), "unfinished");
        assert_eq!(length(&[0x30, 5]), "7");
        assert_eq!(length(&[0x30, 0x82, 1]), "unfinished");
        assert_eq!(length(&[0x30, 0x82, 1, 0]), "260");
        assert_eq!(length(&[0x30, 0x80]), "illegal");
        assert_eq!(length(&[0x30, 0x85, 1, 1, 1, 1, 1]), "illegal");
        assert_eq!(length(b"GET / HTTP/1.1"), "illegal");
    }

    #[test]
    fn an_unreadable_message_still_says_which_it_was() {
        assert_eq!(introduction(&[0x30, 5, 2, 1, 7, 0x63, 0]), (7, 0x63));
        assert_eq!(introduction(&[0x30, 0x81, 6, 2, 2, 1, 0, 0x60, 0]), (256, 0x60));
        assert_eq!(introduction(&[0x30, 0]), (0, 0));
        assert_eq!(introduction(&[0x30, 3, 2, 1, 7]), (0, 0));
    }
}
