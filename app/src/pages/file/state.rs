//! The file in hand: one for the whole tab, so that every step and every page knows it.

mod asking;
mod drafting;
mod sent;
#[cfg(test)]
mod tests;

use super::draft::Draft;
use super::kept;
use super::leaving::Leaving;
use super::objects::state::Objects;
use super::profile::Profiles;
use super::queue::Queue;
use super::steps::Step;
use crate::browser::{self, Chosen, Told};
use crate::components::{keeping, session::Session, toast::Toasts};
use crate::file::messages::{
    Answer, Ask, Corrected, Correction, FileError, OpenedFile, PlannedFile, ReadAs, Replacement,
};
use crate::file::objects::ObjectChoices;
use crate::text;
use identity::id::ProfileId;
use identity::import::FileOptions;
use leptos::{prelude::*, task::spawn_local};
use plan::Selection;
use plan::sheet::{Layout, SheetKind, SheetMapping, suggest};
use sent::Sent;
pub use sent::save_rest;
use std::sync::Arc;

/// What is being done with the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Nothing.
    Idle,
    /// It is read, planned or corrected.
    Busy,
    /// It cannot be read or planned.
    Failed(FileError),
}

/// The file in hand. Cheap to copy; reading is reactive.
#[derive(Debug, Clone, Copy)]
pub struct FileImport {
    /// What is being done.
    pub stage: RwSignal<Stage>,
    /// How far that is, and how the file begins that is read.
    pub told: Told,
    /// The file, by name.
    pub chosen: RwSignal<Option<Chosen>>,
    /// What was read of it.
    pub opened: RwSignal<Option<Arc<OpenedFile>>>,
    /// Whose format its columns are.
    pub layout: RwSignal<Layout>,
    /// Which column is which field.
    pub mapping: RwSignal<SheetMapping>,
    /// What is decided beside it.
    pub options: RwSignal<FileOptions>,
    /// The profile that this came from, and those that there are.
    pub profiles: Profiles,
    /// The plan.
    pub planned: RwSignal<Option<PlannedFile>>,
    /// What is picked of it.
    pub selection: RwSignal<Selection>,
    /// The corrected cells.
    pub corrected: RwSignal<Corrected>,
    /// What is looked for in the review. It stays here: in the address it would reach the server with a reload.
    pub words: RwSignal<String>,
    /// Whether the row that is opened next is opened to write in its cells.
    pub edits: RwSignal<bool>,
    /// Whether what is picked is being committed. Until that is over nothing of it may change: it would be left out.
    pub committing: RwSignal<bool>,
    /// Whether it is still on its way up, which can be ended.
    pub sending: RwSignal<bool>,
    /// What the rows are, and what is decided and planned if they are groups or roles.
    pub objects: Objects,
    /// The files that come next.
    pub queue: Queue,
    /// What a person is asked about, because corrections would be lost.
    pub leaving: RwSignal<Option<Leaving>>,
    toasts: Toasts,
    session: Option<Session>,
    read_as: RwSignal<ReadAs>,
    /// What was sent up.
    sent: RwSignal<Option<Sent>>,
    /// Whether a person was told that the browser keeps nothing of it.
    tells_unkept: StoredValue<bool>,
    /// Counts up whenever another file or another reading is begun: answers to what was before say nothing.
    turn: StoredValue<u32>,
}

/// Where it is kept: at the top of the application, so that it stays when its pages are left. It is made when a page
/// asks for it; until then the browser needs nothing of what it consists of.
#[derive(Clone)]
struct Place {
    top: WeakOwner,
    file: StoredValue<Option<FileImport>>,
}

impl FileImport {
    /// Gives it a place that everything below knows.
    pub fn provide_place() {
        if let Some(top) = Owner::current() {
            provide_context(Place { top: top.downgrade(), file: StoredValue::default() });
        }
    }

    /// The one of this tab. Called while a component is made.
    pub fn here() -> Self {
        let Place { top, file } = expect_context();
        if let Some(file) = file.get_value() {
            return file;
        }
        let made = top.upgrade().unwrap_or_default().with(Self::make);
        file.set_value(Some(made));
        made
    }

