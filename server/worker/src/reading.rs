//! Reading a directory: pages of entries become rows of a plan, three steps at the same time.
//!
//! One task reads and maps the next page, one plans the page before it against a snapshot of the store, and the caller
//! has the page before that. Never more than a few pages are in memory, whatever the size of the result.

use directory::{DirectoryError, Search, SearchPage, Target};
use identity::attribute;
use identity::directory::DirectorySettings;
use identity::entry::Entry;
use identity::external_id::ExternalId;
use identity::filter::{Filter, FilterError};
use identity::import::Picked;
use plan::mapping::map_entry;
use plan::{Planner, Policy, Record, Row, Summary};
use std::collections::HashSet;
use store::snapshot::Trail;
use store::{Store, StoreError};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinSet;

/// Why a reading ended early. Nothing may be concluded from the pages that came before.
#[derive(Debug, thiserror::Error)]
pub enum ReadingError {
    /// The directory did not give everything.
    #[error("the directory was not read to its end")]
    Directory(#[source] DirectoryError),
    /// The store did not answer.
    #[error("the users that a page concerns could not be read")]
    Store(#[source] StoreError),
    /// The filter cannot be sent.
    #[error("the filter cannot be sent")]
    Filter(#[source] FilterError),
    /// A task ended without an answer.
    #[error("the reading was interrupted")]
    Interrupted,
}

/// What to read.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The searches, one after the other.
    pub filters: Vec<Filter>,
    /// Which of the entries found.
    pub picked: Picked,
    /// Whether the searches are left as soon as every picked entry was found, rather than read to their end.
    pub until_found: bool,
}

/// A page, planned.
#[derive(Debug)]
pub struct ReadPage {
    /// What the entries say.
    pub records: Vec<Record>,
    /// What would happen to each of them.
    pub rows: Vec<Row>,
    /// Search references that were counted and not followed.
    pub references: u32,
}

/// What comes next.
#[derive(Debug)]
pub enum Next {
    /// A page.
    Page(ReadPage),
    /// After the last page, and only when the directory gave everything that it holds, or everyone who was picked by
    /// name was found.
    Complete {
        /// All pages in numbers.
        summary: Summary,
        /// Search references that were counted and not followed: other places may hold more people.
        references: u32,
    },
}

/// A reading under way. Dropping it abandons the search.
#[derive(Debug)]
pub struct Reading {
    pages: Receiver<Step<ReadPage, (Summary, u32)>>,
    _tasks: JoinSet<()>,
}

/// What goes from one task to the next. Without `Over`, a closed channel means that a task died.
#[derive(Debug)]
enum Step<Page, End> {
    Page(Page),
    Over(Result<End, ReadingError>),
}

/// Pages that wait between two tasks.
const WAITING: usize = 1;

/// The attributes that a mapping needs; nothing else is fetched (R34).
pub fn attributes(settings: &DirectorySettings) -> Vec<String> {
    let mapped = settings.users.mapping.iter().map(|mapping| &mapping.attribute);
    let mut names: Vec<String> = Vec::new();
    for name in [&settings.schema.external_id_attribute, &settings.users.username_attribute].into_iter().chain(mapped) {
        if !names.iter().any(|known| attribute::same(known, name)) {
            names.push(name.clone());
        }
    }
    names
}

impl Reading {
    /// Begins to read.
    pub fn begin(store: Store, target: Target, wanted: Wanted, policy: Policy) -> Self {
        let (records_in, records_out) = channel(WAITING);
        let (pages_in, pages) = channel(WAITING);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let end = read(&target, &wanted, &records_in).await;
            // Whoever is told may be gone already, and then nobody wants to know.
            let _ = records_in.send(Step::Over(end)).await;
        });
        tasks.spawn(async move {
            let end = plan_pages(&store, policy, records_out, &pages_in).await;
            let _ = pages_in.send(Step::Over(end)).await;
        });
        Self { pages, _tasks: tasks }
    }

    /// The next page, or the end. `Err` is final.
    pub async fn next(&mut self) -> Result<Next, ReadingError> {
        match self.pages.recv().await {
            Some(Step::Page(page)) => Ok(Next::Page(page)),
            Some(Step::Over(end)) => end.map(|(summary, references)| Next::Complete { summary, references }),
            None => Err(ReadingError::Interrupted),
        }
    }
}

