//! What is picked of the plan on the page.

use super::{shown::Shown, source::Source};
use crate::{
    api::plan::{PlanLine, PlanRowQuery, PlanView, read_outline},
    error::AppError,
    pages::file::state::FileImport,
    text,
};
use leptos::{leptos_dom::helpers::debounce, prelude::*, task::spawn_local};
use plan::{Counts, Kind, Selection};
use std::{sync::Arc, time::Duration};

/// How long picking must rest before the server is asked to count.
const REST: Duration = Duration::from_millis(150);

/// The kind of each row, in order.
pub type Outline = Arc<Vec<Kind>>;
/// Numbers of rows, in order.
pub type Numbers = Arc<Vec<u32>>;

/// The review of one plan. What is picked is decided here, without asking the server.
#[derive(Debug, Clone, Copy)]
pub struct Review {
    /// The plan.
    pub plan: RwSignal<PlanView>,
    /// Where its rows are.
    pub source: Source,
    /// Which rows and fields are picked.
    pub selection: RwSignal<Selection>,
    /// The row whose details are shown, as it was when they were opened.
    pub opened: RwSignal<Option<PlanLine>>,
    /// The same as it is by now, if the rows became others meanwhile.
    refreshed: RwSignal<Option<PlanLine>>,
    /// Whether anything can be picked at all.
    pub can_pick: bool,
    /// Whether what is picked is being committed, and stays as it is until that is over.
    pub committing: RwSignal<bool>,
    /// How many rows changed since they were planned, once that was asked.
    pub stale: RwSignal<Option<u32>>,
    /// How many commits were refused because of them: each time, other rows may have changed.
    pub refusals: RwSignal<u32>,
    /// Counts up when the rows are others.
    pub version: RwSignal<u32>,
    /// The kind of each row, once the server said.
    outline: RwSignal<Option<Result<Outline, AppError>>>,
    /// What the server counted, for a selection that cannot be counted here.
    counted: RwSignal<Option<(Selection, Result<Counts, AppError>)>>,
    /// The rows that a query lists, for one that the outline does not answer.
    listed: RwSignal<Option<(PlanRowQuery, Result<Numbers, AppError>)>>,
    /// The query that they are wanted for.
    wanted: StoredValue<Option<PlanRowQuery>>,
}

impl Review {
    /// The review of a plan. Nothing is fetched yet: see [`Review::follow`].
    pub fn new(plan: PlanView) -> Self {
        let can_pick = plan.can_commit && plan.job_id.is_none();
        Self {
            source: Source::Stored(plan.plan_id),
            plan: RwSignal::new(plan),
            selection: RwSignal::default(),
            opened: RwSignal::default(),
            refreshed: RwSignal::default(),
            can_pick,
            committing: RwSignal::default(),
            stale: RwSignal::default(),
            refusals: RwSignal::default(),
            version: RwSignal::default(),
            outline: RwSignal::default(),
            counted: RwSignal::default(),
            listed: RwSignal::default(),
            wanted: StoredValue::default(),
        }
    }

    /// The review of a file that was planned here. What is picked outlives the page.
    pub fn of_file(file: FileImport, plan: PlanView) -> Self {
        let (selection, committing) = (file.selection, file.committing);
        Self { source: Source::File(file), selection, committing, ..Self::new(plan) }
    }

    /// Another plan of the same rows takes the place of this one, with what is picked.
    pub fn replace(self, plan: PlanView) {
        self.plan.set(plan);
        self.counted.set(None);
        self.listed.set(None);
        self.version.update(|version| *version += 1);
        let opened = self.opened.with_untracked(|opened| opened.as_ref().map(|line| line.row.row));
        spawn_local(async move {
            self.refreshed.try_set(if let Some(row) = opened { self.fetch_line(row).await } else { None });
            self.fetch_outline().await;
        });
    }

    /// A row of the plan as it is by now. Reactive.
    pub fn current(self, line: &PlanLine) -> PlanLine {
        let refreshed = self.refreshed.with(|now| now.clone().filter(|now| now.row.row == line.row.row));
        refreshed.unwrap_or_else(|| line.clone())
    }

    /// Fetches what picking needs to know of the rows that are shown, for as long as the page is open.
    pub fn follow(self, shown: Shown) {
        // In effects, because the server has no clicks.
        Effect::new(move |_| {
            spawn_local(async move {
                self.fetch_outline().await;
            });
        });
        let mut count = debounce(REST, move |selection| self.count_at_server(selection));
        Effect::new(move |_| {
            // A field that is left out everywhere can leave rows with nothing to do, and only the server sees all rows.
            // With other rows it is to be counted again.
            self.version.track();
            let selection = self.selection.get();
            if !selection.unpicked_fields.is_empty() {
                count(selection);
            }
        });
        Effect::new(move |_| {
            let query = all_of(shown);
            self.refusals.track();
            self.version.track();
            if !is_in_outline(&query) {
                spawn_local(async move {
                    self.fetch_listed(query).await;
                });
            } else {
                self.wanted.set_value(None);
                self.listed.set(None);
            }
        });
    }

