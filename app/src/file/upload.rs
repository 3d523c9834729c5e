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
use identity::import::{FileOptions, FileRequest};
use plan::Record;
use plan::packed::{pack, parts};

/// Bytes of records that are sent at a time, before they are packed: a request is smaller.
const CHUNK: usize = 512 << 10;
/// How long to wait after the first time that the server was not reached, in milliseconds; each time twice as long.
const WAIT_MS: u32 = 500;
/// How often it is tried again: four minutes in all.
const TRIES: u32 = 9;

/// Sends the picked records up and has them planned. A server that is not reached is waited for.
pub async fn upload(picked: Picked, name: String, options: FileOptions, tell: Tell<'_>) -> Result<Uploaded, FileError> {
    let Picked { records, selection, digest } = picked;
    let total = records.len() as u64;
    let upload_id = patiently(tell, begin_upload).await?;
    let chunks: Vec<_> = parts(&records, CHUNK).collect();
    let sent = |chunks: &[&[Record]]| chunks.iter().map(|chunk| chunk.len() as u64).sum();
    let mut next = 0;
    while let Some(records) = chunks.get(next as usize) {
        tell(Progress { step: Step::Sending, done: sent(&chunks[..next as usize]), total }.into());
        let packed = STANDARD.encode(pack(records));
        let answer = patiently(tell, || upload_chunk(upload_id, next, packed.clone())).await?;
        if answer <= next {
            // It took this chunk for another one, and would forever.
            return Err(AppError::Stale.into());
        }
        next = answer;
    }
    let number = u32::try_from(chunks.len()).unwrap_or(u32::MAX);
    let request = FileRequest { upload_id, name, options, lines: None };
    let mut planned = None;
    let answer = patiently(tell, || plan_upload(request.clone(), number)).await?;
    read_lines(answer, |line| match line {
        PlanningLine::Read { rows } => tell(Progress { step: Step::Planning, done: rows.into(), total }.into()),
        PlanningLine::Planned { plan_id, .. } => planned = Some(Ok(plan_id)),
        PlanningLine::Failed { error } => planned = Some(Err(error)),
    })
    .await?;
    let plan_id = planned.unwrap_or(Err(AppError::Network))?;
    let stored = patiently(tell, || fetch_plan(plan_id)).await?;
    Ok(Uploaded { plan_id, same: stored.summary.digest == digest, selection })
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
