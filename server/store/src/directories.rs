//! Directories and their encrypted passwords.

use crate::history::Note;
use crate::revision::{self, By, Revision};
use crate::sql::sql;
use crate::user_row;
use crate::users::{ListedUser, count_u32};
use crate::work::Work;
use crate::{Store, StoreError, editing, grouping, jobs};
use identity::directory::DirectorySettings;
use identity::id::{DirectoryId, JobId, UserId};
use identity::matching::fold;
use identity::user::User;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A stored directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
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

/// The password of a directory as it is stored. Opened when it is used: one that does not open with the key in use is no
/// reason to refuse what needs none.
#[derive(Debug, Clone)]
pub struct SealedPassword {
    directory_id: DirectoryId,
    sealed: Option<Vec<u8>>,
}

/// The answer to an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryWritten {
    /// Done.
    Applied,
    /// Changed since it was shown; nothing was written.
    Stale,
    /// Another directory has what only one can have; nothing was written.
    Taken(Taken),
    /// There is no such directory.
    Gone,
}

/// What of its settings a directory does not share with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// Its name.
    Name,
    /// Its short code.
    Code,
}

impl Store {
    /// The short codes of the directories that have one.
    pub async fn directory_codes(&self) -> Result<BTreeMap<DirectoryId, String>, StoreError> {
        let mut work = self.read("list the codes of directories").await?;
        let statement = sql("SELECT directory_id, code FROM directories WHERE code IS NOT NULL");
        let rows: Vec<(i64, String)> = work.all(statement).await?;
        Ok(rows.into_iter().map(|(directory_id, code)| (DirectoryId(directory_id), code)).collect())
    }

    /// All directories, by name.
    pub async fn list_directories(&self) -> Result<Vec<Directory>, StoreError> {
        let mut work = self.read("list directories").await?;
        let rows: Vec<DirectoryRow> = work.all(sql(SELECT_ALL)).await?;
        rows.into_iter().map(Directory::try_from).collect()
    }

    /// One directory.
    pub async fn find_directory(&self, directory_id: DirectoryId) -> Result<Option<Directory>, StoreError> {
        let mut work = self.read("find a directory").await?;
        let row: Option<DirectoryRow> = work.first(sql(SELECT_ONE).bind(directory_id.0)).await?;
        row.map(Directory::try_from).transpose()
    }

    /// One directory with its password, both as they were at one moment: a password that was changed together with the
    /// address never goes to the old address.
    pub async fn find_sealed_directory(
        &self,
        directory_id: DirectoryId,
    ) -> Result<Option<(Directory, SealedPassword)>, StoreError> {
        let mut work = self.read("find a directory with its password").await?;
        let row: Option<SealedRow> = work.first(sql(SELECT_SEALED).bind(directory_id.0)).await?;
        let Some(SealedRow { directory, password: sealed }) = row else { return Ok(None) };
        Ok(Some((directory.try_into()?, SealedPassword { directory_id, sealed })))
    }

    /// Opens a password; `None` when there is none.
    pub fn open_password(&self, password: &SealedPassword) -> Result<Option<SecretString>, StoreError> {
        let SealedPassword { directory_id, sealed } = password;
        sealed.as_ref().map(|sealed| self.key.open(sealed, &place(*directory_id))).transpose()
    }

    /// Adds one, if no other has its name or code.
    pub async fn add_directory(
        &self,
        settings: &DirectorySettings,
        password: Option<&SecretString>,
        now: i64,
    ) -> Result<Result<DirectoryId, Taken>, StoreError> {
        let mut work = self.write("add a directory").await?;
        work.take_turn().await?;
        if let Some(taken) = taken(&mut work, settings, None).await? {
            return Ok(Err(taken));
        }
        let statement = sql("INSERT INTO directories (version, name_key, code, settings, created_at, updated_at) \
             VALUES (1, $1, $2, $3, $4, $4) RETURNING directory_id");
        let statement = statement.bind(fold(&settings.name)).bind(code(settings)).bind(json(settings)).bind(now);
        let (directory_id,): (i64,) = work.one(statement).await?;
        let directory_id = DirectoryId(directory_id);
        self.write_password(&mut work, directory_id, password).await?;
        work.commit().await?;
        Ok(Ok(directory_id))
    }

