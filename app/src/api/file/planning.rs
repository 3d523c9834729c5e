//! Records of a file, kept and planned for a browser that looks on.

use crate::api::import::PlanningLine;
use crate::api::lines::send_lines;
use crate::error::{AppError, Conflict, What};
use crate::services::{Actor, file_policy};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use identity::assignment::roles_of;
use identity::id::UploadId;
use identity::import::{FileOptions, FileRequest};
use plan::objects::{group::GroupRecord, role::RoleRecord};
use plan::packed::unpack;
use plan::sheet::SheetKind;
use plan::{Policy, Record};
use server_fn::codec::ByteStream;
use store::uploads::Upload;
use worker::file::plan_file;
use worker::planning::Planned;

/// The longest name of a file, in characters. No usual file system has longer ones.
const LONGEST_NAME: usize = 255;

/// The name of a file, as its job goes by it. It is only shown: what no line can show becomes a sign that says so.
pub fn file_name(name: &str) -> Result<String, AppError> {
    if name.chars().take(LONGEST_NAME + 1).count() > LONGEST_NAME {
        return Err(AppError::invalid("name", "too_long", "the name of the file is too long"));
    }
    Ok(name.replace(char::is_control, "\u{fffd}"))
}

/// What is decided before planning.
pub async fn policy(actor: &Actor, options: &FileOptions) -> Result<Policy, AppError> {
    let unknown = actor.store.unknown_roles(&roles_of(&options.roles)).await?;
    if !unknown.is_empty() {
        return Err(AppError::Conflict { conflict: Conflict::UnknownRole });
    }
    actor.may_grant(&options.roles).await?;
    let file = file_policy::of(actor).await?;
    Ok(worker::file::policy(&actor.store, options, file, actor.user_id(), actor.now()).await?)
}

/// Keeps a chunk, after a look at whether it is one.
pub(super) async fn keep_chunk(
    actor: &Actor,
    upload_id: UploadId,
    chunk: u32,
    kind: SheetKind,
    packed: &str,
) -> Result<u32, AppError> {
    own(actor, upload_id).await?;
    let invalid = || AppError::invalid("packed", "not_records", "these are no packed records");
    let packed = STANDARD.decode(packed).map_err(|_| invalid())?;
    let looked_at = match kind {
        SheetKind::Users => unpack::<Record>(&packed).map(drop),
        SheetKind::Groups => unpack::<GroupRecord>(&packed).map(drop),
        SheetKind::Roles => unpack::<RoleRecord>(&packed).map(drop),
    };
    looked_at.map_err(|_| invalid())?;
    Ok(actor.store.put_chunk(upload_id, chunk, &packed).await?)
}

/// An upload of the person who asks.
pub async fn own(actor: &Actor, upload_id: UploadId) -> Result<Upload, AppError> {
    let found = actor.store.find_upload(upload_id).await?;
    found.filter(|upload| upload.author == actor.user_id()).ok_or(AppError::not_found(What::Upload))
}

/// Begins to plan.
pub async fn answer(actor: &Actor, request: FileRequest, chunks: u32) -> Result<ByteStream<AppError>, AppError> {
    let request = FileRequest { name: file_name(&request.name)?, ..request };
    let upload = own(actor, request.upload_id).await?;
    if upload.chunks != chunks || chunks == 0 {
        return Err(AppError::not_found(What::Upload));
    }
    let policy = policy(actor, &request.options).await?;
    let (store, author, now) = (actor.store.clone(), actor.user_id(), actor.now());
    Ok(send_lines(async move |lines| {
        // A reader that is slow misses a number, and the next one is a better one.
        let progress = lines.clone();
        let tell = move |rows| drop(progress.try_send(PlanningLine::Read { rows }));
        let line = match plan_file(&store, &request, policy, author, now, tell).await {
            Ok(Planned { plan_id, digest, rows, missing, references }) => {
                PlanningLine::Planned { plan_id, digest, rows, missing, references }
            }
            Err(error) => PlanningLine::Failed { error: error.into() },
        };
        // Nobody there to be told: the plan stays, and nothing was changed by it.
        let _ = lines.send(line).await;
    }))
}
