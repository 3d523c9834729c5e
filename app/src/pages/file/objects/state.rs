//! What is decided, planned and picked of a file of groups or roles.

use crate::file::messages::{Answer, Ask, FileError};
use crate::file::objects::{ObjectChoices, ObjectsAnswer, ObjectsPlanned};
use crate::pages::file::state::FileImport;
use leptos::prelude::*;
use plan::sheet::SheetKind;
use std::collections::BTreeSet;

use super::line::{ObjectLine, lines};

/// What is decided, planned and picked. Cheap to copy; reading is reactive.
#[derive(Debug, Clone, Copy, Default)]
pub struct Objects {
    /// What the rows are, and what is decided about them.
    pub choices: RwSignal<ObjectChoices>,
    /// What they would do.
    pub planned: RwSignal<Option<ObjectsPlanned>>,
    /// The rows of the plan that are left out.
    pub left_out: RwSignal<BTreeSet<u32>>,
    /// Whether it was planned again because what is stored changed meanwhile.
    pub is_again: RwSignal<bool>,
    /// What the last commits did, the newest last.
    pub done: RwSignal<Vec<Done>>,
}

/// What a commit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The file.
    pub name: String,
    /// What its rows were.
    pub kind: SheetKind,
    /// New ones.
    pub created: u32,
    /// Changed ones.
    pub updated: u32,
}

impl Objects {
    /// What the rows of the file are.
    pub fn kind(self) -> SheetKind {
        self.choices.with(|choices| choices.kind)
    }

    /// Forgets what was planned: it is no longer about what the columns say.
    pub fn forget_plan(self) {
        self.planned.set(None);
        self.left_out.set(BTreeSet::new());
        self.is_again.set(false);
    }

    /// Forgets everything about the file, but not what was done with those before it.
    pub fn forget(self) {
        self.forget_plan();
        self.choices.set(ObjectChoices::default());
    }

    /// The rows of the plan.
    pub fn lines(self) -> Vec<ObjectLine> {
        self.planned.with(|planned| planned.as_ref().map(lines).unwrap_or_default())
    }
}

impl FileImport {
    /// Plans the rows of a file of groups or roles.
    pub fn plan_objects(self) {
        self.objects.forget_plan();
        self.ask_for_objects(|_| {});
    }

    /// Plans them once more, with what is stored by now. What was left out stays so, and what was no change before was
    /// picked by nobody.
    pub fn plan_objects_again(self) {
        let before = self.objects.planned.with_untracked(|planned| planned.as_ref().map(lines).unwrap_or_default());
        let changed: BTreeSet<u32> = before.iter().filter(|line| line.kind.changes()).map(|line| line.row).collect();
        self.ask_for_objects(move |now| {
            let new = now.iter().filter(|line| line.kind.changes() && !changed.contains(&line.row));
            self.objects.left_out.update(|left_out| left_out.extend(new.map(|line| line.row)));
            self.objects.is_again.set(true);
        });
    }

    fn ask_for_objects(self, then: impl FnOnce(&[ObjectLine]) + 'static) {
        let choices = self.objects.choices.get_untracked();
        self.follow(Ask::PlanObjects(choices), move |answer| {
            if let Answer::ObjectsPlanned(planned) = answer {
                then(&lines(&planned));
                self.planned.set(None);
                self.objects.planned.set(Some(*planned));
            }
        });
    }

    /// Writes what is picked.
    pub async fn commit_objects(self, confirmed: Option<u32>) -> Result<ObjectsAnswer, FileError> {
        let left_out = self.objects.left_out.get_untracked();
        match self.ask(Ask::CommitObjects { left_out, confirmed }).await? {
            Answer::ObjectsCommitted(answer) => Ok(answer),
            _ => Err(FileError::NotOpen),
        }
    }
}
