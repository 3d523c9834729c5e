//! One-time links to choose a password with: made by somebody who looks after the users, or sent to the user's e-mail
//! address. Tokens arrive hashed (SHA-256): what is in the link is stored nowhere.

use crate::access::permissions_of_user;
use crate::credentials::{end_sessions, write_password};
use crate::history::{self, Note};
use crate::sql::sql;
use crate::user_row::email_key;
use crate::users::Written;
use crate::work::Work;
use crate::{Store, StoreError, editing};
use identity::id::UserId;
use identity::username::UsernameKey;

/// Who made a link that was sent by e-mail, as histories tell it: whoever asked is not known.
const ASKED: &str = "sign-in page";
/// Users who are sent a link at once: several may share an e-mail address.
const MAX_SHARERS: u32 = 5;

/// A link to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewLink<'a> {
    /// SHA-256 of its token.
    pub hashed_token: &'a [u8],
    /// When it is made.
    pub now: i64,
    /// When it ends.
    pub until: i64,
}

/// Whom a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOwner {
    /// The user.
    pub user_id: UserId,
    /// The username, as written.
    pub username: String,
}

/// A user who can be sent a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The user.
    pub user_id: UserId,
    /// The username, as written.
    pub username: String,
    /// Where the link goes: the stored address, never one that somebody typed.
    pub email: String,
    /// The language that the user reads, if it is known.
    pub locale: Option<String>,
}

impl Store {
    /// Makes a link for an internal user, as it was at a version, and notes in its history who did.
    pub async fn add_password_link(
        &self,
        user_id: UserId,
        version: i64,
        link: NewLink<'_>,
        author: UserId,
    ) -> Result<Written, StoreError> {
        let mut work = self.write("make a password link").await?;
        work.take_turn().await?;
        let known = sql("SELECT version FROM users WHERE user_id = $1").bind(user_id.0);
        match work.first::<(i64,)>(known).await? {
            None => return Ok(Written::Gone),
            Some((now,)) if now != version => return Ok(Written::Stale),
            Some(_) => {}
        }
        let name = editing::author_name(&mut work, author).await?;
        insert(&mut work, user_id, version, link, (Some(author), &name)).await?;
        work.commit().await?;
        Ok(Written::Applied(user_id))
    }

    /// Makes a link that is sent by e-mail. `false` when there is a younger one than `since` already, or the user has
    /// changed in what allows it: nothing is to be sent then.
    pub async fn add_asked_link(&self, to: &Recipient, link: NewLink<'_>, since: i64) -> Result<bool, StoreError> {
        let mut work = self.write("make a password link to be sent").await?;
        work.take_turn().await?;
        let known = sql("SELECT version FROM users WHERE user_id = $1 AND enabled = 1 AND directory_id IS NULL \
             AND email = $2 AND NOT EXISTS (SELECT 1 FROM password_links WHERE password_links.user_id = users.user_id \
             AND author_id IS NULL AND made_at > $3)");
        let known = known.bind(to.user_id.0).bind(to.email.as_str()).bind(since);
        let Some((version,)) = work.first::<(i64,)>(known).await? else { return Ok(false) };
        insert(&mut work, to.user_id, version, link, (None, ASKED)).await?;
        work.commit().await?;
        Ok(true)
    }

    /// Who can be sent a link: internal, enabled, with an e-mail address, and with this username or address.
    pub async fn password_recipients(&self, name: &str) -> Result<Vec<Recipient>, StoreError> {
        if name.contains('\0') || name.trim().is_empty() {
            return Ok(vec![]);
        }
        let mut work = self.read("look who asked for a password").await?;
        let (username, email) = (UsernameKey::of(name.trim()), email_key(name.trim()));
        let statement = sql("SELECT user_id, username, email, locale FROM users \
             WHERE (username_key = $1 OR email_key = $2) AND enabled = 1 AND directory_id IS NULL \
             AND email IS NOT NULL ORDER BY user_id LIMIT $3");
        let statement = statement.bind(username.as_str().to_owned()).bind(email).bind(MAX_SHARERS);
        let rows: Vec<(i64, String, String, Option<String>)> = work.all(statement).await?;
        let recipient =
            |(user_id, username, email, locale)| Recipient { user_id: UserId(user_id), username, email, locale };
        Ok(rows.into_iter().map(recipient).collect())
    }

