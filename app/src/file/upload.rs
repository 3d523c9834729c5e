//! The way up for the picked records.

use super::desk::Tell;
use super::messages::{FileError, Progress, Step, Uploaded};
use super::planned::Planned;
use crate::api::file::{begin_upload, plan_upload, upload_chunk};
use crate::api::import::PlanningLine;
use crate::api::lines::read_lines;
use crate::api::object_file::{ObjectsCommitted, SentUp};
use crate::error::AppError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::join;
use gloo_timers::future::TimeoutFuture;
use identity::id::{PlanId, UploadId};
use identity::import::{FileOptions, FileRequest};
use plan::packed::chunks;
use plan::sheet::SheetKind;
use plan::{Digest, Selection};
use serde::Serialize;
use std::collections::BTreeSet;

/// Bytes of records that are sent at a time, before they are packed: a request is smaller.
const CHUNK: usize = 2 << 20;
/// How long to wait after the first time that the server was not reached, in milliseconds; each time twice as long.
const WAIT_MS: u32 = 500;
/// How often it is tried again: four minutes in all.
const TRIES: u32 = 9;

/// An upload that was begun. It is kept until its end is known or other rows are picked: whoever commits once more after
/// the connection was away for long goes on with the next chunk, or hears what became of it.
#[derive(Debug)]
pub struct Begun<P> {
    /// What was picked, of the rows of the file.
    pub picked: P,
    upload_id: UploadId,
    next: u32,
}

impl<P> Begun<P> {
    /// Begins one, unless that was done.
    async fn of<'b>(begun: &'b mut Option<Self>, picked: P, tell: Tell<'_>) -> Result<&'b mut Self, AppError> {
        Ok(match begun {
            Some(begun) => begun,
            None => begun.insert(Self { picked, upload_id: patiently(tell, begin_upload).await?, next: 0 }),
        })
    }

    /// Sends records of this kind, or those that are not there yet. While a chunk is on its way, the next one is packed.
    async fn send<R: Serialize>(&mut self, records: &[R], kind: SheetKind, tell: Tell<'_>) -> Result<(), AppError> {
        let (total, mut before) = (records.len() as u64, 0);
        let mut rest = (0..).zip(chunks(records, CHUNK));
        // The first of the rest that is not there, and how many records are before it.
        let mut ready = |there: u32| {
            for (number, chunk) in rest.by_ref() {
                let done = before;
                before += chunk.records;
                if number >= there {
                    return Some((number, done, STANDARD.encode(chunk.pack())));
                }
            }
            None
        };
        let mut next = ready(self.next);
        while let Some((number, done, packed)) = next {
            tell(Progress { step: Step::Sending, done, total }.into());
            let sent = patiently(tell, || upload_chunk(self.upload_id, number, kind, packed.clone()));
            let (there, following) = join!(sent, async { ready(number + 1) });
            self.next = there?;
            if self.next <= number {
                // It took this chunk for another one, and would forever.
                return Err(AppError::Stale);
            }
            next = following.filter(|(number, ..)| *number >= self.next).or_else(|| ready(self.next));
        }
        Ok(())
    }
}

/// Sends the picked records of users up and has them planned. A server that is not reached is waited for. `begun` is an
/// upload of the same records.
pub async fn upload(
    planned: &Planned,
    selection: &Selection,
    (name, options): (String, FileOptions),
    begun: &mut Option<Begun<Selection>>,
    tell: Tell<'_>,
) -> Result<Uploaded, FileError> {
    // What the server does and what is done here goes on at the same time.
    let (begun, picked) = join!(Begun::of(begun, selection.clone(), tell), async { planned.picked(selection) });
    let begun = begun?;
    begun.send(&picked.records, SheetKind::Users, tell).await?;
    let request = FileRequest { upload_id: begun.upload_id, name, options, lines: None };
    let total = picked.records.len() as u64;
    let stored = patiently(tell, || plan_chunks(request.clone(), begun.next, total, tell));
    let (stored, digest) = join!(stored, async { planned.digest(&picked) });
    let (plan_id, stored) = stored?;
    Ok(Uploaded { plan_id, same: stored == digest, digest: stored, selection: picked.selection })
}

/// Sends the picked records of groups or roles up, as patiently, and has them committed. `begun` is an upload of the same
/// records.
pub async fn commit<R: Serialize, P, Answer>(
    records: &[R],
    (kind, left_out): (SheetKind, BTreeSet<u32>),
    begun: &mut Option<Begun<BTreeSet<u32>>>,
    tell: Tell<'_>,
    commit: impl Fn(SentUp) -> Answer,
) -> Result<ObjectsCommitted<P>, AppError>
where
    Answer: Future<Output = Result<ObjectsCommitted<P>, AppError>>,
{
    let begun = Begun::of(begun, left_out, tell).await?;
    begun.send(records, kind, tell).await?;
    let sent = SentUp { upload_id: begun.upload_id, chunks: begun.next };
    patiently(tell, || commit(sent)).await
}

/// Has so many chunks planned: the stored plan and its digest.
async fn plan_chunks(
    request: FileRequest,
    chunks: u32,
    total: u64,
    tell: Tell<'_>,
) -> Result<(PlanId, Digest), AppError> {
    let mut planned = None;
    read_lines(plan_upload(request, chunks).await?, |line| match line {
        PlanningLine::Read { rows } => tell(Progress { step: Step::Planning, done: rows.into(), total }.into()),
        PlanningLine::Planned { plan_id, digest, .. } => planned = Some(Ok((plan_id, digest))),
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
