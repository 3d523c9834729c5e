//! What is decided, planned and picked of a file of groups or roles.

use crate::file::messages::{Answer, Ask, FileError, Rest};
use crate::file::objects::{ObjectChoices, ObjectsAnswer, PlannedObjects};
use crate::pages::file::state::FileImport;
use identity::id::JobId;
use leptos::prelude::*;
use plan::sheet::SheetKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::line::{ObjectLine, lines};

/// What is decided, planned and picked. Cheap to copy; reading is reactive.
#[derive(Debug, Clone, Copy, Default)]
pub struct Objects {
    /// What the rows are, and what is decided about them.
    pub choices: RwSignal<ObjectChoices>,
    /// What they would do.
    pub planned: RwSignal<Option<PlannedObjects>>,
    /// The rows of the plan that are left out.
    pub left_out: RwSignal<BTreeSet<u32>>,
    /// Rows of the file that were left out of a plan that is no longer there: the next one leaves them out.
    pub left_out_before: RwSignal<BTreeSet<u32>>,
    /// Whether it was planned again because what is stored changed meanwhile.
    pub is_again: RwSignal<bool>,
    /// What the last commits did, the newest last.
    pub done: RwSignal<Vec<Done>>,
}

/// What a commit did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The file.
    pub name: String,
    /// What became of it.
    pub did: Did,
    /// What was not applied, if anything. It stays in this tab.
    pub rest: Option<Rest>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Did {
    /// Groups or roles were written.
    Wrote {
        /// The job that tells of it.
        job_id: JobId,
        /// What its rows were.
        kind: SheetKind,
        /// New ones.
        created: u32,
        /// Changed ones.
        updated: u32,
    },
    /// A job applies its users.
    Began(JobId),
}

impl Did {
    /// The job of the file.
    pub fn job_id(&self) -> JobId {
        match self {
            Did::Wrote { job_id, .. } | Did::Began(job_id) => *job_id,
        }
    }
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

    /// Forgets also which rows of the file are left out: they are others now.
    pub fn forget_rows(self) {
        self.forget_plan();
        self.left_out_before.set(BTreeSet::new());
    }

    /// Forgets everything about the file, but not what was done with those before it.
    pub fn forget(self) {
        self.forget_rows();
        self.choices.set(ObjectChoices::default());
    }

    /// The rows of the file that are left out, by their places: those of a plan get other numbers. Not reactive.
    pub fn places_left_out(self) -> BTreeSet<u32> {
        let mut places = self.left_out_before.get_untracked();
        self.planned.with_untracked(|planned| {
            let of_row = |row: u32| planned.as_ref().and_then(|planned| planned.places.get(row as usize));
            self.left_out.with_untracked(|rows| places.extend(rows.iter().copied().filter_map(of_row).flatten()));
        });
        places
    }

    /// The rows of the plan.
    pub fn lines(self) -> Vec<ObjectLine> {
        self.planned.with(|planned| planned.as_ref().map(lines).unwrap_or_default())
    }
}

impl FileImport {
    /// Says what the rows are. What was planned before was about something else.
    pub fn choose_kind(self, choices: ObjectChoices) {
        if self.objects.choices.with_untracked(|before| before.kind) != choices.kind {
            self.planned.set(None);
            self.objects.forget_rows();
        }
        self.objects.choices.set(choices);
    }

    /// Plans the rows of a file of groups or roles.
    pub fn plan_objects(self) {
        self.objects.forget_plan();
        self.ask_for_objects();
    }

    /// Plans them once more, with what is stored by now. What was left out stays so, and what was no change before was
    /// picked by nobody.
    pub fn plan_objects_again(self) {
        self.ask_for_objects();
    }

    fn ask_for_objects(self) {
        let choices = self.objects.choices.get_untracked();
        let corrections = self.corrections();
        let before = self.objects.planned.with_untracked(|planned| planned.as_ref().map(lines).unwrap_or_default());
        self.follow_file(Ask::PlanObjects { choices, corrections }, move |answer| {
            if let Answer::ObjectsPlanned(planned) = answer {
                let now = lines(&planned);
                self.take_objects(*planned);
                if !before.is_empty() {
                    self.objects.left_out.update(|left_out| left_out.extend(newly_changing(&before, &now)));
                    self.objects.is_again.set(true);
                }
            }
        });
    }

