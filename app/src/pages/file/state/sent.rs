//! What of the file is sent up, what is not, and what becomes of the file then.

use super::FileImport;
use crate::browser;
use crate::error::{AppError, What};
use crate::file::messages::{Answer, Ask, FileError, Rest, Uploaded};
use crate::pages::file::draft;
use crate::pages::file::kept::{self, SentFile};
use crate::pages::file::objects::state::{Did, Done};
use crate::pages::file::state::Stage;
use crate::pages::file::steps::Step;
use crate::text;
use identity::id::{JobId, PlanId};
use leptos::{prelude::*, task::spawn_local};
use plan::Selection;

/// What was sent up.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    /// Of what was picked.
    selection: Selection,
    uploaded: Uploaded,
    /// What was not picked, or could not be. It stays in this tab.
    rest: Option<Rest>,
    /// Whether its plan may still be committed as it is.
    stands: bool,
}

impl FileImport {
    /// Sends what is picked up, and has it planned. `None` when that was ended.
    pub async fn upload(self, selection: Selection) -> Result<Option<Uploaded>, AppError> {
        // A guard may ask for a number after all was sent: the plan that it is about stands.
        if let Some(Sent { uploaded, .. }) =
            self.sent.get_untracked().filter(|sent| sent.stands && sent.selection == selection)
        {
            return Ok(Some(uploaded));
        }
        let turn = self.turn();
        self.sending.set(true);
        let rest = self.ask(Ask::Rest(selection.clone()));
        let answer = self.ask(Ask::Upload(selection.clone()));
        let rest = if let Ok(Answer::Rest(rest)) = rest.await { Some(rest).filter(|rest| rest.rows > 0) } else { None };
        let answer = answer.await;
        self.sending.set(false);
        if self.turn() != turn {
            return Ok(None);
        }
        self.told.progress.try_set(None);
        match answer {
            Ok(Answer::Uploaded(uploaded)) => {
                self.sent.try_set(Some(Sent { selection, uploaded: uploaded.clone(), rest, stands: uploaded.same }));
                Ok(Some(uploaded))
            }
            Err(FileError::App(error)) => Err(error),
            Ok(_) | Err(_) => Err(AppError::not_found(What::Upload)),
        }
    }

    /// What was sent up is reviewed as a plan of its own, because users changed meanwhile. The file stays until that is
    /// committed, and whoever comes back sends it up anew.
    pub fn review_sent(self, plan_id: PlanId) {
        let Some(mut sent) = self.sent.get_untracked() else { return };
        if let Some(user_id) = self.user_id() {
            let kept = SentFile { plan_id, name: self.name(), rest: sent.rest.clone() };
            if !kept::keep_sent(user_id, &kept) {
                self.toasts.fail(text!(files.rest_not_kept), None);
                kept::keep_sent(user_id, &SentFile { rest: None, ..kept });
            }
        }
        sent.stands = false;
        self.sent.set(Some(sent));
    }

    /// Gives the rows that are not picked to the person, as a file. A correction that is under way goes on.
    pub fn save_rest(self) {
        let ask = match self.objects.planned.with_untracked(Option::is_some) {
            true => Ask::ObjectsRest { left_out: self.objects.left_out.get_untracked() },
            false => Ask::Rest(self.selection.get_untracked()),
        };
        let (name, turn, answer) = (self.name(), self.turn(), self.ask(ask));
        spawn_local(async move {
            match answer.await {
                Ok(Answer::Rest(rest)) => save_rest(&name, &rest.text),
                Err(error) if self.turn() == turn => self.stage.set(Stage::Failed(error)),
                Ok(_) | Err(_) => {}
            }
        });
    }

    /// A job applies it: nothing of it is kept but what was not sent, and the next file is opened.
    pub fn done(self, job_id: JobId) {
        let sent = self.sent.get_untracked().map(|sent| (self.name(), sent.rest));
        // After the page was loaded again there is only what this tab kept.
        let kept = || self.user_id().and_then(kept::find_sent).map(|SentFile { name, rest, .. }| (name, rest));
        if let Some((name, rest)) = sent.or_else(kept) {
            self.add_done(Done { name, did: Did::Began(job_id), rest });
        }
        self.leave();
        // The page that shows what was committed is another one.
        if let Some(chosen) = self.chosen.get_untracked() {
            let words = text!(objects.next_is_open, name = chosen.name);
            self.toasts.say_with_link(words, Step::File.path(), text!(objects.go_on));
        }
    }

    /// Forgets the file and what was decided about it, and opens the next one.
    pub fn leave(self) {
        self.close();
        draft::forget();
        kept::forget_sent();
        spawn_local(browser::forget_kept_file());
        self.open_next();
    }

    /// Says what a commit did, also after a reload.
    pub fn add_done(self, done: Done) {
        let mut all = self.objects.done.get_untracked();
        let user_id = self.user_id();
        if all.is_empty() {
            // Also what was done before the page was loaded again.
            all = user_id.map(kept::find_done).unwrap_or_default();
        }
        all.push(done);
        self.objects.done.set(all.clone());
        if !user_id.is_some_and(|user_id| kept::keep_done(user_id, &all)) {
            self.toasts.fail(text!(files.rest_not_kept), None);
        }
    }

    /// The file's name; empty without one.
    pub fn name(self) -> String {
        self.chosen.with_untracked(|chosen| chosen.as_ref().map_or_else(String::new, |chosen| chosen.name.clone()))
    }
}

/// Gives rows of a file of this name to the person, as a file.
pub fn save_rest(name: &str, rest: &str) {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    browser::save_file(&format!("{stem}-{}.csv", text!(files.rest_name)), rest);
}
