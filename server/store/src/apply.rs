//! Applying a job's changes, page by page. What applying means stands in [`plan::apply`]; here the users concerned are
//! read, that function is asked, and what it says is written: a handful of statements for a page, in one transaction
//! with history, outcomes, checkpoint and event. So after a crash a page is there as a whole or not at all.

use crate::ahead::{Ahead, Guess};
use crate::groups::Known;
use crate::history::Note;
use crate::jobs::{Claim, Held, PageApplied};
use crate::plans::read_json;
use crate::revision::{self, By, Revision};
use crate::sql::{Input, sql};
use crate::work::Work;
use crate::{Store, StoreError, dialect, events, job_row, picked, refusal, user_row};
use identity::field::{Field, Value};
use identity::id::{DirectoryId, PlanId, UserId};
use identity::user::User;
use identity::username::UsernameKey;
use job::{JobState, Outcome, Rejection};
use plan::apply::Effect;
use plan::{Change, Policy, Selection, Target};
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// Applies the next rows of the job's changeset, at most `page_size`, after its checkpoint: changes, history,
    /// outcomes, checkpoint, progress and the event for browsers in one transaction, a handful of statements.
    ///
    /// A job that was asked to stop gets nothing applied any more: the answer says so at once.
    pub async fn apply_page(
        &self,
        claim: &Claim,
        page_size: u32,
        now: i64,
        lease_until: i64,
    ) -> Result<Held<PageApplied>, StoreError> {
        self.apply_next(claim, page_size.max(1) as usize, None, None, now, lease_until).await
    }

    /// The same with a page that was made ready before. One that is not the next is read again, in its turn.
    pub async fn apply_ahead(
        &self,
        claim: &Claim,
        ahead: Ahead,
        now: i64,
        lease_until: i64,
    ) -> Result<Held<PageApplied>, StoreError> {
        let (limit, mut ahead) = (ahead.limit, ahead);
        let guess = ahead.guess.take();
        let is_guessed = guess.is_some();
        match self.apply_next(claim, limit, Some(&ahead), guess, now, lease_until).await {
            // Nothing of it was written.
            Err(error) if is_guessed && revision::is_outdated(&error) => {
                self.apply_next(claim, limit, Some(&ahead), None, now, lease_until).await
            }
            answer => answer,
        }
    }

    async fn apply_next(
        &self,
        claim: &Claim,
        limit: usize,
        ahead: Option<&Ahead>,
        guess: Option<Guess>,
        now: i64,
        lease_until: i64,
    ) -> Result<Held<PageApplied>, StoreError> {
        let mut work = self.write("apply changes").await?;
        work.take_turn().await?;
        let Some(held) = hold(&mut work, claim, lease_until).await? else { return Ok(Held::Lost) };
        let mut progress = job_row::progress(held.total, held.applied, held.stale, held.rejected);
        if held.state == JobState::Stopping.code() {
            work.commit().await?;
            let last = progress.done() >= progress.total;
            return Ok(Held::Yes(PageApplied { progress, stop_requested: true, last }));
        }
        let policy: Policy = read_json(&held.policy, "policy")?;
        let ahead = ahead.filter(|ahead| ahead.behind == held.checkpoint);
        let read;
        let (changes, checkpoint) = match ahead {
            Some(ahead) => (&ahead.changes, ahead.checkpoint),
            None => {
                let selection: Selection = read_json(&held.selection, "selection")?;
                let plan_id = PlanId(held.plan_id);
                read = picked::next_changes(&mut work, plan_id, &selection, held.checkpoint, limit).await?;
                (&read.0, read.1)
            }
        };
        let by = By { author_id: UserId(held.author_id), author: &held.author, job_id: Some(claim.job_id), now };
        let done = match guess.filter(|_| ahead.is_some()) {
            Some(guess) => apply_guess(&mut work, changes, guess, policy.directory_id, by).await?,
            None => None,
        };
        let done = match done {
            Some(done) => done,
            None => apply(&mut work, changes, policy.directory_id, by).await?,
        };
        for (_, outcome, _) in &done {
            *match outcome {
                Outcome::Applied | Outcome::AlreadyApplied => &mut progress.applied,
                Outcome::Stale => &mut progress.stale,
                Outcome::Rejected(_) => &mut progress.rejected,
            } += 1;
        }
        write_outcomes(&mut work, claim, &done).await?;
        if grew(held.applied, progress.applied) {
            work.analyze(dialect::POSTGRES_ANALYZE_USERS).await?;
        }
        let moved = sql("UPDATE jobs SET checkpoint = $3, applied = $4, stale = $5, rejected = $6 \
             WHERE job_id = $1 AND fence = $2");
        let moved = moved.bind(claim.job_id.0).bind(claim.fence).bind(checkpoint);
        work.run(moved.bind(progress.applied).bind(progress.stale).bind(progress.rejected)).await?;
        events::tell_all(&mut work, claim.job_id, now).await?;
        let last = progress.done() >= progress.total || changes.len() < limit;
        work.commit().await?;
        Ok(Held::Yes(PageApplied { progress, stop_requested: false, last }))
    }
}