    /// Takes a plan of the file in hand. What was left out of the one before stays so.
    pub fn take_objects(self, planned: PlannedObjects) {
        let places = self.objects.places_left_out();
        self.objects.left_out_before.set(BTreeSet::new());
        self.objects.left_out.set(left_out_at(&places, &lines(&planned)));
        self.corrected.set(planned.corrected.clone());
        self.planned.set(None);
        self.objects.planned.set(Some(planned));
    }

    /// Writes what is picked. What is not is answered beside it: the file goes with the commit. `None` when it was ended.
    pub async fn commit_objects(
        self,
        confirmed: Option<u32>,
    ) -> Result<Option<(ObjectsAnswer, Option<Rest>)>, FileError> {
        let turn = self.turn();
        self.committing.set(true);
        self.sending.set(true);
        let answer = self.send_objects(confirmed).await;
        self.sending.set(false);
        self.committing.set(false);
        if self.turn() != turn {
            return Ok(None);
        }
        self.told.progress.try_set(None);
        answer.map(Some)
    }

    async fn send_objects(self, confirmed: Option<u32>) -> Result<(ObjectsAnswer, Option<Rest>), FileError> {
        let left_out = self.objects.left_out.get_untracked();
        let rest = self.ask(Ask::ObjectsRest { left_out: left_out.clone() });
        let committed = self.ask(Ask::CommitObjects { left_out, confirmed });
        let rest = if let Answer::Rest(rest) = rest.await? { Some(rest).filter(|rest| rest.rows > 0) } else { None };
        match committed.await? {
            Answer::ObjectsCommitted(answer) => Ok((answer, rest)),
            _ => Err(FileError::NotOpen),
        }
    }
}

/// The rows of a plan that are left out: those in which there is a row of the file that was. Numbers of rows say
/// nothing: a correction may make one role of two, or two of one.
fn left_out_at(places: &BTreeSet<u32>, now: &[ObjectLine]) -> BTreeSet<u32> {
    now.iter().filter(|line| line.places.iter().any(|place| places.contains(place))).map(|line| line.row).collect()
}

/// The rows of a new plan that change something, and come from rows of the file that changed nothing before.
fn newly_changing(before: &[ObjectLine], now: &[ObjectLine]) -> Vec<u32> {
    let changing = before.iter().filter(|line| line.kind.changes());
    let places: BTreeSet<u32> = changing.flat_map(|line| line.places.iter().copied()).collect();
    let is_new = |line: &&ObjectLine| line.kind.changes() && !line.places.iter().any(|place| places.contains(place));
    now.iter().filter(is_new).map(|line| line.row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::file::objects::line::ObjectKind;

    fn line(row: u32, places: &[u32], kind: ObjectKind) -> ObjectLine {
        ObjectLine {
            row,
            lines: places.iter().map(|place| place + 2).collect(),
            places: places.to_vec(),
            name: format!("row {row}"),
            kind,
            texts: vec![],
            added: vec![],
            removed: vec![],
            issues: vec![],
        }
    }

    #[test]
    fn what_is_left_out_goes_by_the_rows_of_the_file() {
        use ObjectKind::Create;
        // Before, rows 0 and 2 of the file were one role; row 0 was corrected, and one of two became one.
        let now = [line(0, &[0], Create), line(1, &[1, 3], Create), line(2, &[2], Create)];
        let left_out = |places: &[u32]| left_out_at(&places.iter().copied().collect(), &now);
        assert_eq!(left_out(&[0, 2]), BTreeSet::from([0, 2]));
        assert_eq!(left_out(&[1]), BTreeSet::from([1]));
        assert_eq!(left_out(&[]), BTreeSet::new());
    }

    #[test]
    fn what_was_no_change_before_was_picked_by_nobody() {
        use ObjectKind::{Blocked, Unchanged, Update};
        let before = [line(0, &[0], Update), line(1, &[1], Unchanged), line(2, &[2], Blocked)];
        let now = [line(0, &[0], Update), line(1, &[1], Update), line(2, &[2], Blocked)];
        assert_eq!(newly_changing(&before, &now), [1]);
    }
}