    /// Whom a link is for; `None` when it is unknown, was used, has ended, or may not be used any more.
    pub async fn find_password_link(&self, hashed_token: &[u8], now: i64) -> Result<Option<LinkOwner>, StoreError> {
        usable(&mut self.read("find a password link").await?, hashed_token, now).await
    }

    /// Sets the password that a user chose with a link. The link and all others of the user are spent, and all sessions
    /// of the user end. `None`, and nothing is written, when the link is not to be found.
    pub async fn use_password_link(
        &self,
        hashed_token: &[u8],
        password_hash: &str,
        now: i64,
    ) -> Result<Option<UserId>, StoreError> {
        let mut work = self.write("use a password link").await?;
        work.take_turn().await?;
        let Some(LinkOwner { user_id, .. }) = usable(&mut work, hashed_token, now).await? else { return Ok(None) };
        write_password(&mut work, user_id, password_hash, None, now).await?;
        forget(&mut work, user_id).await?;
        end_sessions(&mut work, user_id, None).await?;
        work.commit().await?;
        Ok(Some(user_id))
    }

    /// Removes those that ended.
    pub async fn delete_expired_password_links(&self, now: i64) -> Result<u64, StoreError> {
        let mut work = self.write("remove password links that ended").await?;
        let removed = work.run(sql("DELETE FROM password_links WHERE expires_at <= $1").bind(now)).await?;
        work.commit().await?;
        Ok(removed)
    }
}

/// Removes all links of a user.
pub(crate) async fn forget(work: &mut Work, user_id: UserId) -> Result<(), StoreError> {
    work.run(sql("DELETE FROM password_links WHERE user_id = $1").bind(user_id.0)).await?;
    Ok(())
}

async fn insert(
    work: &mut Work,
    user_id: UserId,
    version: i64,
    link: NewLink<'_>,
    author: (Option<UserId>, &str),
) -> Result<(), StoreError> {
    let NewLink { hashed_token, now, until } = link;
    let statement = sql("INSERT INTO password_links (token, user_id, author_id, made_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5)");
    let author_id = author.0.map(|author| author.0);
    work.run(statement.bind(hashed_token).bind(user_id.0).bind(author_id).bind(now).bind(until)).await?;
    let note = Note { password_link: true, ..Note::default() };
    history::add_step(work, user_id, version, author, &note, now).await
}

/// The owner of a link that may be used now.
///
/// Whoever made it is asked again: a user may have got more permissions since, and the maker may still know the link.
async fn usable(work: &mut Work, hashed_token: &[u8], now: i64) -> Result<Option<LinkOwner>, StoreError> {
    let statement = sql("SELECT users.user_id, users.username, author_id FROM password_links \
         JOIN users ON users.user_id = password_links.user_id \
         WHERE token = $1 AND expires_at > $2 AND enabled = 1 AND directory_id IS NULL");
    let found = work.first::<(i64, String, Option<i64>)>(statement.bind(hashed_token).bind(now)).await?;
    let Some((user_id, username, author_id)) = found else { return Ok(None) };
    let user_id = UserId(user_id);
    if let Some(author_id) = author_id {
        let author = sql("SELECT user_id FROM users WHERE user_id = $1 AND enabled = 1").bind(author_id);
        if work.first::<(i64,)>(author).await?.is_none() {
            return Ok(None);
        }
        let theirs = permissions_of_user(work, UserId(author_id)).await?;
        if !permissions_of_user(work, user_id).await?.is_subset(&theirs) {
            return Ok(None);
        }
    }
    Ok(Some(LinkOwner { user_id, username }))
}
