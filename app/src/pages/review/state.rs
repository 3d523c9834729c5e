//! What the review of one plan shares between its parts.

use crate::api::plan::{PlanLine, PlanView, count_picked, plan_outline, read_outline};
use identity::id::PlanId;
use leptos::{prelude::*, task::spawn_local};
use plan::{Counts, Kind, Selection};

/// The review of one plan. What is picked is decided here, without asking the server.
#[derive(Debug, Clone, Copy)]
pub struct Review {
    /// The plan.
    pub plan: StoredValue<PlanView>,
    /// Which rows and fields are picked.
    pub selection: RwSignal<Selection>,
    /// The row whose details are shown.
    pub opened: RwSignal<Option<PlanLine>>,
    /// Whether anything can be picked at all.
    pub can_pick: bool,
    /// The kind of each row; empty until it was fetched.
    outline: RwSignal<Vec<Kind>>,
    /// What the server counted, for a selection that cannot be counted here.
    counted: RwSignal<Option<(Selection, Counts)>>,
}

impl Review {
    /// The review of a plan, with the draft that this tab kept.
    pub fn begin(plan: PlanView) -> Self {
        let plan_id = plan.plan_id;
        let can_pick = plan.can_commit && plan.job_id.is_none();
        let review = Self {
            plan: StoredValue::new(plan),
            selection: RwSignal::default(),
            opened: RwSignal::default(),
            can_pick,
            outline: RwSignal::default(),
            counted: RwSignal::default(),
        };
        if can_pick {
            // In effects, because the server has neither drafts nor clicks.
            Effect::new(move |before: Option<()>| review.keep_draft(plan_id, before.is_none()));
            Effect::new(move |_| review.count_at_server(plan_id));
            Effect::new(move |_| spawn_local(review.fetch_outline(plan_id)));
        }
        review
    }

    /// The kind of each row; empty until it was fetched. Reactive.
    pub fn with_outline<T>(self, read: impl FnOnce(&[Kind]) -> T) -> T {
        self.outline.with(|outline| read(outline))
    }

    /// Changes what is picked by kinds.
    pub fn pick_kind(self, kind: Kind, picked: bool) {
        self.outline.with_untracked(|outline| {
            self.selection.update(|selection| {
                if picked { selection.pick_kind(kind, outline) } else { selection.unpick_kind(kind, outline) }
            });
        });
    }

    /// What is picked, in numbers. Reactive.
    pub fn picked(self) -> Counts {
        let selection = self.selection.read();
        let counted = self.counted.read();
        let local =
            || self.with_outline(|outline| if outline.is_empty() { self.changes() } else { selection.counts(outline) });
        match &*counted {
            Some((of, counts)) if *of == *selection => *counts,
            _ => local(),
        }
    }

    /// Everything that could be picked, in numbers.
    pub fn changes(self) -> Counts {
        let counts = self.plan.with_value(|plan| plan.summary.counts);
        Counts { unchanged: 0, skipped: 0, blocked: 0, warnings: 0, ..counts }
    }

    fn keep_draft(self, plan_id: PlanId, is_first: bool) {
        if is_first && let Some(kept) = draft::find(plan_id) {
            self.selection.set(kept);
        }
        self.selection.with(|selection| draft::keep(plan_id, selection));
    }

    /// A field that is left out everywhere can leave rows with nothing to do, and only the server sees all rows.
    fn count_at_server(self, plan_id: PlanId) {
        let selection = self.selection.get();
        if selection.unpicked_fields.is_empty() {
            return;
        }
        spawn_local(async move {
            if let Ok(counts) = count_picked(plan_id, selection.clone()).await {
                self.counted.try_set(Some((selection, counts)));
            }
        });
    }

    async fn fetch_outline(self, plan_id: PlanId) {
        if let Ok(letters) = plan_outline(plan_id).await {
            self.outline.try_set(read_outline(&letters));
        }
    }
}

/// What is picked, kept in this tab.
pub mod draft {
    use crate::browser::{find_draft, forget_draft, keep_draft};
    use identity::id::PlanId;
    use plan::Selection;

    fn key(plan_id: PlanId) -> String {
        format!("muster.plan.{plan_id}")
    }

    /// Keeps what is picked.
    pub fn keep(plan_id: PlanId, selection: &Selection) {
        let Ok(text) = serde_json::to_string(selection) else { return };
        keep_draft(&key(plan_id), &text);
    }

    /// What was picked before the page was loaded again.
    pub fn find(plan_id: PlanId) -> Option<Selection> {
        serde_json::from_str(&find_draft(&key(plan_id))?).ok()
    }

    /// Forgets it.
    pub fn forget(plan_id: PlanId) {
        forget_draft(&key(plan_id));
    }
}