    /// The kind of each row; `None` until it is known. Reactive.
    pub fn outline(self) -> Option<Outline> {
        self.outline.with(|outline| outline.as_ref()?.as_ref().ok().cloned())
    }

    /// The numbers of the rows that are shown, in sight or not; `None` until they are known. Reactive.
    pub fn numbers(self, shown: Shown) -> Option<Numbers> {
        let query = all_of(shown);
        if is_in_outline(&query) { Some(of_kind(&self.outline()?, query.kind)) } else { self.known(&query) }
    }

    /// The same, fetched if need be, and the outline beside it. `None` when it cannot be had; [`Review::failure`] says
    /// why.
    pub async fn fetch_numbers(self, shown: Shown) -> Option<(Numbers, Outline)> {
        let query = untrack(|| all_of(shown));
        let outline = match untrack(|| self.outline()) {
            Some(outline) => outline,
            None => self.fetch_outline().await?,
        };
        let numbers = if is_in_outline(&query) {
            of_kind(&outline, query.kind)
        } else {
            match untrack(|| self.known(&query)) {
                Some(numbers) => numbers,
                None => self.fetch_listed(query).await?,
            }
        };
        Some((numbers, outline))
    }

    /// Changes what is picked by kinds. Does nothing until the outline is known.
    pub fn pick_kind(self, kind: Kind, picked: bool) {
        let Some(outline) = untrack(|| self.outline()) else { return };
        self.selection.update(|selection| {
            if picked { selection.pick_kind(kind, &outline) } else { selection.unpick_kind(kind, &outline) }
        });
    }

    /// What is picked, in numbers; `None` until that is known. Reactive.
    pub fn picked(self) -> Option<Counts> {
        let selection = self.selection.read();
        if !selection.unpicked_fields.is_empty() {
            return self.counted.with(|counted| match counted {
                Some((of, Ok(counts))) if *of == *selection => Some(*counts),
                _ => None,
            });
        }
        if *selection == Selection::default() {
            return Some(self.changes());
        }
        Some(selection.counts(&self.outline()?))
    }

    /// Everything that could be picked, in numbers. Reactive.
    pub fn changes(self) -> Counts {
        let counts = self.plan.with(|plan| plan.summary.counts);
        Counts { unchanged: 0, skipped: 0, blocked: 0, warnings: 0, ..counts }
    }

    /// What is said of a plan that changes nothing.
    pub fn nothing_text(self) -> &'static str {
        match self.source {
            Source::Stored(_) => text!(review.nothing_to_do),
            Source::File(_) => text!(review.nothing_to_do_file),
        }
    }

    /// Why something that picking needs could not be fetched. Reactive.
    pub fn failure(self) -> Option<AppError> {
        let outline = self.outline.with(|outline| outline.as_ref()?.as_ref().err().cloned());
        let counted = || {
            let selection = self.selection.read();
            let counted = self.counted.read();
            counted.as_ref().filter(|(of, _)| *of == *selection)?.1.as_ref().err().cloned()
        };
        let listed = || self.listed.with(|listed| listed.as_ref()?.1.as_ref().err().cloned());
        outline.or_else(counted).or_else(listed)
    }

    /// Fetches again what failed.
    pub fn retry(self) {
        let failed_outline = self.outline.with_untracked(|outline| matches!(outline, Some(Err(_))));
        let failed_count = self.counted.with_untracked(|counted| matches!(counted, Some((_, Err(_)))));
        let failed_list = self.listed.with_untracked(|listed| match listed {
            Some((query, Err(_))) => Some(query.clone()),
            _ => None,
        });
        spawn_local(async move {
            if failed_outline {
                self.fetch_outline().await;
            }
            if let Some(query) = failed_list {
                self.fetch_listed(query).await;
            }
        });
        if failed_count {
            self.count_at_server(self.selection.get_untracked());
        }
    }

    /// Asks how many rows changed since they were planned.
    pub fn look_for_stale(self) {
        spawn_local(async move {
            let query = PlanRowQuery { stale: true, ..PlanRowQuery::default() };
            // Without an answer the list itself tells why.
            if let Ok(rows) = self.source.numbers(query).await {
                self.stale.try_set(Some(u32::try_from(rows.len()).unwrap_or(u32::MAX)));
            }
        });
    }

    fn known(self, query: &PlanRowQuery) -> Option<Numbers> {
        self.listed.with(|listed| match listed {
            Some((of, Ok(numbers))) if of == query => Some(numbers.clone()),
            _ => None,
        })
    }

    fn count_at_server(self, selection: Selection) {
        let version = self.version.get_untracked();
        spawn_local(async move {
            let counts = self.source.count(selection.clone()).await;
            // An answer to what is not picked any more, or of other rows, says nothing, and another is under way.
            if self.selection.try_with_untracked(|now| *now == selection) == Some(true)
                && self.version.try_get_untracked() == Some(version)
            {
                self.counted.try_set(Some((selection, counts)));
            }
        });
    }

    async fn fetch_line(self, row: u32) -> Option<PlanLine> {
        // All rows are listed in their order.
        let query = PlanRowQuery { offset: row, limit: 1, ..PlanRowQuery::default() };
        self.source.rows(query).await.ok()?.items.into_iter().find(|line| line.row.row == row)
    }

    async fn fetch_outline(self) -> Option<Outline> {
        let outline = self.source.outline().await.map(|letters| Arc::new(read_outline(&letters)));
        self.outline.try_set(Some(outline.clone()));
        outline.ok()
    }

    async fn fetch_listed(self, query: PlanRowQuery) -> Option<Numbers> {
        self.wanted.try_update_value(|wanted| *wanted = Some(query.clone()))?;
        let numbers = self.source.numbers(query.clone()).await.map(Arc::new);
        // Another query may have been asked meanwhile, and answered first.
        if self.wanted.try_with_value(|wanted| wanted.as_ref() == Some(&query)) == Some(true) {
            self.listed.try_set(Some((query, numbers.clone())));
        }
        numbers.ok()
    }
}

