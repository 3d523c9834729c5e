//! The page loop (RFC 2696). Results stream: one page is in memory at a time.

mod pages;

pub use pages::Pages;

use crate::{
    connect::Session,
    error::{Failure, SettingsReason},
    request::{self, SearchRequest},
};
use identity::{directory::Scope, entry::Entry, filter::Filter};
use std::time::Duration;
use tokio::time::Instant;

/// What to search for; all base DNs of the directory one after the other.
#[derive(Debug, Clone)]
pub struct Search {
    /// The filter, complete.
    pub filter: Filter,
    /// The attributes to fetch; nothing else is asked for.
    pub attributes: Vec<String>,
}

/// A page.
#[derive(Debug)]
pub struct SearchPage {
    /// Its entries.
    pub entries: Vec<Entry>,
    /// Search references that were counted and not followed.
    pub references: u32,
}

/// Proof that a search gave every entry that this server holds: made only by this module, when every page ended with
/// result code 0 and no page was a repetition. It is enough to import who was found.
///
/// Places that the server refers to were counted and not looked into, so it says nothing of who was not found: for
/// that there is [`Completion::nothing_elsewhere`].
#[derive(Debug)]
#[expect(clippy::manual_non_exhaustive, reason = "not even the rest of this crate may make one")]
pub struct Completion {
    /// Entries in all.
    pub entries: u64,
    /// Search references that were counted and not followed.
    pub references: u64,
    _private: (),
}

/// Proof that whoever a search did not find is not in the directory. Removing somebody must ask for it (R26).
#[derive(Debug)]
#[expect(clippy::manual_non_exhaustive, reason = "not even the rest of this crate may make one")]
pub struct NothingElsewhere {
    /// Entries in all.
    pub entries: u64,
    _private: (),
}

impl Completion {
    /// The stronger proof; `None` when the server referred elsewhere, where more people may be.
    pub fn nothing_elsewhere(self) -> Option<NothingElsewhere> {
        let Self { entries, references, _private } = self;
        (references == 0).then_some(NothingElsewhere { entries, _private })
    }
}

impl Session {
    /// Begins a search that is a run of its own.
    pub fn search(self, search: Search) -> Pages {
        let seconds = self.settings.connection.run_deadline;
        self.search_until(search, Instant::now() + Duration::from_secs(seconds.into()))
    }

    /// Begins a search that is a part of a run, which has a deadline as a whole.
    pub fn search_until(self, search: Search, deadline: Instant) -> Pages {
        let requests = self.requests(&search);
        Pages::new(self, requests, deadline)
    }

    /// One for each base DN.
    fn requests(&self, search: &Search) -> Result<Vec<SearchRequest>, Failure> {
        let Search { filter, attributes } = search;
        let unsendable = || Failure::settings(SettingsReason::Filter);
        filter.check().map_err(|_| unsendable())?;
        if !request::can_send(filter) {
            return Err(unsendable());
        }
        let schema = &self.settings.schema;
        let request = |base_dn: &String| SearchRequest {
            base_dn: base_dn.clone(),
            scope: match schema.scope {
                Scope::OneLevel => ldap3::Scope::OneLevel,
                Scope::Subtree => ldap3::Scope::Subtree,
            },
            filter: filter.to_string(),
            attributes: attributes.clone(),
            page_size: Some(schema.page_size),
        };
        Ok(schema.base_dns.iter().map(request).collect())
    }
}
