//! Files: what planning their rows in the browser needs, and the way up for the records that were picked.

#[cfg(feature = "ssr")]
mod planning;
#[cfg(feature = "ssr")]
mod snapshot;

use crate::api::json::Json;
use crate::error::AppError;
use identity::field::Field;
use identity::id::UploadId;
use identity::import::{FileOptions, FileRequest};
use identity::user::User;
use leptos::prelude::*;
use plan::{Policy, sheet::SheetKind};
use serde::{Deserialize, Serialize};
use server_fn::codec::{ByteStream, Streaming};
use std::collections::BTreeSet;

#[cfg(feature = "ssr")]
pub(crate) use planning::{file_name, own as own_upload, policy as policy_of};

/// How many names and addresses [`file_snapshot`] takes at most.
pub const MAX_KEYS: usize = 10_000;

/// Which users the rows of a file may concern, and what of them a plan looks at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SnapshotKeys {
    /// Usernames, old ones included.
    pub usernames: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// The fields that the file has. Others stay on the server, but for those that make up a person's name.
    pub fields: BTreeSet<Field>,
}

/// What is decided before the rows of a file are planned: the same here and when they come back.
#[server(input = Json, output = Json)]
pub async fn file_policy(options: FileOptions) -> Result<Policy, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    planning::policy(&actor, &options).await
}

/// The users with one of these names or addresses.
#[server(input = Json, output = Json)]
pub async fn file_snapshot(keys: SnapshotKeys) -> Result<Vec<User>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    snapshot::read(&actor, keys).await
}

/// Begins to send records up.
#[server(input = Json, output = Json)]
pub async fn begin_upload() -> Result<UploadId, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    Ok(actor.store.begin_upload(actor.user_id(), actor.now()).await?)
}

/// Sends records of this kind: packed by [`plan::packed`], in base64 (RFC 4648). The answer is the number of the chunk to
/// send next, which is an earlier one after an interruption.
#[server(input = Json, output = Json)]
pub async fn upload_chunk(upload_id: UploadId, chunk: u32, kind: SheetKind, packed: String) -> Result<u32, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    planning::keep_chunk(&actor, upload_id, chunk, kind, &packed).await
}

/// Plans the records of an upload of so many chunks and stores the plan. The answer is lines of
/// [`PlanningLine`](crate::api::import::PlanningLine).
#[server(input = Json, output = Streaming)]
pub async fn plan_upload(request: FileRequest, chunks: u32) -> Result<ByteStream<AppError>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    planning::answer(&actor, request, chunks).await
}
