//! Rows of a grid, wherever they come from: in memory, or fetched in blocks when they come into sight.

use crate::error::AppError;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    ops::Range,
    pin::Pin,
    sync::Arc,
    time::Duration,
};

/// Rows that are fetched at once.
pub const BLOCK: u32 = 100;

/// How long a block must stay in sight before it is fetched: a drag of the scroll bar passes hundreds.
const REST: Duration = Duration::from_millis(60);

/// How often rows that change are fetched again at most.
const AGAIN: Duration = Duration::from_secs(1);

/// A part of a list, and how long the whole list is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Block<T> {
    /// All rows of the list.
    pub total: u32,
    /// The rows of this part.
    pub items: Vec<T>,
}

/// Rows of a grid. Cheap to copy; reading is reactive.
pub struct Rows<T: Send + Sync + 'static>(StoredValue<Source<T>>);

impl<T: Send + Sync> Clone for Rows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Rows<T> {}

type Fetch<T> = Arc<dyn Fn(u32) -> Pin<Box<dyn Future<Output = Result<Block<T>, AppError>>>> + Send + Sync>;
type FirstBlock<T> = Resource<Result<Block<T>, AppError>>;

enum Source<T: Send + Sync + 'static> {
    Memory(Signal<Arc<Vec<T>>>),
    Fetched(Fetched<T>),
}

/// Blocks by number. The first comes from a resource, so that it is in the page that the server sends.
struct Fetched<T: Send + Sync + 'static> {
    first: FirstBlock<T>,
    refetch: Arc<dyn Fn() + Send + Sync>,
    fetch: Fetch<T>,
    blocks: BTreeMap<u32, ArcRwSignal<Option<Arc<Vec<T>>>>>,
    /// What became of the first block since.
    newest: ArcRwSignal<Option<Block<T>>>,
    /// Reads what changes when rows may have changed.
    news: Option<Arc<dyn Fn() + Send + Sync>>,
    /// Says which list it is, where another answer may be the same list.
    list: Option<Arc<dyn Fn() -> String + Send + Sync>>,
    /// Whether rows will be fetched again in a moment.
    is_due: bool,
    asked: BTreeSet<u32>,
    failure: ArcRwSignal<Option<AppError>>,
    /// Counts the queries, so that an answer to an earlier one is dropped.
    generation: u32,
}

