//! The operations that are answered with one message: bind, add, modify, delete, compare, who am I.

use super::{Shared, answer};
use crate::{
    BIND_DN, BIND_PASSWORD,
    switches::Failure,
    tree::{self, Change, Refusal, Tree},
};
use identity::{
    attribute::Description,
    dn::Dn,
    filter::{Assertion, Filter},
};
use ldap3_proto::{
    control::LdapControl,
    proto::{
        LdapAddRequest, LdapBindCred, LdapBindRequest, LdapCompareRequest, LdapExtendedRequest, LdapModifyRequest,
        LdapModifyType, LdapOp, LdapPartialAttribute, LdapResult, LdapResultCode as Code, OID_WHOAMI,
    },
};
use std::sync::PoisonError;

/// Who is bound.
#[derive(Debug, Default)]
pub(super) struct Session {
    bound: Option<Bound>,
}

#[derive(Debug)]
struct Bound {
    dn: String,
    may_write: bool,
}

impl Session {
    /// Whether somebody is.
    pub(super) fn is_bound(&self) -> bool {
        self.bound.is_some()
    }
}

/// Answers a request that is neither a search nor one without an answer.
pub(super) fn answer(shared: &Shared, session: &mut Session, op: LdapOp, controls: &[LdapControl]) -> LdapOp {
    let checked = check_controls(controls);
    let write = |change: &dyn Fn(&mut Tree) -> Result<(), Refusal>| -> LdapResult {
        match checked
            .clone()
            .and_then(|()| may_write(session))
            .and_then(|()| change(&mut shared.tree.write().unwrap_or_else(PoisonError::into_inner)))
        {
            Ok(()) => answer::success(),
            Err(refusal) => refusal.into(),
        }
    };
    match op {
        LdapOp::BindRequest(request) => answer::bind(match checked.and_then(|()| bind(shared, session, request)) {
            Ok(()) => answer::success(),
            Err(refusal) => refusal.into(),
        }),
        LdapOp::AddRequest(LdapAddRequest { dn, attributes }) => LdapOp::AddResponse(write(&|tree| {
            let attributes = attributes.iter().map(|LdapPartialAttribute { atype, vals }| {
                (atype.clone(), vals.iter().cloned().map(tree::value).collect())
            });
            tree.add(&parse(&dn)?, attributes.collect())
        })),
        LdapOp::ModifyRequest(request) => {
            LdapOp::ModifyResponse(write(&|tree| tree.modify(&parse(&request.dn)?, changes(&request)?)))
        }
        LdapOp::DelRequest(dn) => LdapOp::DelResponse(write(&|tree| tree.delete(&parse(&dn)?))),
        LdapOp::CompareRequest(request) => {
            let compared = checked.and_then(|()| compare(shared, session, request));
            LdapOp::CompareResult(match compared {
                Ok(true) => answer::result(Code::CompareTrue, ""),
                Ok(false) => answer::result(Code::CompareFalse, ""),
                Err(refusal) => refusal.into(),
            })
        }
        LdapOp::ExtendedRequest(LdapExtendedRequest { name, .. }) if name == OID_WHOAMI => {
            let who = session.bound.as_ref().map_or_else(String::new, |bound| format!("dn:{}", bound.dn));
            answer::extended(answer::success(), None, Some(who.into_bytes()))
        }
        LdapOp::ExtendedRequest(_) => {
            // What RFC 4511 4.12 wants for a request that is not recognised.
            let message = "the demo directory has no such extended operation";
            answer::extended(answer::result(Code::ProtocolError, message), None, None)
        }
        LdapOp::ModifyDNRequest(_) => {
            let message = "the demo directory does not rename entries";
            LdapOp::ModifyDNResponse(answer::result(Code::UnwillingToPerform, message))
        }
        // Answers that came as requests.
        _ => answer::extended(answer::result(Code::ProtocolError, "this is not a request"), None, None),
    }
}

