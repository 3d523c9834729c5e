//! Answers: the results of operations, each in the message that belongs to it.

use crate::tree::Refusal;
use ldap3_proto::proto::{LdapBindResponse, LdapExtendedResponse, LdapMsg, LdapOp, LdapResult, LdapResultCode};

/// The notice that a server gives before it closes a connection (RFC 4511 4.4.1).
const NOTICE_OF_DISCONNECTION: &str = "1.3.6.1.4.1.1466.20036";

pub(super) fn success() -> LdapResult {
    result(LdapResultCode::Success, "")
}

pub(super) fn result(code: LdapResultCode, message: &str) -> LdapResult {
    LdapResult { code, matcheddn: String::new(), message: message.to_owned(), referral: vec![] }
}

impl From<Refusal> for LdapResult {
    fn from(Refusal { code, message, matched }: Refusal) -> Self {
        LdapResult { code, matcheddn: matched, message, referral: vec![] }
    }
}

pub(super) fn bind(res: LdapResult) -> LdapOp {
    LdapOp::BindResponse(LdapBindResponse { res, saslcreds: None })
}

pub(super) fn extended(res: LdapResult, name: Option<&str>, value: Option<Vec<u8>>) -> LdapOp {
    LdapOp::ExtendedResponse(LdapExtendedResponse { res, name: name.map(str::to_owned), value })
}

/// What is said before the connection is closed.
pub(super) fn disconnection(message: &str) -> LdapMsg {
    let op = extended(result(LdapResultCode::ProtocolError, message), Some(NOTICE_OF_DISCONNECTION), None);
    LdapMsg { msgid: 0, op, ctrl: vec![] }
}

/// The answer that belongs to a request's tag. Unbind and abandon have none.
pub(super) fn to_tag(operation: u8, res: LdapResult) -> Option<LdapOp> {
    match operation {
        0x42 | 0x50 => None,
        0x60 => Some(bind(res)),
        0x63 => Some(LdapOp::SearchResultDone(res)),
        0x66 => Some(LdapOp::ModifyResponse(res)),
        0x68 => Some(LdapOp::AddResponse(res)),
        0x4a => Some(LdapOp::DelResponse(res)),
        0x6c => Some(LdapOp::ModifyDNResponse(res)),
        0x6e => Some(LdapOp::CompareResult(res)),
        _ => Some(extended(res, None, None)),
    }
}
