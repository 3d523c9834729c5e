//! What an LDAP server answers: messages of BER, read without trusting them.
#![no_main]

#[path = "../../directory/src/ber.rs"]
mod ber;
#[path = "../../directory/src/entry.rs"]
mod entry;
#[path = "../../directory/src/message.rs"]
#[expect(dead_code, reason = "requests know the ids of their answers")]
mod message;

use ber::{Header, tag};
use libfuzzer_sys::fuzz_target;
use message::{Answer, Message};

/// Bytes of text that a byte of the message may become: `\FF`.
const WIDEST: usize = 3;

fuzz_target!(|bytes: &[u8]| {
    // The beginning of a message says how long it is as soon as it can, and stays with it.
    let header = Header::read(bytes);
    let first = (0..bytes.len().min(10)).map(|end| Header::read(&bytes[..end])).find(|header| *header != Ok(None));
    assert!(first.is_none_or(|first| first == header));
    let Ok(Message { id: _, answer }) = Message::read(bytes) else { return };
    assert!(
        matches!(header, Ok(Some(Header { tag: tag::SEQUENCE, length, content })) if length + content <= bytes.len())
    );
    let operation = Message::operation(bytes).expect("it was read");
    let is_entry = matches!(answer, Answer::Entry(_));
    assert_eq!(operation == tag::SEARCH_ENTRY, is_entry);
    match answer {
        Answer::Entry(entry) => {
            let values = entry.attributes.iter().flat_map(|(_, values)| values);
            let names = entry.attributes.iter().map(|(name, _)| name.len());
            let texts = entry.dn.len() + names.sum::<usize>() + values.map(|value| value.bytes().len()).sum::<usize>();
            assert!(texts <= WIDEST * bytes.len());
        }
        Answer::Done(outcome) | Answer::Bound(outcome) | Answer::Extended(outcome) => {
            assert!(outcome.text.len() + outcome.cookie.map_or(0, |cookie| cookie.len()) <= WIDEST * bytes.len());
        }
        Answer::Reference | Answer::Other => {}
    }
});
