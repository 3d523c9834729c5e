//! Directories: list, fetch, add, edit, remove, test.

#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
mod testing;

use crate::api::json::Json;
use crate::error::AppError;
use identity::directory::{DirectorySettings, Step};
use identity::id::DirectoryId;
use leptos::prelude::*;
use plan::Record;
use serde::{Deserialize, Serialize};
use server_fn::codec::{ByteStream, Streaming};

/// People that the users test shows.
pub const SHOWN_PEOPLE: usize = 10;
/// The users test counts so far and no further.
pub const MAX_COUNT: u32 = 5_000;

/// A stored directory, as its page sees it. The password never comes along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryView {
    /// Its number.
    pub directory_id: DirectoryId,
    /// Counts up at every change.
    pub version: i64,
    /// Its settings.
    pub settings: DirectorySettings,
    /// Whether a password is stored.
    pub has_password: bool,
    /// Users that are linked to it.
    pub users: u32,
}

/// A directory to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryName {
    /// Its number.
    pub directory_id: DirectoryId,
    /// Its name.
    pub name: String,
}

/// All directories, and what the person who asks may do about them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DirectoryList {
    /// By name.
    pub directories: Vec<DirectoryView>,
    /// Whether the person may import from them.
    pub can_import: bool,
    /// Whether a demo directory runs in this process.
    pub has_demo: bool,
}

/// What a form sends. A password that is `None` means the stored one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryDraft {
    /// The directory that is edited; none for a new one.
    pub directory_id: Option<DirectoryId>,
    /// The version that the form was filled from; 0 for a new one.
    pub version: i64,
    /// The settings.
    pub settings: DirectorySettings,
    /// A new password.
    pub password: Option<String>,
}

impl std::fmt::Debug for DirectoryDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DirectoryDraft").field("directory_id", &self.directory_id).finish_non_exhaustive()
    }
}

/// A line of the answer to [`test_directory`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum TestLine {
    /// A step is done.
    Step {
        /// What it found.
        step: Step,
    },
    /// So many people were counted up to now.
    Counted {
        /// People so far.
        people: u32,
    },
    /// All steps are done and passed.
    Passed {
        /// The people of the directory.
        people: u32,
        /// Whether there are more: counting ended at [`MAX_COUNT`].
        more: bool,
        /// Search references that were met and not followed: other places may hold more people.
        references: u32,
        /// The first ten, mapped.
        records: Vec<Record>,
    },
    /// A step failed; it was told before.
    Failed,
}

/// The directories to import from, by name.
#[server(input = Json, output = Json)]
pub async fn list_directory_names() -> Result<Vec<DirectoryName>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    let name = |found: store::directories::Directory| DirectoryName {
        directory_id: found.directory_id,
        name: found.settings.name,
    };
    Ok(actor.store.list_directories().await?.into_iter().map(name).collect())
}

/// All directories.
#[server(input = Json, output = Json)]
pub async fn list_directories() -> Result<DirectoryList, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Directories).await?;
    let directories = actor.store.list_directories().await?.into_iter().map(rules::view).collect();
    Ok(DirectoryList { directories, can_import: actor.may(Permission::Import), has_demo: actor.demo.is_some() })
}

/// One directory.
#[server(input = Json, output = Json)]
pub async fn fetch_directory(directory_id: DirectoryId) -> Result<DirectoryView, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Directories).await?;
    Ok(rules::view(actor.directory(directory_id).await?))
}

/// Adds or edits a directory; answers its number.
#[server(input = Json, output = Json)]
pub async fn save_directory(draft: DirectoryDraft) -> Result<DirectoryId, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Directories).await?;
    rules::save(&actor, draft).await
}

/// Removes a directory. Its users stay and become internal.
#[server(input = Json, output = Json)]
pub async fn remove_directory(directory_id: DirectoryId) -> Result<(), AppError> {
    use crate::error::What;
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Directories).await?;
    if !actor.store.remove_directory(directory_id, actor.user_id(), actor.now()).await? {
        return Err(AppError::not_found(What::Directory));
    }
    rules::log(&actor, directory_id, "removed");
    Ok(())
}

/// Tries what a form says, saved or not: connects, binds, looks around, counts people and maps ten of them. Nothing is
/// written. The answer is lines of [`TestLine`].
#[server(input = Json, output = Streaming)]
pub async fn test_directory(draft: DirectoryDraft) -> Result<ByteStream<AppError>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Directories).await?;
    testing::answer(&actor, draft).await
}
