//! The next page of a job, made ready while the page before it is written.
//!
//! A stored plan never changes, and neither does what a job picked of it: the changes of a page can be read at any time.
//! What they come to is worked out from the users as they are meanwhile, and is a guess. It is written only under the
//! versions that it was made from, and names and entries are unique; where that does not hold any more, the page is
//! decided in its turn, from the users as they are then.

use crate::apply::{Decided, decide, target};
use crate::plans::read_json;
use crate::sql::sql;
use crate::work::Work;
use crate::{Store, StoreError, picked, user_row};
use identity::id::{DirectoryId, JobId, PlanId, UserId};
use identity::user::User;
use plan::{Change, Policy, Selection};
use std::collections::BTreeMap;

/// A page of a job, ready to be applied.
#[derive(Debug)]
pub struct Ahead {
    /// The checkpoint that it follows.
    pub(crate) behind: i64,
    pub(crate) checkpoint: i64,
    pub(crate) limit: usize,
    pub(crate) changes: Vec<Change>,
    /// Only where every change can be applied, as far as can be seen from here.
    pub(crate) guess: Option<Guess>,
}

/// What a page comes to.
#[derive(Debug)]
pub(crate) struct Guess {
    /// The users that are changed, as they were.
    pub(crate) before: BTreeMap<UserId, User>,
    pub(crate) decided: Decided,
}

impl Ahead {
    /// What the page behind it is read from.
    pub fn checkpoint(&self) -> i64 {
        self.checkpoint
    }

    /// Whether there is no page behind it.
    pub fn is_last(&self) -> bool {
        self.changes.len() < self.limit
    }
}

impl Store {
    /// Makes the page of a job behind a checkpoint ready, by default the one that the job has reached: at most
    /// `page_size` changes.
    pub async fn read_ahead(&self, job_id: JobId, behind: Option<i64>, page_size: u32) -> Result<Ahead, StoreError> {
        let mut work = self.read("read the next changes of a job").await?;
        let job = sql("SELECT jobs.plan_id, checkpoint, selection, policy FROM jobs \
             JOIN plans ON plans.plan_id = jobs.plan_id WHERE job_id = $1");
        let job: Option<(i64, i64, String, String)> = work.first(job.bind(job_id.0)).await?;
        let (plan_id, reached, selection, policy) = job.ok_or(StoreError::Missing { what: "job" })?;
        let selection: Selection = read_json(&selection, "selection")?;
        let policy: Policy = read_json(&policy, "policy")?;
        let (behind, limit) = (behind.unwrap_or(reached), page_size.max(1) as usize);
        let (changes, checkpoint) = picked::next_changes(&mut work, PlanId(plan_id), &selection, behind, limit).await?;
        let guess = guess(&mut work, &changes, policy.directory_id).await?;
        Ok(Ahead { behind, checkpoint, limit, changes, guess })
    }
}

/// Nobody looks here whether a name or an entry is free: when it is written, the database does.
async fn guess(
    work: &mut Work,
    changes: &[Change],
    directory_id: Option<DirectoryId>,
) -> Result<Option<Guess>, StoreError> {
    // Groups may be renamed and removed without a trace in their members' versions.
    if changes.iter().any(|change| !change.add_groups.is_empty() || !change.remove_groups.is_empty()) {
        return Ok(None);
    }
    let users = user_row::with_ids(work, changes.iter().filter_map(target).map(|user_id| user_id.0)).await?;
    let before = users.into_iter().map(|listed| (listed.user.user_id, listed.user)).collect();
    let decided = decide(&before, changes, directory_id)?;
    Ok(decided.rejected.is_empty().then_some(Guess { before, decided }))
}