/// The query for all rows that are shown.
fn all_of(shown: Shown) -> PlanRowQuery {
    shown.rows(0, 1)
}

/// Whether the outline alone tells which rows a query lists.
fn is_in_outline(query: &PlanRowQuery) -> bool {
    !query.warnings && !query.stale && query.text.trim().is_empty()
}

fn of_kind(outline: &[Kind], wanted: Option<Kind>) -> Numbers {
    let is_wanted = |kind: &Kind| wanted.is_none_or(|wanted| wanted == *kind);
    Arc::new((0_u32..).zip(outline).filter(|(_, kind)| is_wanted(kind)).map(|(row, _)| row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::field::Field;
    use identity::id::{DirectoryId, PlanId};
    use plan::{Digest, Summary};

    fn review() -> Review {
        let counts = Counts { create: 2, update: 1, unchanged: 1, ..Counts::default() };
        let summary = Summary { counts, guards: vec![], fields: Default::default(), digest: Digest("0".to_owned()) };
        Review::new(PlanView {
            plan_id: PlanId(1),
            directory_id: Some(DirectoryId(1)),
            source_name: String::new(),
            query: String::new(),
            earlier: 0,
            summary,
            author_name: None,
            created_at: 0,
            job_id: None,
            can_commit: true,
        })
    }

    fn changes(review: Review) -> Option<u32> {
        untrack(|| review.picked()).map(|counts| counts.changes())
    }

    #[test]
    fn nothing_is_said_to_be_picked_before_it_is_known() {
        Owner::new().with(|| {
            let review = review();
            assert_eq!(changes(review), Some(3), "everything needs no outline");
            review.selection.update(|selection| selection.unpick_row(0));
            assert_eq!(changes(review), None);
            review.pick_kind(Kind::Create, false);
            assert_eq!(review.selection.with_untracked(|selection| selection.rows.len()), 1, "no kind is known yet");
            review.outline.set(Some(Err(AppError::Network)));
            assert_eq!((changes(review), untrack(|| review.failure())), (None, Some(AppError::Network)));
            let outline = vec![Kind::Create, Kind::Create, Kind::Update, Kind::Unchanged];
            review.outline.set(Some(Ok(Arc::new(outline))));
            assert_eq!((changes(review), untrack(|| review.failure())), (Some(2), None));
        });
    }

    #[test]
    fn a_count_of_the_server_is_of_one_selection() {
        Owner::new().with(|| {
            let review = review();
            review.selection.update(|selection| selection.unpick_field(&Field::Email));
            assert_eq!(changes(review), None);
            let counts = Counts { create: 2, ..Counts::default() };
            review.counted.set(Some((review.selection.get_untracked(), Ok(counts))));
            assert_eq!(changes(review), Some(2));
            review.selection.update(|selection| selection.unpick_row(0));
            assert_eq!(changes(review), None, "that was counted for another one");
        });
    }

    #[test]
    fn the_row_that_is_looked_at_is_shown_as_it_is_by_now() {
        Owner::new().with(|| {
            let review = review();
            let line = |row: u32, name: &str| {
                let row = serde_json::json!({
                    "row": row, "username": name, "name": name, "action": {"action": "create"}, "fields": [],
                    "unchanged_fields": 0, "add_roles": [], "reason": {"reason": "unknown"}, "issues": [],
                });
                PlanLine { row: serde_json::from_value(row).expect("a row"), stale: false }
            };
            let (before, other) = (line(4, "before"), line(5, "other"));
            assert_eq!(untrack(|| review.current(&before)), before);
            review.refreshed.set(Some(line(4, "now")));
            assert_eq!(untrack(|| review.current(&before)), line(4, "now"));
            assert_eq!(untrack(|| review.current(&other)), other);
        });
    }
}