/// Whether a count of users passed a thousand, or four times that, or four times that again.
fn grew(before: i64, after: u32) -> bool {
    let step = |count: i64| (count / 1000).checked_ilog2().map(|power| power / 2);
    step(before) != step(after.into())
}

#[derive(Debug, sqlx::FromRow)]
struct HeldRow {
    state: String,
    plan_id: i64,
    checkpoint: i64,
    total: i64,
    applied: i64,
    stale: i64,
    rejected: i64,
    selection: String,
    author_id: i64,
    author: String,
    policy: String,
}

/// Renews the lease, if the claim is still good. It also locks the job until the page is written.
async fn hold(work: &mut Work, claim: &Claim, lease_until: i64) -> Result<Option<HeldRow>, StoreError> {
    let statement =
        sql("UPDATE jobs SET lease_until = $3 WHERE job_id = $1 AND fence = $2 AND state IN ('running', 'stopping') \
         RETURNING state, plan_id, checkpoint, total, applied, stale, rejected, selection, author_id, author, \
         (SELECT policy FROM plans WHERE plans.plan_id = jobs.plan_id) AS policy");
    work.first(statement.bind(claim.job_id.0).bind(claim.fence).bind(lease_until)).await
}

/// What became of a row, and of whom.
pub(crate) type Done = (u32, Outcome, Option<UserId>);

/// Applies changes, and says what became of each.
async fn apply(
    work: &mut Work,
    changes: &[Change],
    directory_id: Option<DirectoryId>,
    by: By<'_>,
) -> Result<Vec<Done>, StoreError> {
    let before = users_concerned(work, changes, directory_id).await?;
    let named = changes.iter().flat_map(|change| change.add_groups.iter().chain(&change.remove_groups));
    let named = named.cloned().collect();
    let groups = Known::among(work, &named).await?;
    let refused = refusal::refused(work, changes, &before, &groups, directory_id, by).await?;
    let accepted = changes.iter().filter(|change| !refused.contains_key(&change.row)).cloned();
    let accepted: Vec<Change> = accepted.map(|change| spelled(change, &groups)).collect();
    let Decided { rows, revisions, rejected } = decide(&before, &accepted, directory_id)?;
    let mut done = rejected;
    if !revisions.is_empty() {
        let user_ids = revision::write(work, &revisions, by).await?;
        done.extend(applied(rows, user_ids));
    }
    for change in changes {
        if let Some(outcome) = refused.get(&change.row) {
            done.push((change.row, outcome.clone(), target(change)));
        }
    }
    done.sort_by_key(|(row, ..)| *row);
    Ok(done)
}

fn applied(rows: Vec<u32>, user_ids: Vec<UserId>) -> impl Iterator<Item = Done> {
    rows.into_iter().zip(user_ids).map(|(row, user_id)| (row, Outcome::Applied, Some(user_id)))
}

/// Writes what was worked out before the page had its turn. `None` when something of it is refused, and then nothing was
/// written; an error that [`revision::is_outdated`] knows when it is true no more.
async fn apply_guess(
    work: &mut Work,
    changes: &[Change],
    guess: Guess,
    directory_id: Option<DirectoryId>,
    by: By<'_>,
) -> Result<Option<Vec<Done>>, StoreError> {
    let Guess { before, decided: Decided { rows, revisions, rejected: _ } } = guess;
    let refused = refusal::refused(work, changes, &before, &Known::default(), directory_id, by).await?;
    if !refused.is_empty() {
        return Ok(None);
    }
    let user_ids = revision::write(work, &revisions, by).await?;
    Ok(Some(applied(rows, user_ids).collect()))
}

/// What changes come to.
#[derive(Debug)]
pub(crate) struct Decided {
    /// The rows that are applied, and what is written for each.
    pub(crate) rows: Vec<u32>,
    pub(crate) revisions: Vec<Revision>,
    /// The others.
    pub(crate) rejected: Vec<Done>,
}