/// A page of the directory, mapped.
#[derive(Debug)]
struct Mapped {
    records: Vec<Record>,
    references: u32,
}

/// Searches, and answers only when every search was complete: with the search references of one of them. Each meets
/// the same ones, whatever its filter.
///
/// Of entries that were picked by name, none is looked for any more once all were found: a search that the directory
/// cuts short afterwards has given what was wanted. Of one that is still missing nothing is known then, and it fails.
async fn read(target: &Target, wanted: &Wanted, pages: &Sender<Step<Mapped, u32>>) -> Result<u32, ReadingError> {
    let settings = &target.settings;
    // An entry below two base DNs, or found by two searches, is one entry.
    let mut seen = (settings.schema.base_dns.len() > 1 || wanted.filters.len() > 1).then(HashSet::new);
    let mut missing: Option<HashSet<&ExternalId>> = match &wanted.picked {
        Picked::Only(ids) => Some(ids.iter().collect()),
        Picked::All { .. } => None,
    };
    let mut references = 0;
    // One for all searches: with one for each, many of them could take as many times what the settings allow.
    let deadline = target.deadline();
    for filter in &wanted.filters {
        let search = Search { filter: filter.clone(), attributes: attributes(settings) };
        let session = target.connect().await.map_err(ReadingError::Directory)?;
        let mut found = session.search_until(search, deadline);
        let mut met = 0;
        loop {
            let all_found = missing.as_ref().is_some_and(HashSet::is_empty);
            if all_found && wanted.until_found {
                return Ok(references.max(met));
            }
            let page = match found.next().await {
                Ok(Some(page)) => page,
                Ok(None) => break,
                Err(error) if all_found => {
                    tracing::info!(cause = error.cause.code(), "a search was cut short after everyone was found");
                    return Ok(references.max(met));
                }
                Err(error) => return Err(ReadingError::Directory(error)),
            };
            met += page.references;
            let mapped = map_page(page, settings, &wanted.picked, seen.as_mut());
            if let Some(missing) = &mut missing {
                for entry in mapped.records.iter().filter_map(|record| record.entry.as_ref()) {
                    missing.remove(&entry.external_id);
                }
            }
            if pages.send(Step::Page(mapped)).await.is_err() {
                return Err(ReadingError::Interrupted);
            }
        }
        // Enough to import who was found; a removal would have to ask for more.
        let completion = found.completion().ok_or(ReadingError::Interrupted)?;
        references = references.max(u32::try_from(completion.references).unwrap_or(u32::MAX));
    }
    Ok(references)
}

fn map_page(
    page: SearchPage,
    settings: &DirectorySettings,
    picked: &Picked,
    mut seen: Option<&mut HashSet<ExternalId>>,
) -> Mapped {
    let SearchPage { entries, references } = page;
    let map = |entry: Entry| {
        let record = map_entry(&entry, settings);
        // Without an external id an entry cannot be ticked; a search still shows it and says why.
        let wanted = match &record.entry {
            Some(entry) => {
                picked.contains(&entry.external_id)
                    && seen.as_mut().is_none_or(|seen| seen.insert(entry.external_id.clone()))
            }
            None => matches!(picked, Picked::All { .. }),
        };
        wanted.then_some(record)
    };
    let mut records = Vec::with_capacity(entries.len());
    records.extend(entries.into_iter().filter_map(map));
    Mapped { records, references }
}

async fn plan_pages(
    store: &Store,
    policy: Policy,
    mut records: Receiver<Step<Mapped, u32>>,
    pages: &Sender<Step<ReadPage, (Summary, u32)>>,
) -> Result<(Summary, u32), ReadingError> {
    let directory_id = policy.directory_id;
    let mut planner = Planner::new(policy);
    let mut trail = Trail::default();
    loop {
        let Mapped { records, references } = match records.recv().await {
            Some(Step::Page(page)) => page,
            Some(Step::Over(Ok(references))) => return Ok((planner.finish(), references)),
            Some(Step::Over(Err(error))) => return Err(error),
            None => return Err(ReadingError::Interrupted),
        };
        let snapshot = store.snapshot_along(&mut trail, directory_id, &records).await.map_err(ReadingError::Store)?;
        let rows = planner.page(&records, &snapshot);
        if pages.send(Step::Page(ReadPage { records, rows, references })).await.is_err() {
            return Err(ReadingError::Interrupted);
        }
    }
}
