//! What this tab keeps for a reload beside the file in hand: what was sent up, what commits did, which files come next.
//! All of it belongs to a person, and goes when somebody else signs in.

use super::draft;
use super::objects::state::Done;
use super::queue::Waiting;
use crate::browser::{self, find_draft, forget_draft, keep_draft};
use crate::file::messages::Rest;
use identity::id::{PlanId, UserId};
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

const SENT: &str = "muster.file.sent";
const DONE: &str = "muster.file.done";
const NEXT: &str = "muster.file.next";

/// A file that was sent up as a plan: with that plan it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFile {
    /// The plan.
    pub plan_id: PlanId,
    /// The file's name.
    pub name: String,
    /// What was not sent, if anything.
    pub rest: Option<Rest>,
}

/// Something kept.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    /// For whom.
    user_id: UserId,
    /// What.
    what: T,
}

/// Keeps what a file was sent up as; whether the browser had room for it.
pub fn keep_sent(user_id: UserId, sent: &SentFile) -> bool {
    keep(SENT, user_id, sent)
}

/// What the file of this tab was sent up as.
pub fn find_sent(user_id: UserId) -> Option<SentFile> {
    find_own(SENT, user_id)
}

/// Whether the file of this tab was sent up as this plan.
pub fn is_sent(plan_id: PlanId) -> bool {
    find::<SentFile>(SENT).is_some_and(|kept| kept.what.plan_id == plan_id)
}

/// The file that was sent up as one plan is now what another one does.
pub fn sent_anew(before: PlanId, plan_id: PlanId) {
    if let Some(Kept { user_id, what }) = find::<SentFile>(SENT).filter(|kept| kept.what.plan_id == before) {
        keep_sent(user_id, &SentFile { plan_id, ..what });
    }
}

/// Forgets what it was sent up as.
pub fn forget_sent() {
    forget_draft(SENT);
}

/// Keeps what the last commits did; whether the browser had room for it.
pub fn keep_done(user_id: UserId, done: &[Done]) -> bool {
    keep(DONE, user_id, &done)
}

/// What they did.
pub fn find_done(user_id: UserId) -> Vec<Done> {
    find_own(DONE, user_id).unwrap_or_default()
}

/// Keeps which files come next. Without room for their names they are chosen once more.
pub fn keep_next(user_id: UserId, waiting: &[Waiting]) {
    if waiting.is_empty() {
        forget_draft(NEXT);
    } else {
        keep(NEXT, user_id, &waiting);
    }
}

/// Which files come next.
pub fn find_next(user_id: UserId) -> Vec<Waiting> {
    find_own(NEXT, user_id).unwrap_or_default()
}

/// Forgets what commits did, and which files come next: others were chosen.
pub fn forget_others() {
    forget_draft(DONE);
    forget_draft(NEXT);
}

/// Forgets everything about files that this tab keeps.
pub fn forget_all() {
    draft::forget();
    forget_sent();
    forget_draft(DONE);
    forget_draft(NEXT);
    spawn_local(browser::forget_files_of_tab());
}

fn keep(key: &str, user_id: UserId, what: &impl Serialize) -> bool {
    serde_json::to_string(&Kept { user_id, what }).is_ok_and(|text| keep_draft(key, &text))
}

fn find<T: DeserializeOwned>(key: &str) -> Option<Kept<T>> {
    serde_json::from_str(&find_draft(key)?).ok()
}

/// What is kept for this person. If it is somebody else's, their session ended in this tab without a sign-out, and all
/// of it goes.
fn find_own<T: DeserializeOwned>(key: &str, user_id: UserId) -> Option<T> {
    let Kept { user_id: owner, what } = find(key)?;
    if owner != user_id {
        forget_all();
        return None;
    }
    Some(what)
}