/// Works out what changes come to, beside users as they are.
pub(crate) fn decide(
    before: &BTreeMap<UserId, User>,
    changes: &[Change],
    directory_id: Option<DirectoryId>,
) -> Result<Decided, StoreError> {
    let mut after = before.clone();
    let effects = plan::apply::apply(&mut after, changes, directory_id);
    let count = changes.len();
    let mut decided =
        Decided { rows: Vec::with_capacity(count), revisions: Vec::with_capacity(count), rejected: Vec::new() };
    for (change, effect) in changes.iter().zip(effects) {
        let outcome = match effect {
            Effect::Applied(user_id) => {
                // A version leads to the next one once.
                let user = after.remove(&user_id).ok_or(StoreError::Corrupt { what: "applied change" })?;
                let is_new = change.target == Target::Create;
                let known = if is_new { None } else { before.get(&user_id) };
                let note = note(change, known, &user);
                decided.revisions.push(Revision::new(user, is_new, note));
                decided.rows.push(change.row);
                continue;
            }
            Effect::Stale => Outcome::Stale,
            Effect::UserGone => Outcome::Rejected(Rejection::UserGone),
            Effect::UsernameTaken => Outcome::Rejected(Rejection::UsernameTaken),
            Effect::EntryTaken => Outcome::Rejected(Rejection::EntryTaken),
        };
        decided.rejected.push((change.row, outcome, target(change)));
    }
    Ok(decided)
}

/// The change with the names of groups as they are written in their table: a file may write them otherwise.
fn spelled(mut change: Change, groups: &Known) -> Change {
    for name in change.add_groups.iter_mut().chain(&mut change.remove_groups) {
        if let Some(stored) = groups.name(name) {
            name.clone_from(stored);
        }
    }
    change
}

pub(crate) fn target(change: &Change) -> Option<UserId> {
    match change.target {
        Target::Create => None,
        Target::Existing { user_id, .. } => Some(user_id),
    }
}

/// The users that the changes are for, and those who have a name or an entry that one of them gives.
async fn users_concerned(
    work: &mut Work,
    changes: &[Change],
    directory_id: Option<DirectoryId>,
) -> Result<BTreeMap<UserId, User>, StoreError> {
    let mut found: BTreeSet<i64> = changes.iter().filter_map(target).map(|user_id| user_id.0).collect();
    let names =
        changes.iter().flat_map(|change| &change.fields).filter_map(|change| match (&change.field, &change.after) {
            (Field::Username, Some(Value::Text(name))) => Some(UsernameKey::of(name)),
            _ => None,
        });
    found.extend(user_row::ids_with_names(work, names).await?);
    if let Some(directory_id) = directory_id {
        let entries = changes.iter().filter_map(|change| Some(&change.entry.as_ref()?.external_id));
        found.extend(user_row::ids_with_entries(work, directory_id, entries).await?);
    }
    let users = user_row::with_ids(work, found.into_iter()).await?;
    Ok(users.into_iter().map(|listed| (listed.user.user_id, listed.user)).collect())
}

/// What is kept of a change.
fn note(change: &Change, before: Option<&User>, after: &User) -> Note {
    let dn_before = before.and_then(|user| user.link.as_ref()).map(|link| link.dn.as_str());
    let dn = after.link.as_ref().map(|link| link.dn.clone()).filter(|dn| Some(dn.as_str()) != dn_before);
    let (none, nowhere) = (BTreeSet::new(), BTreeSet::new());
    let (roles, groups) = before.map_or((&none, &nowhere), |user| (&user.roles, &user.groups));
    Note {
        fields: change.fields.clone(),
        added_roles: after.roles.difference(roles).cloned().collect(),
        removed_roles: roles.difference(&after.roles).cloned().collect(),
        added_groups: after.groups.difference(groups).cloned().collect(),
        removed_groups: groups.difference(&after.groups).cloned().collect(),
        dn,
        ..Note::default()
    }
}

async fn write_outcomes(work: &mut Work, claim: &Claim, done: &[Done]) -> Result<(), StoreError> {
    if done.is_empty() {
        return Ok(());
    }
    let input = Input::default()
        .ints("number", done.iter().map(|(row, ..)| i64::from(*row)))
        .texts("outcome", done.iter().map(|(_, outcome, _)| outcome.code()))
        .ints("user_id", done.iter().map(|(.., user_id)| user_id.map(|user_id| user_id.0)));
    let statement =
        sql("{insert} outcomes (job_id, \"row\", outcome, user_id) SELECT $1, number, outcome, user_id FROM {input}");
    work.run(statement.bind(claim.job_id.0).input(input)).await?;
    Ok(())
}
