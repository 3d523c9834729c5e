//! Passwords of Muster's own (internal users). Hashing (Argon2id) is done by the caller's thread pool, not here.

use crate::revision::By;
use crate::sql::sql;
use crate::user_row::role_code;
use crate::work::Work;
use crate::{Store, StoreError, editing};
use identity::id::UserId;
use identity::role::RoleCode;
use identity::user::UserFields;
use identity::username::UsernameKey;
use std::collections::BTreeSet;

/// What a sign-in is checked against.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The user.
    pub user_id: UserId,
    /// Argon2id in PHC format; `None` when the user has no usable password.
    pub password_hash: Option<String>,
    /// The password was given by somebody else and must be replaced at sign-in.
    pub must_change: bool,
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
        let statement = sql("SELECT users.user_id, enabled, password_hash, coalesce(must_change, 0) FROM users \
             LEFT JOIN credentials ON credentials.user_id = users.user_id WHERE username_key = $1");
        let row = work.first::<(i64, i64, Option<String>, i64)>(statement.bind(key.as_str())).await?;
        Ok(row.map(|(user_id, enabled, password_hash, must_change)| Credentials {
            user_id: UserId(user_id),
            password_hash,
            must_change: must_change != 0,
            enabled: enabled != 0,
        }))
    }

    /// Sets a password. All other sessions of the user end, but for `keep` (a hashed session id).
    pub async fn set_password(
        &self,
        user_id: UserId,
        password_hash: &str,
        must_change: bool,
        keep: Option<&[u8]>,
        now: i64,
    ) -> Result<(), StoreError> {
        let mut work = self.write("set a password").await?;
        write_password(&mut work, user_id, password_hash, must_change, now).await?;
        let others = sql("DELETE FROM sessions WHERE user_id = $1 AND session_id <> $2");
        work.run(others.bind(user_id.0).bind(keep.unwrap_or_default())).await?;
        work.commit().await
    }

    /// Makes the first administrator when there is no user at all (R36). `None` when there was one.
    pub async fn create_first_administrator(
        &self,
        username: &str,
        password_hash: &str,
        must_change: bool,
        now: i64,
    ) -> Result<Option<UserId>, StoreError> {
        let mut work = self.write("create the first administrator").await?;
        work.take_turn().await?;
        if work.first::<(i64,)>(sql("SELECT user_id FROM users LIMIT 1")).await?.is_some() {
            return Ok(None);
        }
        let fields = UserFields { username: username.trim().to_owned(), enabled: true, ..UserFields::default() };
        let roles = BTreeSet::from([role_code(RoleCode::ADMINISTRATOR)?]);
        // Nobody else is there: the program makes it, in the name of the one that it makes.
        let by = By { author_id: UserId(0), author: &fields.username, job_id: None, now };
        let user_id = editing::insert(&mut work, &fields, &roles, by).await?;
        write_password(&mut work, user_id, password_hash, must_change, now).await?;
        work.commit().await?;
        Ok(Some(user_id))
    }
}

async fn write_password(
    work: &mut Work,
    user_id: UserId,
    password_hash: &str,
    must_change: bool,
    now: i64,
) -> Result<(), StoreError> {
    let statement =
        sql("INSERT INTO credentials (user_id, password_hash, must_change, changed_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, \
         must_change = excluded.must_change, changed_at = excluded.changed_at");
    work.run(statement.bind(user_id.0).bind(password_hash).bind(must_change).bind(now)).await?;
    Ok(())
}
