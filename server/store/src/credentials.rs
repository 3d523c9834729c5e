//! Passwords of Muster's own (internal users). Hashing (Argon2id) is done by the caller's thread pool, not here.

use crate::history::{self, Note};
use crate::revision::By;
use crate::sql::{Input, sql};
use crate::user_row::role_code;
use crate::users::Written;
use crate::work::Work;
use crate::{Store, StoreError, editing, password_links};
use identity::id::UserId;
use identity::role::RoleCode;
use identity::user::UserFields;
use identity::username::UsernameKey;
use std::collections::{BTreeMap, BTreeSet};

/// Who gave a password on the command line, as histories tell it.
const COMMAND_LINE: &str = "muster admin";

/// What a sign-in is checked against.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The user.
    pub user_id: UserId,
    /// Argon2id in PHC format; `None` when the user has no usable password.
    pub password_hash: Option<String>,
    /// When the password ends, if it was given by somebody else and must be replaced at sign-in.
    pub one_time_until: Option<i64>,
    /// Whether the user may sign in.
    pub enabled: bool,
}

impl Store {
    /// The credentials of a username.
    pub async fn find_credentials(&self, username: &str) -> Result<Option<Credentials>, StoreError> {
        if username.contains('\0') {
            return Ok(None);
        }
        let mut work = self.read("find credentials").await?;
        let key = UsernameKey::of(username);
        let statement = sql("SELECT users.user_id, enabled, password_hash, one_time_until FROM users \
             LEFT JOIN credentials ON credentials.user_id = users.user_id WHERE username_key = $1");
        let row = work.first::<(i64, i64, Option<String>, Option<i64>)>(statement.bind(key.as_str())).await?;
        Ok(row.map(|(user_id, enabled, password_hash, one_time_until)| Credentials {
            user_id: UserId(user_id),
            password_hash,
            one_time_until,
            enabled: enabled != 0,
        }))
    }

    /// Sets a password that the user chose. All sessions of the user end, but for `keep` (a hashed session id).
    pub async fn set_password(
        &self,
        user_id: UserId,
        password_hash: &str,
        keep: Option<&[u8]>,
        now: i64,
    ) -> Result<(), StoreError> {
        let mut work = self.write("set a password").await?;
        write_password(&mut work, user_id, password_hash, None, now).await?;
        password_links::forget(&mut work, user_id).await?;
        end_sessions(&mut work, user_id, keep).await?;
        work.commit().await
    }

    /// Gives a user, as it was at a version, a password that must be replaced at sign-in and works `until` then. All
    /// sessions of the user end, and its history tells who gave it: a user, or nobody but the command line.
    pub async fn give_password(
        &self,
        user_id: UserId,
        version: i64,
        password_hash: &str,
        until: i64,
        author: Option<UserId>,
        now: i64,
    ) -> Result<Written, StoreError> {
        let mut work = self.write("give a password").await?;
        work.take_turn().await?;
        let known = sql("SELECT version FROM users WHERE user_id = $1").bind(user_id.0);
        match work.first::<(i64,)>(known).await? {
            None => return Ok(Written::Gone),
            Some((now,)) if now != version => return Ok(Written::Stale),
            Some(_) => {}
        }
        let name = match author {
            Some(author) => editing::author_name(&mut work, author).await?,
            None => COMMAND_LINE.to_owned(),
        };
        write_password(&mut work, user_id, password_hash, Some(until), now).await?;
        // Whoever holds an older link must not be able to replace what is given now.
        password_links::forget(&mut work, user_id).await?;
        end_sessions(&mut work, user_id, None).await?;
        let note = Note { password_given: true, ..Note::default() };
        history::add_step(&mut work, user_id, version, (author, &name), &note, now).await?;
        work.commit().await?;
        Ok(Written::Applied(user_id))
    }

    /// Of these users, those who have a password, and when it ends if it must be replaced at sign-in.
    pub async fn with_password(
        &self,
        user_ids: impl IntoIterator<Item = UserId>,
    ) -> Result<BTreeMap<UserId, Option<i64>>, StoreError> {
        let input = Input::default().ints("user_id", user_ids.into_iter().map(|user_id| user_id.0));
        if input.rows() == 0 {
            return Ok(BTreeMap::new());
        }
        let mut work = self.read("look who has a password").await?;
        let statement =
            sql("SELECT user_id, one_time_until FROM credentials WHERE user_id IN (SELECT user_id FROM {input})");
        let found: Vec<(i64, Option<i64>)> = work.all(statement.input(input)).await?;
        Ok(found.into_iter().map(|(user_id, one_time_until)| (UserId(user_id), one_time_until)).collect())
    }

    /// Ends all sessions of a user.
    pub async fn end_sessions(&self, user_id: UserId) -> Result<(), StoreError> {
        let mut work = self.write("end a user's sessions").await?;
        end_sessions(&mut work, user_id, None).await?;
        work.commit().await
    }

    /// Makes the first administrator when there is no user at all (R36). `None` when there was one. `one_time_until` is
    /// given when the password must be replaced at sign-in, and works until then.
    pub async fn create_first_administrator(
        &self,
        username: &str,
        password_hash: &str,
        one_time_until: Option<i64>,
        now: i64,
    ) -> Result<Option<UserId>, StoreError> {
        let mut work = self.write("create the first administrator").await?;
        work.take_turn().await?;
        if work.first::<(i64,)>(sql("SELECT user_id FROM users LIMIT 1")).await?.is_some() {
            return Ok(None);
        }
        let fields = UserFields { username: username.trim().to_owned(), enabled: true, ..UserFields::default() };
        let roles = BTreeSet::from([role_code(RoleCode::ADMINISTRATOR)?.into()]);
        // Nobody else is there: the program makes it, in the name of the one that it makes.
        let by = By { author_id: UserId(0), author: &fields.username, job_id: None, now };
        let user_id = editing::insert(&mut work, &fields, &roles, BTreeSet::new(), by).await?;
        write_password(&mut work, user_id, password_hash, one_time_until, now).await?;
        work.commit().await?;
        Ok(Some(user_id))
    }
}

pub(crate) async fn write_password(
    work: &mut Work,
    user_id: UserId,
    password_hash: &str,
    one_time_until: Option<i64>,
    now: i64,
) -> Result<(), StoreError> {
    let statement =
        sql("INSERT INTO credentials (user_id, password_hash, one_time_until, changed_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, \
         one_time_until = excluded.one_time_until, changed_at = excluded.changed_at");
    work.run(statement.bind(user_id.0).bind(password_hash).bind(one_time_until).bind(now)).await?;
    Ok(())
}

pub(crate) async fn end_sessions(work: &mut Work, user_id: UserId, keep: Option<&[u8]>) -> Result<(), StoreError> {
    let others = sql("DELETE FROM sessions WHERE user_id = $1 AND session_id <> $2");
    work.run(others.bind(user_id.0).bind(keep.unwrap_or_default())).await?;
    Ok(())
}