    /// Changes one. `password: None` keeps the stored one; whether that is allowed is the caller's rule. An empty
    /// password removes the stored one.
    pub async fn edit_directory(
        &self,
        directory_id: DirectoryId,
        version: i64,
        settings: &DirectorySettings,
        password: Option<&SecretString>,
        now: i64,
    ) -> Result<DirectoryWritten, StoreError> {
        let mut work = self.write("change a directory").await?;
        work.take_turn().await?;
        let stored = sql("SELECT version FROM directories WHERE directory_id = $1").bind(directory_id.0);
        match work.first::<(i64,)>(stored).await? {
            None => return Ok(DirectoryWritten::Gone),
            Some((stored,)) if stored != version => return Ok(DirectoryWritten::Stale),
            Some(_) => {}
        }
        if let Some(taken) = taken(&mut work, settings, Some(directory_id)).await? {
            return Ok(DirectoryWritten::Taken(taken));
        }
        let statement = sql("UPDATE directories SET version = version + 1, name_key = $3, code = $4, settings = $5, \
             updated_at = $6 WHERE directory_id = $1 AND version = $2");
        let statement = statement.bind(directory_id.0).bind(version).bind(fold(&settings.name)).bind(code(settings));
        let statement = statement.bind(json(settings)).bind(now);
        if work.run(statement).await? == 0 {
            return Ok(DirectoryWritten::Stale);
        }
        self.write_password(&mut work, directory_id, password).await?;
        work.commit().await?;
        Ok(DirectoryWritten::Applied)
    }

    /// Removes one. Its users stay, with their links forgotten: they become internal, which their history says. Jobs
    /// that import from it stop.
    pub async fn remove_directory(
        &self,
        directory_id: DirectoryId,
        author: UserId,
        now: i64,
    ) -> Result<bool, StoreError> {
        let mut work = self.write("remove a directory").await?;
        work.take_turn().await?;
        let known = sql("SELECT version FROM directories WHERE directory_id = $1").bind(directory_id.0);
        if work.first::<(i64,)>(known).await?.is_none() {
            return Ok(false);
        }
        let jobs = sql("SELECT job_id FROM jobs JOIN plans ON plans.plan_id = jobs.plan_id \
             WHERE directory_id = $1 AND state IN ('queued', 'running')");
        for (job_id,) in work.all::<(i64,)>(jobs.bind(directory_id.0)).await? {
            jobs::stop(&mut work, JobId(job_id), now).await?;
        }
        let author_name = editing::author_name(&mut work, author).await?;
        let by = By { author_id: author, author: &author_name, job_id: None, now };
        forget_links(&mut work, directory_id, by).await?;
        grouping::forget_directory(&mut work, directory_id, now).await?;
        work.run(sql("DELETE FROM directories WHERE directory_id = $1").bind(directory_id.0)).await?;
        work.commit().await?;
        Ok(true)
    }

    /// The directories whose stored password does not open with the key in use.
    pub async fn sealed_directories(&self) -> Result<Vec<DirectoryId>, StoreError> {
        let mut work = self.read("look whether the directories' passwords open").await?;
        let statement = sql("SELECT directory_id, password FROM directories WHERE password IS NOT NULL ORDER BY 1");
        let stored: Vec<(i64, Vec<u8>)> = work.all(statement).await?;
        let stored = stored.into_iter().map(|(directory_id, sealed)| (DirectoryId(directory_id), sealed));
        let sealed = stored.filter(|(directory_id, sealed)| self.key.open(sealed, &place(*directory_id)).is_err());
        Ok(sealed.map(|(directory_id, _)| directory_id).collect())
    }