impl<T: Clone + Send + Sync + 'static> Rows<T> {
    /// Rows that are all here.
    pub fn in_memory(rows: impl Into<Signal<Arc<Vec<T>>>>) -> Self {
        Self(StoredValue::new(Source::Memory(rows.into())))
    }

    /// Rows that are fetched in blocks of [`BLOCK`]. `first` is the block at offset 0 and follows the query; `fetch`
    /// fetches the others of the same query by offset.
    pub fn fetched<F, Fut>(first: FirstBlock<T>, fetch: F) -> Self
    where
        T: Serialize + DeserializeOwned,
        F: Fn(u32) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Block<T>, AppError>> + 'static,
    {
        Self(StoredValue::new(Source::Fetched(Fetched {
            first,
            refetch: Arc::new(move || first.refetch()),
            fetch: Arc::new(move |offset| Box::pin(fetch(offset))),
            blocks: BTreeMap::new(),
            newest: ArcRwSignal::new(None),
            news: None,
            list: None,
            is_due: false,
            asked: BTreeSet::new(),
            failure: ArcRwSignal::new(None),
            generation: 0,
        })))
    }

    /// The same rows, fetched again in their places when what `news` reads has changed: at most once a second. It must
    /// read a memo, not only track it: one that nobody has read follows nothing.
    pub fn again_on<N>(self, news: impl Fn() -> N + Send + Sync + 'static) -> Self {
        self.0.update_value(|source| {
            if let Source::Fetched(fetched) = source {
                fetched.news = Some(Arc::new(move || {
                    news();
                }));
            }
        });
        self
    }

    /// The same list as long as `list` says the same, whatever its rows become: whoever is in the middle of it stays there.
    pub fn of_list(self, list: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.0.update_value(|source| {
            if let Source::Fetched(fetched) = source {
                fetched.list = Some(Arc::new(list));
            }
        });
        self
    }

    /// Which list it is, if that was said.
    pub(super) fn list(self) -> Option<String> {
        let list = self.0.with_value(|source| match source {
            Source::Memory(_) => None,
            Source::Fetched(fetched) => fetched.list.clone(),
        })?;
        Some(untrack(|| list()))
    }

    /// Whether it is known by now how many there are.
    pub fn is_known(self) -> bool {
        self.0.with_value(|source| match source {
            Source::Memory(_) => true,
            Source::Fetched(fetched) => fetched.first.with(|first| matches!(first, Some(Ok(_)))),
        })
    }

    /// How many rows there are; 0 as long as that is not known.
    pub fn total(self) -> u32 {
        self.0.with_value(|source| match source {
            Source::Memory(rows) => rows.with(|rows| u32::try_from(rows.len()).unwrap_or(u32::MAX)),
            Source::Fetched(fetched) => {
                let newest = fetched.newest.with(|newest| newest.as_ref().map(|block| block.total));
                fetched.first.with(|first| match first {
                    Some(Ok(block)) => newest.unwrap_or(block.total),
                    _ => 0,
                })
            }
        })
    }

    /// A row, once it is here.
    pub fn get(self, index: u32) -> Option<T> {
        match self.0.with_value(|source| source.part(index)) {
            Part::Memory(rows) => rows.with(|rows| rows.get(index as usize).cloned()),
            Part::First(first, newest) => first.with(|first| match first {
                Some(Ok(block)) => {
                    newest.with(|newest| newest.as_ref().unwrap_or(block).items.get(index as usize).cloned())
                }
                _ => None,
            }),
            Part::Block(block) => {
                block.with(|block| block.as_ref().and_then(|rows| rows.get((index % BLOCK) as usize).cloned()))
            }
            Part::Unknown => {
                let block = self.0.try_update_value(|source| source.block(index)).flatten()?;
                block.track();
                None
            }
        }
    }

    /// A row, once it is here, without following it.
    pub fn get_untracked(self, index: u32) -> Option<T> {
        untrack(|| self.get(index))
    }

    /// Why rows could not be fetched.
    pub(super) fn failure(self) -> Option<AppError> {
        let (first, failure) = self.0.with_value(|source| match source {
            Source::Memory(_) => None,
            Source::Fetched(fetched) => Some((fetched.first, fetched.failure.clone())),
        })?;
        let failed = failure.get();
        first.with(|first| first.as_ref().and_then(|first| first.as_ref().err().cloned())).or(failed)
    }

    /// Fetches again what failed.
    pub(super) fn retry(self) {
        let parts = self.0.try_update_value(|source| match source {
            Source::Memory(_) => None,
            Source::Fetched(fetched) => {
                fetched.asked.clear();
                Some((fetched.refetch.clone(), fetched.failure.clone()))
            }
        });
        if let Some((refetch, failure)) = parts.flatten() {
            failure.set(None);
            refetch();
        }
    }

    /// Follows the query: what is cached belongs to the one before. Called by an effect.
    pub(super) fn restarted(self) {
        let Some(first) = self.0.with_value(|source| match source {
            Source::Memory(_) => None,
            Source::Fetched(fetched) => Some(fetched.first),
        }) else {
            return;
        };
        first.track();
        self.0.update_value(|source| {
            if let Source::Fetched(fetched) = source {
                fetched.generation += 1;
                fetched.asked.clear();
                for block in fetched.blocks.values() {
                    block.set(None);
                }
                fetched.newest.set(None);
                fetched.failure.set(None);
            }
        });
    }

    /// Follows the news: in a moment, what is in sight is fetched again. Called by an effect; the first time nothing
    /// is new.
    pub(super) fn hear(self, is_first: bool, sight: impl Fn() -> Range<u32> + 'static) {
        let Some(news) = self.0.with_value(|source| match source {
            Source::Memory(_) => None,
            Source::Fetched(fetched) => fetched.news.clone(),
        }) else {
            return;
        };
        news();
        if is_first {
            return;
        }
        let was_due = self.0.try_update_value(|source| match source {
            Source::Memory(_) => true,
            Source::Fetched(fetched) => std::mem::replace(&mut fetched.is_due, true),
        });
        if was_due == Some(false) {
            set_timeout(move || self.fetch_again(sight), AGAIN);
        }
    }

    /// Fetches again what is in sight, where it is, and forgets what is not.
    fn fetch_again(self, sight: impl Fn() -> Range<u32>) {
        if self.0.try_with_value(|_| ()).is_none() {
            // The page was left.
            return;
        }
        let sight = sight();
        let seen = sight.start / BLOCK..sight.end.div_ceil(BLOCK);
        let parts = self.0.try_update_value(|source| match source {
            Source::Memory(_) => None,
            Source::Fetched(fetched) => {
                fetched.is_due = false;
                // Answers that are under way may be old.
                fetched.generation += 1;
                fetched.asked = seen.clone().filter(|number| *number > 0).collect();
                for (number, block) in &fetched.blocks {
                    if !seen.contains(number) {
                        block.set(None);
                    }
                }
                Some((fetched.fetch.clone(), fetched.generation, fetched.asked.clone()))
            }
        });
        let Some(Some((fetch, generation, asked))) = parts else { return };
        let first = fetch.clone();
        spawn_local(async move {
            // Rows that were not fetched again stay as they are: the next news come soon.
            let Ok(block) = first(0).await else { return };
            self.0.try_update_value(|source| match source {
                Source::Fetched(fetched) if fetched.generation == generation => fetched.newest.set(Some(block)),
                _ => {}
            });
        });
        for number in asked {
            self.fetch_block(number, fetch.clone(), generation);
        }
    }

    /// Fetches the blocks of a range that are not here, if it stays in sight. Called by an effect.
    pub(super) fn want(self, range: Range<u32>, still: impl Fn() -> Range<u32> + 'static) {
        if range.is_empty() || self.0.with_value(|source| matches!(source, Source::Memory(_))) {
            return;
        }
        let missing: Vec<u32> = (range.start / BLOCK..=(range.end - 1) / BLOCK)
            .filter(|block| *block > 0 && self.0.with_value(|source| !source.asked(*block)))
            .collect();
        if missing.is_empty() {
            return;
        }
        set_timeout(
            move || {
                let sight = still();
                for block in missing {
                    if block * BLOCK < sight.end && (block + 1) * BLOCK > sight.start {
                        self.fetch(block);
                    }
                }
            },
            REST,
        );
    }

    fn fetch(self, number: u32) {
        let asked = self.0.try_update_value(|source| match source {
            Source::Fetched(fetched) => {
                let first_time = fetched.asked.insert(number);
                first_time.then(|| (fetched.fetch.clone(), fetched.generation))
            }
            Source::Memory(_) => None,
        });
        if let Some((fetch, generation)) = asked.flatten() {
            self.fetch_block(number, fetch, generation);
        }
    }

    fn fetch_block(self, number: u32, fetch: Fetch<T>, generation: u32) {
        spawn_local(async move {
            let answer = fetch(number * BLOCK).await;
            let parts = self.0.try_update_value(|source| {
                let failure = match source {
                    Source::Fetched(fetched) if fetched.generation == generation => {
                        if answer.is_err() {
                            fetched.asked.remove(&number);
                        }
                        fetched.failure.clone()
                    }
                    _ => return None,
                };
                Some((source.block(number * BLOCK)?, failure))
            });
            // The page was left, or shows another query by now.
            let Some(Some((block, failure))) = parts else { return };
            match answer {
                Ok(answer) => block.set(Some(Arc::new(answer.items))),
                Err(error) => failure.set(Some(error)),
            }
        });
    }
}

enum Part<T: Send + Sync + 'static> {
    Memory(Signal<Arc<Vec<T>>>),
    First(FirstBlock<T>, ArcRwSignal<Option<Block<T>>>),
    Block(ArcRwSignal<Option<Arc<Vec<T>>>>),
    Unknown,
}

impl<T: Send + Sync + 'static> Source<T> {
    fn part(&self, index: u32) -> Part<T> {
        match self {
            Source::Memory(rows) => Part::Memory(*rows),
            Source::Fetched(fetched) if index < BLOCK => Part::First(fetched.first, fetched.newest.clone()),
            Source::Fetched(fetched) => {
                fetched.blocks.get(&(index / BLOCK)).cloned().map_or(Part::Unknown, Part::Block)
            }
        }
    }

    fn block(&mut self, index: u32) -> Option<ArcRwSignal<Option<Arc<Vec<T>>>>> {
        match self {
            Source::Memory(_) => None,
            Source::Fetched(fetched) => Some(fetched.blocks.entry(index / BLOCK).or_default().clone()),
        }
    }

    fn asked(&self, block: u32) -> bool {
        matches!(self, Source::Fetched(fetched) if fetched.asked.contains(&block))
    }
}
