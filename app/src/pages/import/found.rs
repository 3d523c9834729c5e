//! What a search found so far, and what is ticked of it. Lives in the browser, as long as the page does.

use super::ticks::{Asked, Ticks};
use crate::api::search::{SearchLine, SearchRow};
use crate::error::AppError;
use leptos::prelude::*;
use plan::state::RowState;
use std::sync::Arc;

/// A found entry with its place in the result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// From 0, in the order of the directory.
    pub number: u32,
    /// The entry.
    pub row: Arc<SearchRow>,
}

/// How far a search is.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Nothing was searched for.
    Idle,
    /// Rows arrive.
    Searching,
    /// The directory gave everything.
    Complete,
    /// A person stopped it.
    Stopped,
    /// It ended early.
    Failed(AppError),
}

/// The result of a search. Cheap to copy; reading is reactive.
#[derive(Clone, Copy)]
pub struct Found {
    rows: StoredValue<Vec<Arc<SearchRow>>>,
    counts: RwSignal<[u32; RowState::CODES.len()]>,
    references: RwSignal<u32>,
    progress: RwSignal<Progress>,
    filter: RwSignal<Option<&'static str>>,
    shown: RwSignal<Arc<Vec<Hit>>>,
    ticks: RwSignal<Ticks>,
}

impl Found {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            rows: StoredValue::new(Vec::new()),
            counts: RwSignal::default(),
            references: RwSignal::default(),
            progress: RwSignal::new(Progress::Idle),
            filter: RwSignal::default(),
            shown: RwSignal::default(),
            ticks: RwSignal::default(),
        }
    }

    /// Forgets everything but the filter, before another search. What was picked before is ticked as it arrives.
    pub fn restart(self, ticks: Ticks) {
        self.rows.set_value(Vec::new());
        self.counts.set(Default::default());
        self.references.set(0);
        self.shown.set(Arc::default());
        self.ticks.set(ticks);
        self.progress.set(Progress::Searching);
    }

    /// Takes over a line of the answer.
    pub fn take(self, line: SearchLine) {
        match line {
            SearchLine::Page { rows, references } => self.add(rows, references),
            SearchLine::Done { total: _ } => {
                self.ticks.update(Ticks::settle);
                self.progress.set(Progress::Complete);
            }
            SearchLine::Failed { error } => self.fail(error),
        }
    }

    /// The answer ended. Without a last line that says so, it is not complete.
    pub fn end(self, answer: Result<(), AppError>) {
        if self.progress.with_untracked(|progress| *progress == Progress::Searching) {
            self.fail(answer.err().unwrap_or(AppError::Network));
        }
    }

    /// The search ended early.
    pub fn fail(self, error: AppError) {
        self.progress.set(Progress::Failed(error));
    }

    /// A person stopped it.
    pub fn stop(self) {
        self.progress.set(Progress::Stopped);
    }

    /// Nothing is searched for.
    pub fn idle(self, ticks: Ticks) {
        self.restart(ticks);
        self.progress.set(Progress::Idle);
    }

    fn add(self, rows: Vec<SearchRow>, references: u32) {
        let filter = self.filter.get_untracked();
        let mut counts = self.counts.get_untracked();
        let first = self.rows.with_value(Vec::len);
        let mut fresh = Vec::new();
        self.rows.update_value(|known| {
            for row in rows {
                let code = row.state.code();
                counts[place_of(code)] += 1;
                let hit = Hit { number: u32::try_from(known.len()).unwrap_or(u32::MAX), row: Arc::new(row) };
                known.push(hit.row.clone());
                if filter.is_none_or(|filter| filter == code) {
                    fresh.push(hit);
                }
            }
        });
        if self.ticks.with_untracked(Ticks::expects) {
            self.ticks.update(|ticks| {
                self.rows.with_value(|rows| {
                    let fresh = (0..).zip(rows).skip(first);
                    fresh.for_each(|(number, row)| ticks.arrive(number, row));
                });
            });
        }
        self.references.update(|sum| *sum += references);
        self.counts.set(counts);
        if !fresh.is_empty() {
            self.shown.update(|shown| Arc::make_mut(shown).append(&mut fresh));
        }
    }

    /// Shows only the entries of a state, or all of them.
    pub fn show(self, filter: Option<&'static str>) {
        self.filter.set(filter);
        let hits = self.rows.with_value(|rows| {
            (0..)
                .zip(rows)
                .filter(|(_, row)| filter.is_none_or(|filter| row.state.code() == filter))
                .map(|(number, row)| Hit { number, row: row.clone() })
                .collect()
        });
        self.shown.set(Arc::new(hits));
    }

    /// The entries that the filter lets through, in the order of the directory.
    pub fn shown(self) -> Signal<Arc<Vec<Hit>>> {
        self.shown.into()
    }

    /// How far the search is.
    pub fn progress(self) -> Progress {
        self.progress.get()
    }

    /// How far the search is, without following it.
    pub fn progress_now(self) -> Progress {
        self.progress.get_untracked()
    }

    /// Whether the directory gave everything.
    pub fn is_complete(self) -> bool {
        self.progress.with(|progress| *progress == Progress::Complete)
    }

    /// Entries in a state.
    pub fn count(self, code: &str) -> u32 {
        self.counts.with(|counts| counts[place_of(code)])
    }

    /// All entries.
    pub fn total(self) -> u32 {
        self.counts.with(|counts| counts.iter().sum())
    }

    /// Search references that were not followed.
    pub fn references(self) -> u32 {
        self.references.get()
    }

    /// What is ticked.
    pub fn ticks(self) -> RwSignal<Ticks> {
        self.ticks
    }

    /// Ticks or unticks everything that is shown.
    pub fn tick_shown(self, ticked: bool) {
        let unfiltered = self.filter.with_untracked(Option::is_none);
        self.ticks.update(|ticks| {
            self.shown.with_untracked(|shown| shown.iter().for_each(|hit| ticks.set(hit.number, &hit.row, ticked)));
            if ticked && unfiltered {
                ticks.mean_all();
            }
        });
    }

    /// Ticks from one shown place to another, both included.
    pub fn tick_range(self, first: u32, last: u32) {
        self.ticks.update(|ticks| {
            self.shown.with_untracked(|shown| {
                let range = shown.get(first as usize..=last as usize).unwrap_or_default();
                range.iter().for_each(|hit| ticks.set(hit.number, &hit.row, true));
            });
        });
    }

    /// What is picked, to ask for it now.
    pub fn asked(self) -> Asked {
        let complete = self.progress_now() == Progress::Complete;
        let asked = |ticks: &Ticks| self.rows.with_value(|rows| ticks.asked(rows.iter().map(AsRef::as_ref), complete));
        self.ticks.with_untracked(asked)
    }

    /// What is picked, for when the search is made once more.
    pub fn to_keep(self) -> Asked {
        let complete = self.progress_now() == Progress::Complete;
        let kept = |ticks: &Ticks| self.rows.with_value(|rows| ticks.to_keep(rows.iter().map(AsRef::as_ref), complete));
        self.ticks.with_untracked(kept)
    }
}

