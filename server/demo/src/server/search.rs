//! Searches (RFC 4511 4.5): the entries of a page and how it ends.

use super::{
    Shared, answer, filter,
    operation::{self, Session},
    paging::{self, OpenPages, PageRequest, Paged},
};
use crate::{
    BASE_DN,
    switches::Failure,
    tree::{self, Refusal},
};
use identity::{
    attribute,
    dn::Dn,
    entry::{AttributeValue, Entry},
};
use ldap3_proto::{
    control::LdapControl,
    proto::{
        LdapPartialAttribute, LdapResult, LdapResultCode as Code, LdapSearchRequest, LdapSearchResultEntry,
        LdapSearchScope,
    },
};
use std::sync::{Arc, PoisonError};

/// Where [`Failure::SizeLimit`] cuts.
const SIZE_LIMIT: usize = 500;

/// What one request is answered with.
pub(super) struct Page {
    pub(super) entries: Vec<Arc<Entry>>,
    pub(super) shape: Shape,
    pub(super) result: LdapResult,
    pub(super) controls: Vec<LdapControl>,
    /// Whether it is a second page or a later one, or the only one.
    pub(super) is_late: bool,
    /// What strikes it: never anything but [`Failure::None`] at the root DSE and at refusals.
    pub(super) failure: Failure,
}

/// What of each entry is answered.
#[derive(Default)]
pub(super) struct Shape {
    wanted: Vec<String>,
    types_only: bool,
}

impl Page {
    fn refused(result: impl Into<LdapResult>) -> Self {
        Self {
            entries: vec![],
            shape: Shape::default(),
            result: result.into(),
            controls: vec![],
            is_late: false,
            failure: Failure::None,
        }
    }
}

/// Finds what a request asks for. A search that begins has this failure to its end. Nothing is locked when it returns.
pub(super) fn page(
    shared: &Shared,
    session: &Session,
    pages: &mut OpenPages,
    request: LdapSearchRequest,
    controls: &[LdapControl],
    failure: Failure,
) -> Page {
    match found(shared, session, pages, request, controls, failure) {
        Ok(page) => page,
        Err(refusal) => Page::refused(refusal),
    }
}

fn found(
    shared: &Shared,
    session: &Session,
    pages: &mut OpenPages,
    request: LdapSearchRequest,
    controls: &[LdapControl],
    failure: Failure,
) -> Result<Page, Refusal> {
    operation::check_controls(controls)?;
    let shape = Shape { wanted: request.attrs.clone(), types_only: request.typesonly };
    let base = Dn::parse(&request.base).map_err(|error| Refusal::new(Code::InvalidDNSyntax, error.to_string()))?;
    if base.is_root() && request.scope == LdapSearchScope::Base {
        let filter = filter::filter(request.filter).map_err(undefined)?;
        let entries = Some(Arc::new(root_dse())).into_iter().filter(|entry| filter.evaluate(entry)).collect();
        return Ok(Page { entries, shape, ..Page::refused(answer::success()) });
    }
    if !session.is_bound() {
        return Err(Refusal::new(Code::InsufficentAccessRights, "the demo directory is searched after a bind only"));
    }
    let wanted = PageRequest::of(controls);
    let (found, given, failure) = match &wanted {
        Some(PageRequest { cookie, .. }) if !cookie.is_empty() => {
            let Some(paged) = pages.take(cookie, &request) else {
                return Err(Refusal::new(Code::UnwillingToPerform, "the cookie is not one of this search"));
            };
            (paged.found, paged.given, paged.failure)
        }
        _ => {
            // Below the root begins the only tree that there is.
            let base = if base.is_root() { Dn::parse(BASE_DN).unwrap_or(base) } else { base };
            let filter = filter::filter(request.filter.clone()).map_err(undefined)?;
            let tree = shared.tree.read().unwrap_or_else(PoisonError::into_inner);
            (tree.search(&base, &request.scope, &filter)?, 0, failure)
        }
    };
    let found = if failure == Failure::Empty { vec![] } else { found };
    Ok(cut(pages, request, shape, wanted, found, given, failure))
}