/// Refuses controls that must be obeyed and are not known (RFC 4511 4.1.11).
pub(super) fn check_controls(controls: &[LdapControl]) -> Result<(), Refusal> {
    let unknown = controls.iter().any(|control| match control {
        LdapControl::SyncRequest { criticality, .. }
        | LdapControl::SearchOptions { criticality, .. }
        | LdapControl::ShowDeleted { criticality }
        | LdapControl::SdFlags { criticality, .. }
        | LdapControl::ExtendedDn { criticality, .. }
        | LdapControl::Unknown { criticality, .. } => *criticality,
        _ => false,
    });
    if unknown {
        return Err(Refusal::new(Code::UnavailableCriticalExtension, "the demo directory does not know this control"));
    }
    Ok(())
}

fn bind(shared: &Shared, session: &mut Session, request: LdapBindRequest) -> Result<(), Refusal> {
    // Whatever comes of it, who was bound is bound no more (RFC 4511 4.2.1).
    session.bound = None;
    let LdapBindRequest { version, dn: text, cred } = request;
    if version != 3 {
        return Err(Refusal::new(Code::ProtocolError, "the demo directory speaks LDAP version 3"));
    }
    let LdapBindCred::Simple(password) = cred else {
        return Err(Refusal::new(Code::AuthMethodNotSupported, "the demo directory knows simple binds only"));
    };
    if shared.switches.failure() == Failure::WrongPassword {
        return Err(Refusal::new(Code::InvalidCredentials, ""));
    }
    let dn = parse(&text)?;
    match (dn.is_root(), password.is_empty()) {
        (true, true) => return Ok(()),
        (false, true) => {
            // An unauthenticated bind that succeeds is mistaken for a right password (RFC 4513 5.1.2).
            return Err(Refusal::new(Code::UnwillingToPerform, "a bind with a name needs a password"));
        }
        (_, false) => {}
    }
    let may_write = Dn::parse(BIND_DN).is_ok_and(|own| own.same_as(&dn));
    let is_known = may_write || shared.tree.read().unwrap_or_else(PoisonError::into_inner).is_person(&dn);
    if !is_known || password != BIND_PASSWORD {
        return Err(Refusal::new(Code::InvalidCredentials, ""));
    }
    session.bound = Some(Bound { dn: dn.to_string(), may_write });
    Ok(())
}

fn may_write(session: &Session) -> Result<(), Refusal> {
    match &session.bound {
        Some(Bound { may_write: true, .. }) => Ok(()),
        _ => Err(Refusal::new(Code::InsufficentAccessRights, format!("only {BIND_DN} may change entries"))),
    }
}

fn parse(text: &str) -> Result<Dn, Refusal> {
    Dn::parse(text).map_err(|error| Refusal::new(Code::InvalidDNSyntax, error.to_string()))
}

fn changes(request: &LdapModifyRequest) -> Result<Vec<Change>, Refusal> {
    let change = request.changes.iter().map(|change| {
        let LdapPartialAttribute { atype, vals } = &change.modification;
        let (name, values) = (atype.clone(), vals.iter().cloned().map(tree::value).collect());
        match change.operation {
            LdapModifyType::Add => Ok(Change::Add(name, values)),
            LdapModifyType::Delete => Ok(Change::Delete(name, values)),
            LdapModifyType::Replace => Ok(Change::Replace(name, values)),
            LdapModifyType::Increment => {
                Err(Refusal::new(Code::UnwillingToPerform, "the demo directory does not count"))
            }
        }
    });
    change.collect()
}

fn compare(shared: &Shared, session: &Session, request: LdapCompareRequest) -> Result<bool, Refusal> {
    if !session.is_bound() {
        return Err(Refusal::new(Code::InsufficentAccessRights, "the demo directory compares after a bind only"));
    }
    let attribute = Description::parse(&request.atype)
        .map_err(|error| Refusal::new(Code::UndefinedAttributeType, error.to_string()))?;
    let dn = parse(&request.dn)?;
    let tree = shared.tree.read().unwrap_or_else(PoisonError::into_inner);
    let entry = tree.find(&dn).ok_or_else(|| Refusal::new(Code::NoSuchObject, "no entry has this name"))?;
    if entry.values(attribute.name()).next().is_none() {
        return Err(Refusal::new(Code::NoSuchAttribute, format!("the entry has no {attribute}")));
    }
    Ok(Filter::Equality(Assertion { attribute, value: request.val }).evaluate(entry))
}
