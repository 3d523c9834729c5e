//! A search under way: which page is awaited, and what may be believed at the end.

use super::{Completion, SearchPage};
use crate::{
    connect::{Session, timed, unasked},
    error::{Cause, DirectoryError, Failure, of_outcome},
    message::{Answer, Outcome},
    request::{self, SearchRequest},
};
use identity::entry::Entry;
use std::{
    collections::{HashSet, VecDeque},
    hash::{BuildHasher, RandomState},
};
use tokio::time::Instant;

/// A page is handed out earlier when its entries are as large as this, in bytes.
const MAX_PAGE_BYTES: usize = 16 * 1024 * 1024;

/// A search under way. The server's next page is asked for before the last one is handed out, and read only when it is
/// wanted.
#[derive(Debug)]
pub struct Pages {
    session: Session,
    /// Still to be asked; the first one is under way.
    requests: VecDeque<SearchRequest>,
    state: State,
    deadline: Instant,
    /// What was read and not yet handed out. It outlives a call of `next` that was dropped.
    page: SearchPage,
    page_bytes: usize,
    repetition: Repetition,
    entries: u64,
    references: u64,
}

#[derive(Debug)]
enum State {
    /// Nothing was asked yet.
    Fresh,
    /// A request is being sent. Found in this state, it was cut in the middle.
    Asking,
    /// The answer to this request is awaited.
    Awaiting(u32),
    /// Everything was read.
    Over,
    /// It failed; nobody was told yet.
    Failing(DirectoryError),
    /// It failed.
    Failed(String, Cause),
}

/// What a message of the server meant.
enum Read {
    Entry,
    EndOfPage,
    EndOfAll,
}

/// Recognises a server that goes round in circles. The cookie alone does not show it: 389 DS gives the same one for
/// every page of a search. The same cookie and the same first entry do.
#[derive(Debug, Default)]
struct Repetition {
    hasher: RandomState,
    seen: HashSet<u64>,
    first: Option<u64>,
    paged: bool,
}

impl Pages {
    pub(super) fn new(session: Session, requests: Result<Vec<SearchRequest>, Failure>, deadline: Instant) -> Self {
        let mut pages = Self {
            session,
            requests: VecDeque::new(),
            state: State::Fresh,
            deadline,
            page: SearchPage { entries: vec![], references: 0 },
            page_bytes: 0,
            repetition: Repetition::default(),
            entries: 0,
            references: 0,
        };
        match requests {
            Ok(requests) => pages.requests = requests.into(),
            Err(failure) => pages.state = State::Failing(pages.explain(failure)),
        }
        pages
    }

    /// The next page, of at most so many entries as the settings say, however many the server sends at once. `Err` is
    /// final: there is no completion after it; what had come before it was handed out. `Ok(None)` comes after the last
    /// page.
    pub async fn next(&mut self) -> Result<Option<SearchPage>, DirectoryError> {
        loop {
            match std::mem::replace(&mut self.state, State::Asking) {
                State::Over => {
                    self.state = State::Over;
                    return Ok(None);
                }
                State::Failing(error) => {
                    self.state = State::Failed(error.operation.clone(), error.cause.clone());
                    return Err(error);
                }
                State::Failed(operation, cause) => {
                    self.state = State::Failed(operation.clone(), cause.clone());
                    return Err(DirectoryError { operation, cause, source: None });
                }
                state => self.state = state,
            }
            if let Err(failure) = self.gather_in_time().await {
                self.state = State::Failing(self.explain(failure));
            }
            if !self.page.entries.is_empty() || self.page.references > 0 {
                self.page_bytes = 0;
                let next = SearchPage { entries: Vec::with_capacity(self.page.entries.len()), references: 0 };
                return Ok(Some(std::mem::replace(&mut self.page, next)));
            }
        }
    }

    /// The proof, once `next` gave `Ok(None)`; `None` before.
    pub fn completion(self) -> Option<Completion> {
        let Self { state, entries, references, .. } = self;
        matches!(state, State::Over).then_some(Completion { entries, references, _private: () })
    }