    /// The same, if a page asked for it before. Called while a component is made.
    pub fn if_made() -> Option<Self> {
        expect_context::<Place>().file.get_value()
    }

    fn make() -> Self {
        let file = Self {
            stage: RwSignal::new(Stage::Idle),
            told: Told::default(),
            chosen: RwSignal::default(),
            opened: RwSignal::default(),
            layout: RwSignal::new(Layout::Unknown),
            mapping: RwSignal::default(),
            options: RwSignal::default(),
            profiles: Profiles::default(),
            planned: RwSignal::default(),
            selection: RwSignal::default(),
            corrected: RwSignal::default(),
            words: RwSignal::default(),
            edits: RwSignal::default(),
            committing: RwSignal::default(),
            sending: RwSignal::default(),
            objects: Objects::default(),
            queue: Queue::default(),
            leaving: RwSignal::default(),
            toasts: Toasts::here(),
            session: use_context(),
            read_as: RwSignal::default(),
            sent: RwSignal::default(),
            tells_unkept: StoredValue::default(),
            turn: StoredValue::default(),
        };
        keeping::keep(move || file.length(), move || file.keep());
        file.keep_ready();
        file
    }

    /// Reads another file. What was decided about the same file before is taken up again.
    pub fn open(self, chosen: Chosen) {
        kept::forget_sent();
        spawn_local(browser::keep_file());
        self.go_on(chosen, Step::File);
    }

    /// Reads the file that the browser kept, and goes as far as a step needs.
    pub fn go_on(self, chosen: Chosen, step: Step) {
        self.close();
        let kept = self.find_draft().filter(|draft| draft.chosen == chosen);
        self.read_as.set(kept.as_ref().map(|draft| draft.read_as.clone()).unwrap_or_default());
        self.chosen.set(Some(chosen));
        let must_plan = kept.is_some() && step == Step::Review;
        self.read(kept, must_plan);
    }

    /// Reads the file again, in another way.
    pub fn read_again(self, read_as: ReadAs) {
        browser::stop_worker();
        self.profiles.read_as_told();
        self.forget_plan();
        self.read_as.set(read_as);
        self.read(None, false);
    }

    /// Reads the file as a profile says, and imports it so.
    pub fn read_for_profile(self, profile_id: ProfileId, read_as: ReadAs) {
        self.profiles.want(profile_id);
        browser::stop_worker();
        self.forget_plan();
        self.read_as.set(read_as);
        self.read(None, false);
    }

    /// Rows are picked and corrected by their places, and another reading has others there.
    fn forget_plan(self) {
        self.planned.set(None);
        self.selection.set(Selection::default());
        self.corrected.set(Corrected::default());
        self.objects.forget_rows();
    }

    /// How the file is read.
    pub fn read_as(self) -> ReadAs {
        self.read_as.get_untracked()
    }

    /// Ends whatever is being done, and forgets the file.
    pub fn close(self) {
        browser::stop_worker();
        self.turn.update_value(|turn| *turn += 1);
        self.stage.set(Stage::Idle);
        self.told.progress.set(None);
        self.chosen.set(None);
        self.opened.set(None);
        self.planned.set(None);
        self.mapping.set(SheetMapping::default());
        self.options.set(FileOptions::default());
        self.profiles.close();
        self.selection.set(Selection::default());
        self.corrected.set(Corrected::default());
        self.words.set(String::new());
        self.objects.forget();
        self.sent.set(None);
        self.tells_unkept.set_value(false);
    }

