//! The users that a page of records may concern, read in one transaction.

use crate::user_row::{self, email_key};
use crate::users::ListedUser;
use crate::work::Work;
use crate::{Store, StoreError};
use identity::external_id::ExternalId;
use identity::field::Patch;
use identity::id::DirectoryId;
use identity::user::User;
use identity::username::UsernameKey;
use plan::{Record, Snapshot};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Where the users of a page stood. A directory mostly answers in the same order, and in that order its people were
/// imported: the users of the next page stand behind those of this one, and are read from there without looking for each.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trail {
    next: Option<i64>,
}

impl Store {
    /// The users of a page by itself: see [`Store::snapshot_along`].
    pub async fn snapshot(
        &self,
        directory_id: Option<DirectoryId>,
        records: &[Record],
    ) -> Result<Snapshot, StoreError> {
        self.snapshot_along(&mut Trail::default(), directory_id, records).await
    }

    /// Users linked to one of the records' entries in this directory, users with one of their usernames (by key), and
    /// users with one of the e-mail addresses that they newly give (two for each address are enough to say that it is
    /// shared). A few set-based reads, whatever the number of records; users come in the order of their numbers.
    ///
    /// The trail makes it quicker for one page after the other, and changes nothing of the answer.
    pub async fn snapshot_along(
        &self,
        trail: &mut Trail,
        directory_id: Option<DirectoryId>,
        records: &[Record],
    ) -> Result<Snapshot, StoreError> {
        let mut work = self.read("read the users that records may concern").await?;
        let mut users = Vec::new();
        if let Some(directory_id) = directory_id {
            users = linked_users(&mut work, *trail, directory_id, records).await?;
        }
        // Mostly nothing is new: then there is nobody else to look for.
        let linked: HashMap<&ExternalId, &User> =
            users.iter().filter_map(|listed| Some((&listed.user.link.as_ref()?.external_id, &listed.user))).collect();
        let user_of = |record: &Record| linked.get(&record.entry.as_ref()?.external_id).copied();
        trail.follow(records.iter().filter_map(user_of));
        let unsettled: Vec<&Record> =
            records.iter().filter(|record| user_of(record).is_none_or(|user| !is_settled(record, user))).collect();
        // Names and addresses that cannot be stored belong to nobody.
        let can_be_stored = |text: &&str| !text.trim().is_empty() && !text.contains('\0');
        let names =
            unsettled.iter().flat_map(|record| [record.fields.username.as_deref(), record.old_username.as_deref()]);
        let keys: Vec<UsernameKey> = names.flatten().filter(can_be_stored).map(UsernameKey::of).collect();
        let mut found: BTreeSet<i64> =
            user_row::ids_with_names(&mut work, keys.into_iter()).await?.into_iter().collect();
        let emails = unsettled.iter().filter_map(|record| match &record.fields.email {
            Patch::Set(email) => Some(email.as_str()),
            Patch::Keep | Patch::Clear => None,
        });
        found.extend(user_row::ids_with_emails(&mut work, emails.filter(can_be_stored).map(email_key)).await?);
        // Most are found in more than one way; each is read once.
        for user in linked.values() {
            found.remove(&user.user_id.0);
        }
        users.extend(user_row::with_ids(&mut work, found.into_iter()).await?);
        users.sort_by_key(|listed| listed.user.user_id);
        Ok(Snapshot { users: users.into_iter().map(|listed| listed.user).collect() })
    }
}

impl Trail {
    /// The users of a page, in the order of its records.
    fn follow<'u>(&mut self, users: impl DoubleEndedIterator<Item = &'u User> + Clone) {
        let ends = users.clone().next().zip(users.clone().next_back());
        self.next = ends.and_then(|(first, last)| {
            let (first, last) = (first.user_id.0, last.user_id.0);
            (first..first + 2 * users.count() as i64).contains(&last).then_some(last + 1)
        });
    }
}

/// The users that are linked to the entries of records.
async fn linked_users(
    work: &mut Work,
    trail: Trail,
    directory_id: DirectoryId,
    records: &[Record],
) -> Result<Vec<ListedUser>, StoreError> {
    let entries = records.iter().filter_map(|record| Some(&record.entry.as_ref()?.external_id));
    let mut wanted: HashSet<&ExternalId> = entries.filter(|entry| !entry.as_str().contains('\0')).collect();
    let mut users = Vec::new();
    if let Some(first) = trail.next {
        users = user_row::with_numbers(work, first..first + wanted.len() as i64).await?;
        users.retain(|listed| {
            let link = listed.user.link.as_ref().filter(|link| link.directory_id == directory_id);
            link.is_some_and(|link| wanted.remove(&link.external_id))
        });
    }
    users.extend(user_row::with_entries(work, directory_id, wanted.into_iter()).await?);
    Ok(users)
}

/// Whether a record gives the user of its entry neither another name nor another address: only then it may concern
/// somebody else.
fn is_settled(record: &Record, user: &User) -> bool {
    let has_name = record.old_username.is_none()
        && record.fields.username.as_deref().is_some_and(|username| {
            username == user.fields.username || UsernameKey::of(username) == UsernameKey::of(&user.fields.username)
        });
    has_name
        && match &record.fields.email {
            Patch::Set(email) => user.fields.email.as_deref() == Some(email.trim()),
            Patch::Keep | Patch::Clear => true,
        }
}
