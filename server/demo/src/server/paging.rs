//! Results that are given out page by page (RFC 2696).

use crate::switches::Failure;
use identity::entry::Entry;
use ldap3_proto::{control::LdapControl, proto::LdapSearchRequest};
use std::{collections::VecDeque, sync::Arc};

/// The most searches of a connection that wait for their next page; the oldest is forgotten first.
const MAX_OPEN: usize = 8;

/// A search that has more to give.
pub(super) struct Paged {
    pub(super) request: LdapSearchRequest,
    /// All that was found when it began.
    pub(super) found: Vec<Arc<Entry>>,
    /// How many of them were given out.
    pub(super) given: usize,
    /// The failure that was on when it began: it goes on as it began.
    pub(super) failure: Failure,
}

/// The searches of one connection that have more to give.
#[derive(Default)]
pub(super) struct OpenPages {
    last_cookie: u64,
    open: VecDeque<(u64, Paged)>,
}

impl OpenPages {
    /// Keeps a search and answers the cookie that its next page is asked for with.
    pub(super) fn keep(&mut self, paged: Paged) -> Vec<u8> {
        if self.open.len() == MAX_OPEN {
            self.open.pop_front();
        }
        self.last_cookie += 1;
        self.open.push_back((self.last_cookie, paged));
        self.last_cookie.to_be_bytes().to_vec()
    }

    /// Takes the search of a cookie out. `None` when the cookie is not of this connection or was used before,
    /// or when the request is another one.
    pub(super) fn take(&mut self, cookie: &[u8], request: &LdapSearchRequest) -> Option<Paged> {
        let cookie = u64::from_be_bytes(cookie.try_into().ok()?);
        let at = self.open.iter().position(|(own, paged)| *own == cookie && paged.request == *request)?;
        self.open.remove(at).map(|(_, paged)| paged)
    }
}

/// What a request's control asks for.
pub(super) struct PageRequest {
    pub(super) size: usize,
    pub(super) cookie: Vec<u8>,
}

impl PageRequest {
    pub(super) fn of(controls: &[LdapControl]) -> Option<Self> {
        controls.iter().find_map(|control| match control {
            LdapControl::SimplePagedResults { size, cookie } => {
                Some(Self { size: usize::try_from(*size).unwrap_or(0), cookie: cookie.clone() })
            }
            _ => None,
        })
    }
}

/// The control that goes back with a page.
pub(super) fn control(cookie: Vec<u8>) -> LdapControl {
    // The total may be estimated; 0 says that it is not known.
    LdapControl::SimplePagedResults { size: 0, cookie }
}
