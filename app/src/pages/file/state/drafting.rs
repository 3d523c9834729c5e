//! What is decided about the file outlives a reload of the tab.

use super::FileImport;
use crate::file::messages::Corrected;
use crate::pages::file::draft::{self, Draft};
use crate::pages::file::kept;
use crate::text;
use identity::id::UserId;
use leptos::prelude::*;
use std::collections::BTreeSet;

impl FileImport {
    /// How many decisions there are. Reactive.
    pub(super) fn length(self) -> usize {
        self.opened.track();
        self.read_as.track();
        self.mapping.track();
        self.options.track();
        self.profiles.taken();
        self.objects.choices.track();
        self.words.track();
        let picked = self.selection.with(|selection| selection.rows.len() + selection.parts.len());
        let left_out = self.objects.left_out.with(BTreeSet::len);
        picked + left_out + self.corrected.with(|corrected| corrected.corrections.len())
    }

    /// What was decided before, by whoever is signed in. What is somebody else's is forgotten with its file: their session
    /// ended in this tab without them.
    pub fn find_draft(self) -> Option<Draft> {
        let (draft, user_id) = (draft::find()?, self.user_id()?);
        if draft.user_id == user_id {
            return Some(draft);
        }
        kept::forget_all();
        None
    }

    /// Lets go of what was corrected: the same file, chosen again, is as it is on the disk.
    pub(in crate::pages::file) fn drop_corrections(self) {
        self.corrected.set(Corrected::default());
        if let Some(draft) = self.find_draft() {
            draft::keep(&Draft { corrections: vec![], ..draft });
        }
    }

    /// Who is signed in. Not reactive.
    pub(in crate::pages::file) fn user_id(self) -> Option<UserId> {
        untrack(|| self.session?.me()).map(|me| me.user_id)
    }

    pub(super) fn keep(self) {
        // While it is read nothing is decided yet, and what was kept is taken up when that is over.
        let Some(chosen) = self.chosen.get_untracked().filter(|_| self.opened.with_untracked(Option::is_some)) else {
            return;
        };
        let Some(user_id) = self.user_id() else { return };
        let is_kept = draft::keep(&Draft {
            user_id,
            chosen,
            read_as: self.read_as.get_untracked(),
            mapping: self.mapping.get_untracked(),
            options: self.options.get_untracked(),
            profile: untrack(|| self.profiles.taken()).map(|profile| profile.profile_id),
            selection: self.selection.get_untracked(),
            left_out: self.objects.places_left_out(),
            corrections: self.corrections(),
            words: self.words.get_untracked(),
            objects: self.objects.choices.get_untracked(),
        });
        // Once for a file.
        if !is_kept && !self.tells_unkept.get_value() {
            self.tells_unkept.set_value(true);
            self.toasts.fail(text!(files.not_kept), None);
        }
    }
}
