//! The way up for the picked records.

use super::desk::Tell;
use super::messages::{FileError, Progress, Step, Uploaded};
use super::planned::Picked;
use crate::api::file::{begin_upload, plan_upload, upload_chunk};
use crate::api::import::PlanningLine;
use crate::api::lines::read_lines;
use crate::api::plan::fetch_plan;
use crate::error::AppError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gloo_timers::future::TimeoutFuture;
use identity::id::{PlanId, UploadId};
use identity::import::{FileOptions, FileRequest};
use plan::packed::{pack, parts};
use plan::{Record, Selection};

/// Bytes of records that are sent at a time, before they are packed: a request is smaller.
const CHUNK: usize = 2 << 20;
/// How long to wait after the first time that the server was not reached, in milliseconds; each time twice as long.
const WAIT_MS: u32 = 500;
/// How often it is tried again: four minutes in all.
const TRIES: u32 = 9;

/// An upload that was begun. It is kept until it was planned or other rows are picked: whoever commits once more after the
/// connection was away for long goes on with the next chunk.
#[derive(Debug)]
pub struct Begun {
    /// What was picked, of the rows of the file.
    pub selection: Selection,
    upload_id: UploadId,
    next: u32,
}

/// Sends the picked records up and has them planned. A server that is not reached is waited for. `begun` is an upload of
/// the same records.
pub async fn upload(
    picked: Picked,
    selection: Selection,
    (name, options): (String, FileOptions),
    begun: &mut Option<Begun>,
    tell: Tell<'_>,
) -> Result<Uploaded, FileError> {
    let begun = match begun {
        Some(begun) => begun,
        None => begun.insert(Begun { selection, upload_id: patiently(tell, begin_upload).await?, next: 0 }),
    };
    let Picked { records, selection, digest } = picked;
    let total = records.len() as u64;
    let chunks: Vec<_> = parts(&records, CHUNK).collect();
    let sent = |chunks: &[&[Record]]| chunks.iter().map(|chunk| chunk.len() as u64).sum();
    while let Some(records) = chunks.get(begun.next as usize) {
        tell(Progress { step: Step::Sending, done: sent(&chunks[..begun.next as usize]), total }.into());
        let packed = STANDARD.encode(pack(records));
        let answer = patiently(tell, || upload_chunk(begun.upload_id, begun.next, packed.clone())).await?;
        if answer <= begun.next {
            // It took this chunk for another one, and would forever.
            return Err(AppError::Stale.into());
        }
        begun.next = answer;
    }
    let request = FileRequest { upload_id: begun.upload_id, name, options, lines: None };
    let plan_id = patiently(tell, || plan_chunks(request.clone(), begun.next, total, tell)).await?;
    let stored = patiently(tell, || fetch_plan(plan_id)).await?.summary.digest;
    Ok(Uploaded { plan_id, same: stored == digest, digest: stored, selection })
}

/// Has so many chunks planned.
async fn plan_chunks(request: FileRequest, chunks: u32, total: u64, tell: Tell<'_>) -> Result<PlanId, AppError> {
    let mut planned = None;
    read_lines(plan_upload(request, chunks).await?, |line| match line {
        PlanningLine::Read { rows } => tell(Progress { step: Step::Planning, done: rows.into(), total }.into()),
        PlanningLine::Planned { plan_id, .. } => planned = Some(Ok(plan_id)),
        PlanningLine::Failed { error } => planned = Some(Err(error)),
    })
    .await?;
    planned.unwrap_or(Err(AppError::Network))
}

/// Asks, and asks again while the server is not reached.
async fn patiently<T, Answer>(tell: Tell<'_>, ask: impl Fn() -> Answer) -> Result<T, AppError>
where
    Answer: Future<Output = Result<T, AppError>>,
{
    let mut tries = 0;
    loop {
        match ask().await {
            Err(AppError::Network | AppError::Unavailable | AppError::Busy) if tries < TRIES => {
                tell(Progress { step: Step::Waiting, done: tries.into(), total: TRIES.into() }.into());
                TimeoutFuture::new(WAIT_MS << tries).await;
                tries += 1;
            }
            answer => return answer,
        }
    }
}
