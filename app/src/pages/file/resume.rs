//! Going on after a reload: what was decided is in the draft of the tab, the files are in the browser's own database.

use super::state::{FileImport, Stage};
use super::steps::Step;
use crate::browser;
use leptos::{prelude::*, task::spawn_local};

/// Opens the file of the draft again, if no file is open and the browser still has it, and goes as far as a step needs.
pub fn resume(file: FileImport, step: Step) {
    // In an effect, because the server has no drafts.
    Effect::new(move |_| {
        file.resume_queue();
        let is_idle = file.stage.get_untracked() == Stage::Idle && file.chosen.with_untracked(Option::is_none);
        let Some(draft) = is_idle.then(|| file.find_draft()).flatten() else { return };
        let turn = file.turn();
        file.stage.set(Stage::Busy);
        spawn_local(async move {
            let is_kept = browser::choose_kept_file(&draft.chosen).await;
            match file.turn() == turn {
                true if is_kept => file.go_on(draft.chosen, step),
                true => file.stage.set(Stage::Idle),
                false => (),
            }
        });
    });
}
