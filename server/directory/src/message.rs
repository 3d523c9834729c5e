//! The messages that a server sends (RFC 4511 4.1.1), as far as they are understood.

use crate::{
    ber::{Malformed, Reader, tag},
    entry,
};
use identity::entry::Entry;

/// The control of paged results (RFC 2696).
pub(crate) const PAGED_RESULTS: &str = "1.2.840.113556.1.4.319";

/// A message.
#[derive(Debug)]
pub(crate) struct Message {
    /// The id of the request that it answers; 0 when the server speaks unasked.
    pub(crate) id: u32,
    /// What it says.
    pub(crate) answer: Answer,
}

/// What a message says.
#[derive(Debug)]
pub(crate) enum Answer {
    /// An entry.
    Entry(Entry),
    /// More is to be found elsewhere.
    Reference,
    /// The end of a search.
    Done(Outcome),
    /// The answer to a bind.
    Bound(Outcome),
    /// The answer to an extended request, or a notice that nobody asked for.
    Extended(Outcome),
    /// Nothing that concerns us.
    Other,
}

/// How an operation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The result code (RFC 4511 appendix A).
    pub(crate) code: u32,
    /// The server's words, for people.
    pub(crate) text: String,
    /// The cookie of paged results, empty after the last page; `None` when the server did not speak of pages.
    pub(crate) cookie: Option<Vec<u8>>,
}

impl Message {
    /// What kind of message it is, by the tag of its operation.
    pub(crate) fn operation(bytes: &[u8]) -> Result<u8, Malformed> {
        let mut message = Reader::new(Reader::new(bytes).expect(tag::SEQUENCE)?);
        message.number(tag::INTEGER)?;
        Ok(message.next()?.0)
    }

    /// Reads a whole message.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut message = Reader::new(Reader::new(bytes).expect(tag::SEQUENCE)?);
        let id = message.number(tag::INTEGER)?;
        let (operation, content) = message.next()?;
        let mut outcome = || outcome(content, message.optional(tag::CONTROLS)?);
        let answer = match operation {
            tag::SEARCH_ENTRY => Answer::Entry(entry::read(content)?),
            tag::SEARCH_REFERENCE => Answer::Reference,
            tag::SEARCH_DONE => Answer::Done(outcome()?),
            tag::BIND_RESPONSE => Answer::Bound(outcome()?),
            tag::EXTENDED_RESPONSE => Answer::Extended(outcome()?),
            tag::INTERMEDIATE => Answer::Other,
            _ => return Err(Malformed),
        };
        Ok(Self { id, answer })
    }
}

/// Reads an LDAPResult (RFC 4511 4.1.9).
fn outcome(content: &[u8], controls: Option<&[u8]>) -> Result<Outcome, Malformed> {
    let mut result = Reader::new(content);
    let code = result.number(tag::ENUMERATED)?;
    let _matched_dn = result.expect(tag::OCTET_STRING)?;
    // Active Directory ends its texts with a NUL.
    let text = String::from_utf8_lossy(result.expect(tag::OCTET_STRING)?).trim_end_matches('\0').trim().to_owned();
    let cookie = controls.map(cookie).transpose()?.flatten();
    Ok(Outcome { code, text, cookie })
}

/// The cookie among the controls of an answer.
fn cookie(controls: &[u8]) -> Result<Option<Vec<u8>>, Malformed> {
    let mut controls = Reader::new(controls);
    while !controls.is_empty() {
        let mut control = Reader::new(controls.expect(tag::SEQUENCE)?);
        if control.expect(tag::OCTET_STRING)? != PAGED_RESULTS.as_bytes() {
            continue;
        }
        let _criticality = control.optional(0x01)?;
        let mut value = Reader::new(Reader::new(control.expect(tag::OCTET_STRING)?).expect(tag::SEQUENCE)?);
        // The server's estimate of the size, which means nothing with most servers.
        let _estimate = value.expect(tag::INTEGER)?;
        return Ok(Some(value.expect(tag::OCTET_STRING)?.to_vec()));
    }
    Ok(None)
}
