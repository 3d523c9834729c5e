//! The requests that are sent, encoded by ldap3. Its connection is not used: it queues without bound, takes messages of
//! any size, and panics or overflows the stack on some (each was seen). What comes back is read by `wire` and `message`.

use crate::message::PAGED_RESULTS;
use identity::filter::Filter;
use ldap3::{
    Scope,
    asn1::{ASNTag, Boolean, Enumerated, Integer, Null, OctetString, Sequence, Tag, TagClass, write},
    parse_filter,
};
use std::io;

/// StartTLS (RFC 4511 4.14).
const START_TLS: &str = "1.3.6.1.4.1.1466.20037";

/// A search operation; each of its pages is a request.
#[derive(Debug, Clone)]
pub(crate) struct SearchRequest {
    pub(crate) base_dn: String,
    pub(crate) scope: Scope,
    pub(crate) filter: String,
    pub(crate) attributes: Vec<String>,
    /// `None` asks for everything at once.
    pub(crate) page_size: Option<u32>,
}

/// A simple bind (RFC 4511 4.2).
pub(crate) fn bind(id: u32, bind_dn: &str, password: &str) -> io::Result<Vec<u8>> {
    let password = OctetString { id: 0, class: TagClass::Context, inner: password.as_bytes().to_vec() };
    message(id, application(0, vec![integer(3), octets(bind_dn), Tag::OctetString(password)]), None)
}

/// The polite end of a connection (RFC 4511 4.3).
pub(crate) fn unbind(id: u32) -> io::Result<Vec<u8>> {
    message(id, Tag::Null(Null { id: 2, class: TagClass::Application, inner: () }), None)
}

/// Asks for TLS on a plain connection.
pub(crate) fn start_tls(id: u32) -> io::Result<Vec<u8>> {
    let name = OctetString { id: 0, class: TagClass::Context, inner: START_TLS.as_bytes().to_vec() };
    message(id, application(23, vec![Tag::OctetString(name)]), None)
}

/// A page of a search (RFC 4511 4.5.1, RFC 2696). The cookie of the first page is empty.
pub(crate) fn search(id: u32, search: &SearchRequest, cookie: &[u8]) -> io::Result<Vec<u8>> {
    let SearchRequest { base_dn, scope, filter, attributes, page_size } = search;
    let filter = parse_filter(filter).map_err(|()| io::Error::from(io::ErrorKind::InvalidInput))?;
    // No attributes at all would mean: every attribute (RFC 4511 4.5.1.8).
    let attributes = match attributes.as_slice() {
        [] => vec![octets("1.1")],
        some => some.iter().map(|attribute| octets(attribute)).collect(),
    };
    let enumerated = |inner| Tag::Enumerated(Enumerated { inner, ..Default::default() });
    let never_dereference = 0;
    let operation = application(
        3,
        vec![
            octets(base_dn),
            enumerated(*scope as i64),
            enumerated(never_dereference),
            // The server's own limits of size and time, not smaller ones.
            integer(0),
            integer(0),
            Tag::Boolean(Boolean { inner: false, ..Default::default() }),
            filter,
            sequence(attributes),
        ],
    );
    let paging = |size: &u32| -> io::Result<Tag> {
        let cookie = Tag::OctetString(OctetString { inner: cookie.to_vec(), ..Default::default() });
        let value = encode(sequence(vec![integer(i64::from(*size)), cookie]))?;
        let value = Tag::OctetString(OctetString { inner: value, ..Default::default() });
        // Not critical: a server without pages answers with one, which is as good.
        Ok(sequence(vec![octets(PAGED_RESULTS), value]))
    };
    message(id, operation, page_size.as_ref().map(paging).transpose()?)
}

/// Whether ldap3 can send the filter.
pub(crate) fn can_send(filter: &Filter) -> bool {
    parse_filter(filter.to_string()).is_ok()
}

fn message(id: u32, operation: Tag, control: Option<Tag>) -> io::Result<Vec<u8>> {
    let mut inner = vec![integer(i64::from(id)), operation];
    inner.extend(
        control.map(|control| Tag::Sequence(Sequence { id: 0, class: TagClass::Context, inner: vec![control] })),
    );
    encode(sequence(inner))
}

fn encode(tag: Tag) -> io::Result<Vec<u8>> {
    let mut bytes = bytes::BytesMut::new();
    write::encode_into(&mut bytes, tag.into_structure())?;
    Ok(bytes.to_vec())
}

fn application(id: u64, inner: Vec<Tag>) -> Tag {
    Tag::Sequence(Sequence { id, class: TagClass::Application, inner })
}

fn sequence(inner: Vec<Tag>) -> Tag {
    Tag::Sequence(Sequence { inner, ..Default::default() })
}

fn integer(inner: i64) -> Tag {
    Tag::Integer(Integer { inner, ..Default::default() })
}

fn octets(text: &str) -> Tag {
    Tag::OctetString(OctetString { inner: text.as_bytes().to_vec(), ..Default::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_filter_can_be_sent() {
        for text in [
            "(cn=a)",
            "(cn=)",
            "(cn=*)",
            "(cn=a*)",
            "(cn=*a)",
            "(cn=*a*b*)",
            "(cn;lang-de=Jörg)",
            r"(cn=\28\2a\29\5c\00\ff)",
            "(1.2.840.1=x)",
            "(a>=1)",
            "(a<=1)",
            "(a~=1)",
            "(&)",
            "(|)",
            "(&(a=b)(|(c=d)(!(e=f))))",
            "(cn:caseExactMatch:=x)",
            "(cn:dn:2.4.6:=x)",
            "(cn:dn:=x)",
            "(:2.4.6:=x)",
            "(:dn:2.4.6:=x)",
        ] {
            let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert!(can_send(&filter), "{text}");
        }
    }

    #[test]
    fn start_tls_is_the_request_of_rfc_4511() {
        let expected = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
        assert_eq!(start_tls(1).expect("encoded"), expected);
    }
}