    async fn write_password(
        &self,
        work: &mut Work,
        directory_id: DirectoryId,
        password: Option<&SecretString>,
    ) -> Result<(), StoreError> {
        let Some(password) = password else { return Ok(()) };
        let is_empty = password.expose_secret().is_empty();
        let sealed = (!is_empty).then(|| self.key.seal(password, &place(directory_id)));
        let statement = sql("UPDATE directories SET password = $2 WHERE directory_id = $1");
        work.run(statement.bind(directory_id.0).bind(sealed)).await?;
        Ok(())
    }
}

/// What a password is bound to: moved to another row it does not open.
fn place(directory_id: DirectoryId) -> String {
    format!("directories/{directory_id}/password")
}

fn json(settings: &DirectorySettings) -> String {
    serde_json::to_string(settings).expect("settings are texts, numbers and flags")
}

/// The code as it is stored.
fn code(settings: &DirectorySettings) -> Option<&str> {
    Some(settings.code.as_str()).filter(|code| !code.is_empty())
}

/// What of these settings another directory has already.
async fn taken(
    work: &mut Work,
    settings: &DirectorySettings,
    own: Option<DirectoryId>,
) -> Result<Option<Taken>, StoreError> {
    let statement = sql("SELECT name_key FROM directories WHERE (name_key = $1 OR code = $2) AND directory_id <> $3");
    let name_key = fold(&settings.name);
    let statement = statement.bind(&name_key).bind(code(settings)).bind(own.map_or(0, |own| own.0));
    let others: Vec<(String,)> = work.all(statement).await?;
    let is_name = others.iter().any(|(other,)| *other == name_key);
    Ok(if is_name { Some(Taken::Name) } else { (!others.is_empty()).then_some(Taken::Code) })
}

/// Makes the users of a directory internal, page by page: there may be a hundred thousand.
async fn forget_links(work: &mut Work, directory_id: DirectoryId, by: By<'_>) -> Result<(), StoreError> {
    loop {
        let mut page = sql(user_row::SELECT);
        page.push(" WHERE users.directory_id = ");
        page.push_bind(directory_id.0);
        page.push(" LIMIT 1000");
        let users = user_row::fetch(work, page).await?;
        if users.is_empty() {
            return Ok(());
        }
        let revisions = users.into_iter().map(|ListedUser { user, .. }| {
            let note = Note { unlinked_dn: user.link.map(|link| link.dn), ..Note::default() };
            let user = User { version: user.version + 1, link: None, ..user };
            Revision::new(user, false, note)
        });
        revision::write(work, &revisions.collect::<Vec<_>>(), by).await?;
    }
}

macro_rules! select {
    ($password:literal, $rest:literal) => {
        concat!(
            "SELECT directory_id, version, settings, ",
            $password,
            "CASE WHEN password IS NULL THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END AS has_password, \
             (SELECT count(*) FROM users WHERE users.directory_id = directories.directory_id) AS users \
             FROM directories ",
            $rest
        )
    };
}
const SELECT_ALL: &str = select!("", "ORDER BY name_key");
const SELECT_ONE: &str = select!("", "WHERE directory_id = $1");
const SELECT_SEALED: &str = select!("password, ", "WHERE directory_id = $1");

#[derive(Debug, sqlx::FromRow)]
struct DirectoryRow {
    directory_id: i64,
    version: i64,
    settings: String,
    has_password: i64,
    users: i64,
}

#[derive(Debug, sqlx::FromRow)]
struct SealedRow {
    #[sqlx(flatten)]
    directory: DirectoryRow,
    password: Option<Vec<u8>>,
}

impl TryFrom<DirectoryRow> for Directory {
    type Error = StoreError;

    fn try_from(row: DirectoryRow) -> Result<Self, StoreError> {
        let DirectoryRow { directory_id, version, settings, has_password, users } = row;
        let settings = serde_json::from_str(&settings).map_err(|_| StoreError::Corrupt { what: "directory" })?;
        let directory_id = DirectoryId(directory_id);
        Ok(Self { directory_id, version, settings, has_password: has_password != 0, users: count_u32(users) })
    }
}