    /// Gathers a page, within the time of an operation and of the run.
    async fn gather_in_time(&mut self) -> Result<(), Failure> {
        let connection = &self.session.settings.connection;
        let (operation, run) = (connection.operation_timeout, connection.run_deadline);
        let deadline = self.deadline;
        let left = async {
            match tokio::time::timeout_at(deadline, self.gather()).await {
                Ok(result) => result,
                Err(elapsed) => Err(Failure::with(Cause::DeadlinePassed { seconds: run }, elapsed)),
            }
        };
        timed(operation, left).await
    }

    /// Reads until a page is full or ends. Can be dropped while it waits for the server.
    async fn gather(&mut self) -> Result<(), Failure> {
        match self.state {
            State::Fresh if self.requests.is_empty() => {
                self.state = State::Over;
                return Ok(());
            }
            State::Fresh => self.ask(vec![]).await?,
            State::Awaiting(_) => {}
            _ => return Err(Cause::Dropped.into()),
        }
        let page_size = self.session.settings.schema.page_size as usize;
        loop {
            // Full, but the server has more for this page: it is not one that pages. What it sends next stays unread.
            let full = self.page.entries.len() >= page_size || self.page_bytes >= MAX_PAGE_BYTES;
            let length = self.session.wire.await_message().await?;
            if full && self.session.wire.is_result(length) {
                return Ok(());
            }
            match self.read(length).await? {
                Read::Entry => {}
                Read::EndOfPage | Read::EndOfAll => return Ok(()),
            }
        }
    }

    async fn read(&mut self, length: usize) -> Result<Read, Failure> {
        let State::Awaiting(id) = self.state else { return Err(Cause::Dropped.into()) };
        let message = self.session.wire.receive().await?;
        match message.answer {
            Answer::Entry(entry) if message.id == id => {
                self.repetition.entry(&entry);
                self.page.entries.push(entry);
                self.page_bytes += length;
                self.entries += 1;
                Ok(Read::Entry)
            }
            Answer::Reference if message.id == id => {
                self.page.references += 1;
                self.references += 1;
                Ok(Read::Entry)
            }
            Answer::Done(outcome) if message.id == id => self.end_page(outcome).await,
            answer => unasked(message.id, answer).map(|()| Read::Entry),
        }
    }

    async fn end_page(&mut self, outcome: Outcome) -> Result<Read, Failure> {
        if let Some(cause) = of_outcome(&outcome, self.entries) {
            return Err(Failure::with(cause, format!("{}: {}", outcome.code, outcome.text)));
        }
        if let Some(cookie) = self.repetition.end_page(outcome.cookie)? {
            self.ask(cookie).await?;
            return Ok(Read::EndOfPage);
        }
        self.requests.pop_front();
        self.repetition = Repetition::default();
        if self.requests.is_empty() {
            self.state = State::Over;
            return Ok(Read::EndOfAll);
        }
        self.ask(vec![]).await?;
        Ok(Read::EndOfPage)
    }

    async fn ask(&mut self, cookie: Vec<u8>) -> Result<(), Failure> {
        self.state = State::Asking;
        let Some(search) = self.requests.front() else { return Ok(()) };
        let id = self.session.wire.send(|id| request::search(id, search, &cookie)).await?;
        self.state = State::Awaiting(id);
        Ok(())
    }

    fn explain(&self, failure: Failure) -> DirectoryError {
        let below = self.requests.front().map_or(String::new(), |search| format!(" below {}", search.base_dn));
        failure.because(format!("search{below} at {}", self.session.url))
    }
}

impl Repetition {
    fn entry(&mut self, entry: &Entry) {
        if self.first.is_none() {
            self.first = Some(self.hasher.hash_one(&entry.dn));
        }
    }

    /// The cookie to go on with; `None` after the last page.
    fn end_page(&mut self, cookie: Option<Vec<u8>>) -> Result<Option<Vec<u8>>, Failure> {
        let first = self.first.take();
        match cookie {
            Some(cookie) if !cookie.is_empty() => {
                self.paged = true;
                if !self.seen.insert(self.hasher.hash_one((&cookie, first))) {
                    return Err(Cause::EndlessPages.into());
                }
                Ok(Some(cookie))
            }
            Some(_) => Ok(None),
            // A server that began to page says so on every page; one that stops saying so did not say that it is done.
            None if self.paged => Err(Cause::Garbage.into()),
            None => Ok(None),
        }
    }
}
