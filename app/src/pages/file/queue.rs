//! Several files in one go: roles first, then groups, then users, who name both.

use super::kept;
use super::leaving::Leaving;
use super::objects::kind::kind_word;
use super::objects::state::{Did, Done};
use super::state::{FileImport, Stage, save_rest};
use super::steps::Step;
use crate::browser::{self, Chosen};
use crate::components::session::Session;
use crate::file::messages::{Answer, Ask, Rest};
use crate::text;
use identity::id::JobId;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use plan::sheet::SheetKind;
use serde::{Deserialize, Serialize};

/// The files that come after the one in hand. Cheap to copy; reading is reactive.
#[derive(Debug, Clone, Copy, Default)]
pub struct Queue {
    /// In the order in which they are opened.
    pub waiting: RwSignal<Vec<Waiting>>,
    /// Names of those that a reload lost, because the browser did not keep them.
    pub lost: RwSignal<Vec<String>>,
}

/// A file that comes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The file, by name.
    pub chosen: Chosen,
    /// What its rows are, by a look at its beginning.
    pub kind: SheetKind,
    /// Its place among those that were chosen together.
    pub place: u32,
}

impl FileImport {
    /// Reads other files, one after the other. With none, nothing happens.
    pub fn open_all(self, chosen: Vec<Chosen>) {
        if chosen.is_empty() {
            return;
        }
        browser::take_offered();
        kept::forget_others();
        self.queue.waiting.set(vec![]);
        self.queue.lost.set(vec![]);
        self.objects.done.set(vec![]);
        if chosen.len() > 1 {
            self.sort(chosen);
        } else {
            spawn_local(browser::forget_waiting_files());
            self.queue.waiting.set(in_order(chosen, &[SheetKind::Users]));
            self.open_next();
        }
    }

    /// Reads the next file, if there is one.
    pub fn open_next(self) {
        let next = self.queue.waiting.try_update(|waiting| (!waiting.is_empty()).then(|| waiting.remove(0)));
        if let Some(Waiting { chosen, place, kind: _ }) = next.flatten() {
            browser::take_up(place);
            self.open(chosen);
            self.keep_next();
            spawn_local(browser::forget_waiting_file(place));
        }
    }

    /// Goes on after a reload with what the tab kept: what the commits before did, and the files that come next.
    pub fn resume_queue(self) {
        let Some(user_id) = self.user_id() else { return };
        if self.objects.done.with_untracked(Vec::is_empty) {
            self.objects.done.set(kept::find_done(user_id));
        }
        let is_known =
            !self.queue.waiting.with_untracked(Vec::is_empty) || !self.queue.lost.with_untracked(Vec::is_empty);
        let kept = kept::find_next(user_id);
        if is_known || kept.is_empty() {
            return;
        }
        spawn_local(async move {
            let (mut found, mut lost) = (vec![], vec![]);
            for waiting in kept.clone() {
                match browser::take_waiting_file(waiting.place, &waiting.chosen).await {
                    true => found.push(waiting),
                    false => lost.push(waiting.chosen.name),
                }
            }
            // Others may have been chosen meanwhile.
            if kept::find_next(user_id) == kept {
                self.queue.waiting.set(found);
                self.queue.lost.set(lost);
            }
        });
    }

    fn keep_next(self) {
        if let Some(user_id) = self.user_id() {
            self.queue.waiting.with_untracked(|waiting| kept::keep_next(user_id, waiting));
        }
    }

    /// Looks what each file is, and opens the one that comes first.
    fn sort(self, chosen: Vec<Chosen>) {
        self.close();
        self.stage.set(Stage::Busy);
        let turn = self.turn();
        spawn_local(async move {
            let mut kinds = vec![];
            for place in 0..u32::try_from(chosen.len()).unwrap_or(u32::MAX) {
                let answer = self.ask(Ask::Peek { place }).await;
                if self.turn() != turn {
                    return;
                }
                // What cannot be read comes last, and reading it says why.
                kinds.push(if let Ok(Answer::Peeked(kind)) = answer { kind } else { SheetKind::Users });
            }
            self.queue.waiting.set(in_order(chosen, &kinds));
            self.open_next();
            let places = self.queue.waiting.with_untracked(|waiting| waiting.iter().map(|next| next.place).collect());
            browser::keep_waiting_files(places).await;
        });
    }
}

/// Files of one kind stay in the order in which they were chosen.
fn in_order(chosen: Vec<Chosen>, kinds: &[SheetKind]) -> Vec<Waiting> {
    let waiting = (0..).zip(chosen.into_iter().zip(kinds));
    let mut waiting: Vec<Waiting> =
        waiting.map(|(place, (chosen, kind))| Waiting { chosen, kind: *kind, place }).collect();
    waiting.sort_by_key(|waiting| SheetKind::ALL.iter().position(|kind| *kind == waiting.kind));
    waiting
}

