//! A search under way: begun, followed, stopped.

use super::found::Found;
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
    running: StoredValue<Option<AbortHandle>>,
}

impl Search {
    /// A directory that was not searched yet. A search that runs is abandoned when the page is left.
    pub fn new(directory_id: DirectoryId) -> Self {
        let search = Self { directory_id, found: Found::new(), running: StoredValue::new(None) };
        on_cleanup(move || search.abandon());
        search
    }

    /// Begins another search. What was asked for after an earlier one is ticked again.
    pub fn begin(self, query: String, earlier: Option<ImportRequest>) {
        self.abandon();
        let (directory_id, found) = (self.directory_id, self.found);
        found.restart(earlier);
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

    /// Nothing is searched for.
    pub fn idle(self) {
        self.abandon();
        self.found.idle();
    }

    fn abandon(self) {
        // Dropping the answer closes the connection, and the server stops asking the directory.
        if let Some(Some(handle)) = self.running.try_update_value(Option::take) {
            handle.abort();
        }
    }
}
