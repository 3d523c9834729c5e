//! The page loop (RFC 2696). Results stream: one page is in memory at a time.

use crate::connect::Session;
use crate::error::DirectoryError;
use identity::entry::Entry;
use identity::filter::Filter;

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

/// Proof that a search gave every entry: made only by this module, when every page ended with result code 0,
/// no page was a repetition and nothing was referred elsewhere.
#[derive(Debug)]
pub struct Completion {
    /// Entries in all.
    pub entries: u64,
    _private: (),
}

/// A search under way.
#[derive(Debug)]
pub struct Pages {
    // owner: directory
}

impl Session {
    /// Begins a search.
    pub fn search(self, _search: Search) -> Pages {
        todo!()
    }
}

impl Pages {
    /// The next page. `Err` is final: there is no completion after it. `Ok(None)` comes once, after the last page.
    pub async fn next(&mut self) -> Result<Option<SearchPage>, DirectoryError> {
        todo!()
    }

    /// The proof, once `next` gave `Ok(None)`.
    pub fn completion(self) -> Option<Completion> {
        todo!()
    }
}
