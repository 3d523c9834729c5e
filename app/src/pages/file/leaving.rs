//! The question before corrections are lost.

use super::state::FileImport;
use super::steps::Step;
use crate::browser::{self, Chosen};
use crate::components::confirm::Confirm;
use crate::file::messages::ReadAs;
use crate::text;
use identity::id::ProfileId;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// What a person wants, and what corrections do not outlive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// Other files, one after the other.
    Open(Vec<Chosen>),
    /// The next file, or none.
    Close,
    /// The file read in another way.
    Read(ReadAs),
    /// The file read as this profile says.
    ReadFor(ProfileId, ReadAs),
}

impl FileImport {
    /// Does it, unless corrections would be lost: then a person is asked first. Whether it was done.
    pub fn may_leave(self, leaving: Leaving) -> bool {
        if leaving == Leaving::Open(vec![]) {
            return false;
        }
        let asks = untrack(|| self.at_stake(&leaving)).is_some();
        match asks {
            true => self.leaving.set(Some(leaving)),
            false => self.go(leaving),
        }
        !asks
    }

    /// The file whose corrections would be lost, and how many they are. After a reload it may be one that no page has
    /// opened again yet; chosen by hand, that one brings its corrections back. Reactive.
    fn at_stake(self, leaving: &Leaving) -> Option<(String, usize)> {
        let in_hand = self.chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.name.clone()));
        let (name, cells) = match in_hand {
            Some(name) => (name, self.corrected.with(|corrected| corrected.corrections.len())),
            None => {
                let comes_back = |chosen: &Chosen| matches!(leaving, Leaving::Open(files) if files.contains(chosen));
                let draft = self.find_draft().filter(|draft| !comes_back(&draft.chosen))?;
                (draft.chosen.name, draft.corrections.len())
            }
        };
        (cells > 0).then_some((name, cells))
    }

    fn go(self, leaving: Leaving) {
        match leaving {
            Leaving::Open(chosen) => self.open_all(chosen),
            Leaving::Close => self.leave(),
            Leaving::Read(read_as) => self.read_again(read_as),
            Leaving::ReadFor(profile_id, read_as) => self.read_for_profile(profile_id, read_as),
        }
    }

    /// Everything stays as it is: what was chosen shows again what holds.
    fn stay(self) {
        match self.leaving.try_update(Option::take).flatten() {
            Some(Leaving::Read(_)) => self.opened.notify(),
            Some(Leaving::ReadFor(..)) => self.profiles.stay(),
            Some(Leaving::Open(_) | Leaving::Close) | None => {}
        }
    }
}

/// Asks before corrections are lost, also when the tab is closed or loaded again.
#[component]
pub fn LeaveQuestion() -> AnyView {
    let file = FileImport::here();
    let navigate = use_navigate();
    Effect::new(move |_| {
        let listener = browser::warn_before_leaving(move || untrack(|| file.has_corrections()));
        on_cleanup(move || listener.remove());
    });
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(file.leaving.read().is_some()));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            // Nothing is left to take when the answer was yes.
            file.stay();
        }
        is_open
    });
    let leave = move |()| {
        let Some(leaving) = file.leaving.try_update(Option::take).flatten() else { return };
        file.drop_corrections();
        let stays_here = matches!(leaving, Leaving::Read(_) | Leaving::ReadFor(..));
        file.go(leaving);
        if !stays_here {
            navigate(Step::File.path(), NavigateOptions::default());
        }
    };
    let message = Signal::derive(move || {
        let at_stake = file.leaving.with(|leaving| file.at_stake(leaving.as_ref()?));
        let (name, cells) = at_stake.unwrap_or_default();
        let number = u32::try_from(cells).unwrap_or(u32::MAX);
        text!(files.leave_message, count = number, n = text::number(number), name = name)
    });
    view! {
        <Confirm open title=text!(files.leave_title) message action=text!(files.leave_action) on_confirm=leave />
    }
    .into_any()
}