/// Cuts the page out of what was found.
fn cut(
    pages: &mut OpenPages,
    request: LdapSearchRequest,
    shape: Shape,
    wanted: Option<PageRequest>,
    found: Vec<Arc<Entry>>,
    given: usize,
    failure: Failure,
) -> Page {
    let asked = usize::try_from(request.sizelimit).unwrap_or(0);
    let switched = if failure == Failure::SizeLimit { SIZE_LIMIT } else { 0 };
    // 0 is no limit.
    let limit = [asked, switched].into_iter().filter(|limit| *limit > 0).min().unwrap_or(usize::MAX);
    let size = wanted.as_ref().map_or(usize::MAX, |wanted| wanted.size);
    let end = found.len().min(limit).min(given.saturating_add(size));
    let entries = found.get(given..end).unwrap_or_default().to_vec();
    let is_cut = end == limit && found.len() > limit;
    let goes_on = !is_cut && end < found.len();
    let result = if is_cut {
        answer::result(Code::SizeLimitExceeded, "there are more entries than the size limit allows")
    } else {
        answer::success()
    };
    let is_late = given > 0 || !goes_on;
    let controls = match wanted {
        None => vec![],
        // A page of size 0 with a cookie says that the client wants no more (RFC 2696 3).
        Some(PageRequest { size: 0, .. }) => vec![paging::control(vec![])],
        Some(_) if goes_on => vec![paging::control(pages.keep(Paged { request, found, given: end, failure }))],
        Some(_) => vec![paging::control(vec![])],
    };
    Page { entries, shape, result, controls, is_late, failure }
}

fn undefined(error: attribute::DescriptionError) -> Refusal {
    Refusal::new(Code::UndefinedAttributeType, error.to_string())
}

impl Shape {
    /// What the client wants of this entry (RFC 4511 4.5.1.8).
    pub(super) fn entry(&self, entry: &Entry) -> LdapSearchResultEntry {
        let asked = |name: &str| self.wanted.iter().any(|wanted| wanted == name);
        let all_users = self.wanted.is_empty() || asked("*");
        let all_operational = asked("+");
        let is_wanted = |description: &str| {
            let by_kind = if tree::is_operational(description) { all_operational } else { all_users };
            by_kind || self.wanted.iter().any(|wanted| attribute::same(description, attribute::name(wanted)))
        };
        let attributes = entry.attributes.iter().filter(|(description, _)| is_wanted(description));
        let attributes = attributes.map(|(description, values)| LdapPartialAttribute {
            atype: description.clone(),
            vals: if self.types_only { vec![] } else { values.iter().map(tree::bytes).collect() },
        });
        LdapSearchResultEntry { dn: entry.dn.clone(), attributes: attributes.collect() }
    }
}

/// What the server says of itself (RFC 4512 5.1).
fn root_dse() -> Entry {
    let attributes = [
        ("objectClass", vec!["top"]),
        ("namingContexts", vec![BASE_DN]),
        ("supportedLDAPVersion", vec!["3"]),
        ("supportedControl", vec!["1.2.840.113556.1.4.319"]),
        ("supportedExtension", vec![ldap3_proto::proto::OID_WHOAMI]),
        ("supportedFeatures", vec!["1.3.6.1.4.1.4203.1.5.1", "1.3.6.1.4.1.4203.1.5.3"]),
        ("vendorName", vec!["Muster demo directory"]),
        ("vendorVersion", vec![env!("CARGO_PKG_VERSION")]),
    ];
    let text = |value: &str| AttributeValue::Text(value.to_owned());
    Entry {
        dn: String::new(),
        attributes: attributes.map(|(name, values)| (name.to_owned(), values.into_iter().map(text).collect())).to_vec(),
    }
}