/// Which file is in hand and which come next; at the first step also what was done with those before.
#[component]
pub fn InHand(
    /// Where in the import a person is.
    step: Step,
) -> AnyView {
    let file = FileImport::here();
    let navigate = StoredValue::new(use_navigate());
    let next = move || {
        let waiting = file.queue.waiting.get();
        (!waiting.is_empty()).then(|| {
            let names: Vec<String> = waiting
                .into_iter()
                .map(|waiting| text!(objects.file_of, name = waiting.chosen.name, kind = kind_word(waiting.kind)))
                .collect();
            let in_hand = file.chosen.get().map(|chosen| chosen.name);
            let leave = match &in_hand {
                Some(name) => text!(objects.leave_out, name = name.clone()),
                None => text!(objects.open_next).to_owned(),
            };
            let go_on = move |_| {
                if file.may_leave(Leaving::Close) {
                    navigate.with_value(|navigate| navigate(Step::File.path(), NavigateOptions::default()));
                }
            };
            view! {
                <div class="notice in-hand" role="status">
                    {in_hand.map(|name| view! { <p>{text!(objects.in_hand, name = name)}</p> })}
                    <p>{text!(objects.then, names = names.join(", "))}</p>
                    <button type="button" class="button" on:click=go_on>{leave}</button>
                </div>
            }
        })
    };
    let done = move || {
        let all = if step == Step::File { file.objects.done.get() } else { vec![] };
        (!all.is_empty()).then(|| {
            let lines = all.into_iter().map(|done| view! { <DoneLine done /> }).collect_view();
            view! { <div class="notice is-good" role="status">{lines}</div> }
        })
    };
    let lost = move || {
        let names = file.queue.lost.get();
        (!names.is_empty()).then(|| {
            view! { <p class="notice is-warning" role="status">{text!(objects.choose_again, names = names.join(", "))}</p> }
        })
    };
    view! {
        {done}
        {lost}
        {next}
    }
    .into_any()
}

/// What was done with a file.
#[component]
fn DoneLine(
    /// What.
    done: Done,
) -> AnyView {
    let Done { name, did, rest } = done;
    let rest = rest.map(|rest| view! { " " <RestButton name=name.clone() rest /> });
    let job = format!("/jobs/{}", did.job_id());
    let (says, list) = match did {
        Did::Began(_) => (text!(objects.done_users).to_owned(), None),
        Did::Wrote { job_id: _, kind, created, updated } => {
            let (created, updated) = (text::number(created), text::number(updated));
            match kind {
                SheetKind::Roles => (
                    text!(objects.done_roles, created = created, updated = updated),
                    Some(("/roles", text!(objects.see_roles))),
                ),
                SheetKind::Groups | SheetKind::Users => (
                    text!(objects.done_groups, created = created, updated = updated),
                    Some(("/groups", text!(objects.see_groups))),
                ),
            }
        }
    };
    let list = list.map(|(href, words)| view! { " " <a href=href>{words}</a> });
    view! {
        <p>
            <strong dir="auto">{name}</strong>
            ": "
            {says}
            " "
            <a href=job>{text!(objects.see_job)}</a>
            {list}
            {rest}
        </p>
    }
    .into_any()
}

/// Gives the rows of a file that were not imported to the person.
#[component]
fn RestButton(
    /// The file's name.
    name: String,
    /// The rows.
    rest: Rest,
) -> AnyView {
    let words = text!(objects.rest_of, count = rest.rows, n = text::number(rest.rows));
    view! { <button type="button" class="link" on:click=move |_| save_rest(&name, &rest.text)>{words}</button> }
        .into_any()
}

/// What a job does not know: the rows of its file that were left out or blocked, and never sent. The tab that committed it
/// keeps them until other files are chosen in it.
#[component]
pub fn NotSent(
    /// The job.
    job_id: JobId,
) -> AnyView {
    let (file, session) = (FileImport::if_made(), Session::here());
    let known = RwSignal::new(None::<Done>);
    // In an effect, because the server has no drafts.
    Effect::new(move |_| {
        let mut done = file.map(|file| file.objects.done.get()).unwrap_or_default();
        if done.is_empty() {
            done = session.me().map(|me| kept::find_done(me.user_id)).unwrap_or_default();
        }
        known.set(done.into_iter().find(|done| done.did.job_id() == job_id));
    });
    let shown = move || {
        let Done { name, did: _, rest } = known.get()?;
        Some(
            view! { <p class="notice"><RestButton name=name.clone() rest=rest? /> " " <span dir="auto">{name}</span></p> },
        )
    };
    shown.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_come_after_the_groups_and_roles_that_they_name() {
        let chosen = ["a.csv", "b.csv", "c.csv", "d.csv"]
            .map(|name| Chosen { name: name.to_owned(), size: 1, modified: 1 })
            .to_vec();
        let kinds = [SheetKind::Users, SheetKind::Groups, SheetKind::Roles, SheetKind::Groups];
        let order: Vec<(String, u32)> =
            in_order(chosen, &kinds).into_iter().map(|waiting| (waiting.chosen.name, waiting.place)).collect();
        let expected = [("c.csv", 2), ("b.csv", 1), ("d.csv", 3), ("a.csv", 0)];
        assert_eq!(order, expected.map(|(name, place)| (name.to_owned(), place)));
    }
}
