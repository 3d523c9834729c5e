//! From ticks to a plan, followed while the server reads and plans.

use super::address::Address;
use super::decisions::Decisions;
use super::search::Search;
use crate::api::import::{PlanningLine, plan_directory_import};
use crate::api::lines::read_lines;
use crate::components::toast::Toasts;
use crate::error::AppError;
use crate::text;
use futures::future::{AbortHandle, abortable};
use identity::id::PlanId;
use leptos::{prelude::*, task::spawn_local};

/// How far the planning is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Not begun.
    Idle,
    /// So many entries were read.
    Reading(u32),
    /// There is a plan, and so many ticked entries are not in it because the directory does not have them any more.
    Missing(PlanId, u32),
    /// There is no plan.
    Failed(AppError),
}

/// The planning of a page. There is one at a time.
#[derive(Clone, Copy)]
pub struct Planning {
    address: Address,
    search: Search,
    decisions: Decisions,
    toasts: Toasts,
    stage: RwSignal<Stage>,
    running: StoredValue<Option<AbortHandle>>,
}

impl Planning {
    /// Nothing planned yet. A planning that runs is abandoned when the page is left.
    pub fn new(address: Address, search: Search, decisions: Decisions) -> Self {
        let (stage, running) = (RwSignal::new(Stage::Idle), StoredValue::new(None));
        let planning = Self { address, search, decisions, toasts: Toasts::here(), stage, running };
        on_cleanup(move || planning.abandon());
        planning
    }

    /// How far it is. Reactive.
    pub fn stage(self) -> Stage {
        self.stage.get()
    }

    /// Begins to plan what is ticked.
    pub fn begin(self) {
        let query = self.search.query().unwrap_or_default();
        let request = self.decisions.request(self.address.directory_id, query, self.search.found.asked());
        self.stage.set(Stage::Reading(0));
        let (work, handle) = abortable(async move {
            let end = match plan_directory_import(request).await {
                Ok(answer) => read_lines(answer, |line| self.take(line)).await,
                Err(error) => Err(error),
            };
            // The last line may have led to another page, and this one is gone with its signals.
            let unfinished = self.stage.try_with_untracked(|stage| matches!(stage, Stage::Reading(_)));
            let Some(unfinished) = unfinished else { return };
            if let Err(error) = end.and(if unfinished { Err(AppError::Network) } else { Ok(()) }) {
                self.stage.set(Stage::Failed(error));
            }
        });
        self.running.set_value(Some(handle));
        spawn_local(async move {
            // Abandoned: whoever did it knows.
            let _ = work.await;
        });
    }

    /// A person changed their mind.
    pub fn stop(self) {
        self.abandon();
        self.stage.set(Stage::Idle);
    }

    /// Goes to the plan.
    pub fn open(self, plan_id: PlanId) {
        self.address.go(&format!("/plans/{plan_id}"), Default::default());
    }

    fn take(self, line: PlanningLine) {
        match line {
            PlanningLine::Read { rows } => self.stage.set(Stage::Reading(rows)),
            PlanningLine::Planned { plan_id, digest: _, rows: _, missing, references } => {
                if references > 0 {
                    let words = text!(import.references, count = references, n = text::number(references));
                    // It stays beside the plan until somebody has read it.
                    self.toasts.fail(words, None);
                }
                self.stage.set(Stage::Missing(plan_id, missing));
                if missing == 0 {
                    self.open(plan_id);
                }
            }
            PlanningLine::Failed { error } => self.stage.set(Stage::Failed(error)),
        }
    }

    fn abandon(self) {
        if let Some(Some(handle)) = self.running.try_update_value(Option::take) {
            handle.abort();
        }
    }
}