    fn read(self, kept: Option<Draft>, must_plan: bool) {
        self.opened.set(None);
        self.told.beginning.set(None);
        let ask = Ask::Read(self.read_as.get_untracked());
        self.follow_after(self.profiles.learn(), ask, move |answer| {
            let Answer::Opened(opened) = answer else { return };
            let headers: Vec<String> = opened.columns.iter().map(|column| column.name.clone()).collect();
            let suggested = suggest(&headers);
            self.layout.set(suggested.layout);
            self.mapping.set(suggested.mapping);
            self.options.set(FileOptions::default());
            self.objects.choices.set(ObjectChoices::suggest(&headers));
            if let Some(Draft { mapping, options, selection, left_out, corrections, words, objects, profile, .. }) =
                kept
            {
                self.words.set(words);
                self.objects.choices.set(objects);
                self.objects.left_out_before.set(left_out);
                self.profiles.resume(profile);
                self.mapping.set(mapping);
                self.options.set(options);
                self.selection.set(selection);
                self.corrected.set(Corrected { corrections, ..Corrected::default() });
            } else if let Some(read_as) = self.profiles.choose(self, &opened, &headers) {
                self.read_as.set(read_as);
                self.read(None, false);
                return;
            }
            self.opened.set(Some(Arc::new(*opened)));
            if must_plan {
                self.plan_again();
            }
        });
    }

    /// Does again what failed, as far as a step needs.
    pub fn try_again(self, step: Step) {
        let Some(chosen) = self.chosen.get_untracked() else { return };
        if self.opened.with_untracked(Option::is_some) {
            return self.plan_again();
        }
        // What was decided before is about the file as it was read then.
        let is_same =
            |draft: &Draft| draft.chosen == chosen && self.read_as.with_untracked(|now| draft.read_as == *now);
        let kept = self.find_draft().filter(is_same);
        let must_plan = kept.is_some() && step == Step::Review;
        self.read(kept, must_plan);
    }

    /// Plans the rows, whatever they are, as it was decided before.
    fn plan_again(self) {
        match untrack(|| self.objects.kind()) {
            SheetKind::Users => self.plan(),
            SheetKind::Groups | SheetKind::Roles => {
                self.objects.left_out_before.set(self.objects.places_left_out());
                self.plan_objects();
            }
        }
    }

    /// Plans the rows.
    pub fn plan(self) {
        let (mapping, options) = (self.mapping.get_untracked(), self.options.get_untracked());
        let corrections = self.corrections();
        self.planned.set(None);
        self.follow_file(Ask::Plan { mapping, options, corrections }, move |answer| self.take_plan(answer));
    }

    /// Changes cells.
    pub fn correct(self, corrections: Vec<Correction>) {
        self.follow(Ask::Correct(corrections), move |answer| self.take_plan(answer));
    }

    /// Writes another text for one in a column.
    pub fn replace(self, replacement: Replacement) {
        let before = self.corrections();
        self.follow(Ask::Replace(replacement), move |answer| {
            self.take_plan(answer);
            if self.corrections() == before {
                self.toasts.say(text!(files.replaced_nothing));
            }
        });
    }

    /// Takes the last correction back.
    pub fn undo(self) {
        self.follow(Ask::Undo, move |answer| self.take_plan(answer));
    }

    /// Whether something is decided about the file that would be lost with it. Reactive.
    pub fn has_corrections(self) -> bool {
        self.corrected.with(|corrected| !corrected.corrections.is_empty())
    }

    /// The corrected cells.
    pub fn corrections(self) -> Vec<Correction> {
        self.corrected.with_untracked(|corrected| corrected.corrections.clone())
    }

    fn take_plan(self, answer: Answer) {
        match answer {
            Answer::Planned(planned) => {
                self.sent.set(None);
                self.corrected.set(planned.corrected.clone());
                self.planned.set(Some(*planned));
            }
            Answer::ObjectsPlanned(planned) => self.take_objects(*planned),
            _ => {}
        }
    }

    /// Whether cells may be corrected, or corrections be taken back. Reactive.
    pub fn can_change(self) -> bool {
        !self.committing.get() && self.stage.get() != Stage::Busy
    }

    /// Whether there is a correction that can be taken back now. Reactive.
    pub fn can_undo(self) -> bool {
        self.can_change() && self.corrected.with(|corrected| corrected.can_undo)
    }
}
