//! Questions to the worker, their answers, and the end of both.

use super::{FileImport, Stage};
use crate::browser;
use crate::file::messages::{Answer, Ask, FileError, ReadAs};
use leptos::{leptos_dom::helpers::debounce, prelude::*, task::spawn_local};
use plan::sheet::SheetKind;
use std::time::Duration;

/// How long the columns rest before the rows are made ready again.
const REST: Duration = Duration::from_millis(300);

impl FileImport {
    /// Sees to it that a file which is chosen soon is read at once.
    pub fn prepare(self) {
        browser::prepare_worker(self.told);
    }

    /// Has the rows made ready whenever nothing else is done with them, once the file was read and when the columns were
    /// changed and rest.
    pub(super) fn keep_ready(self) {
        let mut later = debounce(REST, move |()| self.make_ready());
        Effect::new(move |_| {
            if self.stage.get() == Stage::Idle && self.opened.read().is_some() {
                self.make_ready();
            }
        });
        Effect::new(move |_| {
            self.mapping.track();
            later(());
        });
    }

    /// Lets the worker make the rows ready to be planned with the columns as they are. It sends nothing for that, and nobody
    /// waits for it, unless the difference is asked for meanwhile.
    fn make_ready(self) {
        let is_needed = untrack(|| {
            self.stage.get() == Stage::Idle
                && self.opened.read().is_some()
                && self.planned.read().is_none()
                && self.objects.kind() == SheetKind::Users
                && browser::worker_has_file()
        });
        if is_needed {
            let ask = Ask::Prepare { mapping: self.mapping.get_untracked(), corrections: self.corrections() };
            let ready = self.ask(ask);
            spawn_local(async move { drop(ready.await) });
        }
    }

    /// Asks the worker. The question is on its way when this returns.
    pub fn ask(self, ask: Ask) -> impl Future<Output = Result<Answer, FileError>> + Send {
        browser::ask_worker(ask, self.told)
    }

    /// Asks the worker, and takes the answer unless something else was begun meanwhile.
    pub fn follow(self, ask: Ask, take: impl FnOnce(Answer) + 'static) {
        self.follow_after(async {}, ask, take);
    }

    /// The same of a question about the file. A worker that is begun after another one died reads it first, as it was
    /// read before.
    pub fn follow_file(self, ask: Ask, take: impl FnOnce(Answer) + 'static) {
        if browser::worker_has_file() {
            self.follow(ask, take);
        } else {
            let read = Ask::Read(self.read_as());
            self.follow(read, move |_| self.follow(ask, take));
        }
    }

    /// Asks the worker, and takes the answer once the rest is known too.
    pub(super) fn follow_after(
        self,
        rest: impl Future<Output = ()> + 'static,
        ask: Ask,
        take: impl FnOnce(Answer) + 'static,
    ) {
        let turn = self.turn.with_value(|turn| turn + 1);
        self.turn.set_value(turn);
        self.stage.set(Stage::Busy);
        let answer = self.ask(ask);
        spawn_local(async move {
            rest.await;
            let answer = answer.await;
            if self.turn.get_value() != turn {
                return;
            }
            self.told.progress.set(None);
            match answer {
                Ok(answer) => {
                    take(answer);
                    // Unless it is read once more.
                    if self.turn.get_value() == turn {
                        self.stage.set(Stage::Idle);
                    }
                }
                Err(_) if self.profiles.gives_up() => {
                    self.read_as.set(ReadAs::default());
                    self.read(None, false);
                }
                Err(error) => self.stage.set(Stage::Failed(error)),
            }
        });
    }

    /// Ends what is being done, which is to end the worker. A file that was read stays, with what was decided about it:
    /// the next worker reads it when it is needed, which is at once if there was a plan.
    pub fn cancel(self) {
        if self.chosen.with_untracked(Option::is_none) {
            return self.close();
        }
        browser::stop_worker();
        self.turn.update_value(|turn| *turn += 1);
        self.told.progress.set(None);
        let is_planned = untrack(|| self.planned.read().is_some() || self.objects.planned.read().is_some());
        match self.opened.with_untracked(Option::is_some) {
            true if is_planned => self.plan_again(),
            true => self.stage.set(Stage::Idle),
            false => self.stage.set(Stage::Failed(FileError::Cancelled)),
        }
    }

    /// Counts up whenever something else is begun.
    pub fn turn(self) -> u32 {
        self.turn.get_value()
    }
}