/// Where a state is counted.
fn place_of(code: &str) -> usize {
    RowState::CODES.iter().position(|known| *known == code).expect("every state has a code of the list")
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::external_id::ExternalId;

    fn page(states: &[RowState]) -> SearchLine {
        let row = |(number, state): (usize, &RowState)| SearchRow {
            external_id: ExternalId::from_text(&number.to_string()),
            dn: String::new(),
            username: String::new(),
            name: String::new(),
            email: None,
            department: None,
            job_title: None,
            state: state.clone(),
        };
        SearchLine::Page { rows: states.iter().enumerate().map(row).collect(), references: 1 }
    }

    #[test]
    fn rows_are_counted_and_shown_as_they_arrive() {
        Owner::new().with(|| {
            let found = Found::new();
            found.restart(Ticks::default());
            found.show(Some("new"));
            found.take(page(&[RowState::New, RowState::UpToDate]));
            found.take(page(&[RowState::New]));
            let numbers = || found.shown().get().iter().map(|hit| hit.number).collect::<Vec<_>>();
            assert_eq!((numbers(), found.total(), found.count("up_to_date")), (vec![0, 2], 3, 1));
            assert_eq!(found.references(), 2);
            found.show(None);
            assert_eq!(numbers(), [0, 1, 2]);
            found.tick_shown(true);
            assert_eq!(found.ticks().with(Ticks::count), 3);
        });
    }

    #[test]
    fn an_answer_without_an_end_is_not_complete() {
        Owner::new().with(|| {
            let found = Found::new();
            found.restart(Ticks::default());
            found.take(page(&[RowState::New]));
            found.end(Ok(()));
            assert_eq!(found.progress(), Progress::Failed(AppError::Network));
            found.restart(Ticks::default());
            found.take(SearchLine::Done { total: 0 });
            found.end(Ok(()));
            assert!(found.is_complete());
        });
    }
}
