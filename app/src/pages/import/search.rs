//! A search under way: begun, followed, stopped.

use super::found::Found;
use super::ticks::{Asked, Ticks};
use crate::api::lines::read_lines;
use crate::api::search::search_directory;
use futures::future::{AbortHandle, abortable};
use identity::id::DirectoryId;
use identity::import::ImportRequest;
use leptos::{prelude::*, task::spawn_local};

/// The search of a page. There is one at a time.
#[derive(Clone, Copy)]
pub struct Search {
    directory_id: DirectoryId,
    /// What it found.
    pub found: Found,
    query: StoredValue<Option<String>>,
    running: StoredValue<Option<AbortHandle>>,
}

impl Search {
    /// A directory that was not searched yet. A search that runs is abandoned when the page is left.
    pub fn new(directory_id: DirectoryId) -> Self {
        let (query, running) = (StoredValue::new(None), StoredValue::new(None));
        let search = Self { directory_id, found: Found::new(), query, running };
        on_cleanup(move || search.abandon());
        search
    }

    /// What is searched for: blank for nothing, none before that is known.
    pub fn query(self) -> Option<String> {
        self.query.get_value()
    }

    /// Begins another search, or the same once more; blank is none. Who was ticked stays so, as far as that goes.
    pub fn begin(self, query: String) {
        self.go_on(query, self.query.get_value(), self.found.to_keep());
    }

    /// Begins a search with what was ticked before the page was loaded.
    pub fn resume(self, query: String, request: ImportRequest) {
        let ImportRequest { query: before, picked, earlier, link, .. } = request;
        self.go_on(query, Some(before), Asked { picked, earlier, link });
    }

    fn go_on(self, query: String, before: Option<String>, asked: Asked) {
        let is_same = before.as_ref() == Some(&query);
        let ticks = if is_same { Ticks::again(asked) } else { Ticks::carried(asked) };
        self.abandon();
        let (directory_id, found) = (self.directory_id, self.found);
        self.query.set_value(Some(query.clone()));
        if query.is_empty() {
            found.idle(ticks);
            return;
        }
        found.restart(ticks);
        let (work, handle) = abortable(async move {
            match search_directory(directory_id, query).await {
                Ok(answer) => {
                    let end = read_lines(answer, |line| found.take(line)).await;
                    found.end(end);
                }
                Err(error) => found.fail(error),
            }
        });
        self.running.set_value(Some(handle));
        spawn_local(async move {
            // Abandoned: whoever did it has said so already.
            let _ = work.await;
        });
    }

    /// A person has seen enough.
    pub fn stop(self) {
        self.abandon();
        self.found.stop();
    }

    fn abandon(self) {
        // Dropping the answer closes the connection, and the server stops asking the directory.
        if let Some(Some(handle)) = self.running.try_update_value(Option::take) {
            handle.abort();
        }
    }
}
