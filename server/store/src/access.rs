//! Who may do what.

use crate::sql::{Input, sql};
use crate::user_row::role_code;
use crate::work::Work;
use crate::{Store, StoreError};
use identity::id::UserId;
use identity::role::{Permission, RoleCode, lacking, with_implied};
use identity::user::shown_name;
use std::collections::{BTreeMap, BTreeSet};

/// A signed-in user and what it may do, read anew for every request: a right that was taken away is gone at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The user.
    pub user_id: UserId,
    /// As written.
    pub username: String,
    /// The name to show.
    pub name: String,
    /// Permission codes of all its roles, with what they bring along.
    pub permissions: BTreeSet<String>,
    /// The password must be replaced first.
    pub must_change_password: bool,
}

impl Store {
    /// What a user may do; `None` when it is gone or disabled.
    pub async fn find_access(&self, user_id: UserId) -> Result<Option<Access>, StoreError> {
        let mut work = self.read("read what a user may do").await?;
        let user = sql("SELECT username, display_name, first_name, last_name, one_time_until FROM users \
             LEFT JOIN credentials ON credentials.user_id = users.user_id WHERE users.user_id = $1 AND enabled = 1");
        let Some(row) = work.first::<AccessRow>(user.bind(user_id.0)).await? else { return Ok(None) };
        let AccessRow { username, display_name, first_name, last_name, one_time_until } = row;
        let permissions = permissions_of_user(&mut work, user_id).await?;
        let name = shown_name(&username, display_name.as_deref(), first_name.as_deref(), last_name.as_deref());
        Ok(Some(Access { user_id, username, name, permissions, must_change_password: one_time_until.is_some() }))
    }

    /// The only enabled administrator (a role with `muster:admin`) who can sign in now, if there is exactly one.
    pub async fn last_administrator(&self, now: i64) -> Result<Option<UserId>, StoreError> {
        let mut work = self.read("look for the last administrator").await?;
        match enabled_administrators(&mut work, 2, now).await?.as_slice() {
            [only] => Ok(Some(*only)),
            _ => Ok(None),
        }
    }

    /// The roles that give `muster:admin`.
    pub async fn administrator_roles(&self) -> Result<BTreeSet<RoleCode>, StoreError> {
        let mut work = self.read("read the administrators' roles").await?;
        let statement = sql("SELECT role_code FROM role_permissions WHERE permission = $1");
        let codes = work.all::<(String,)>(statement.bind(Permission::Admin.code())).await?;
        codes.iter().map(|(code,)| role_code(code)).collect()
    }

    /// The roles that give a permission which a user may not give.
    pub async fn roles_beyond(&self, user_id: UserId) -> Result<BTreeSet<RoleCode>, StoreError> {
        let mut work = self.read("read which roles give more than a user may").await?;
        let held = permissions_of_user(&mut work, user_id).await?;
        let gives = permissions_by_role(&mut work).await?;
        let beyond = gives.into_iter().filter(|(_, codes)| lacking(&held, codes).next().is_some());
        Ok(beyond.map(|(role, _)| role).collect())
    }

    /// Permission codes that a set of roles gives together.
    pub async fn permissions_of_roles(&self, roles: &BTreeSet<RoleCode>) -> Result<BTreeSet<String>, StoreError> {
        if roles.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut work = self.read("read what roles give").await?;
        let input = Input::default().texts("role_code", roles.iter().map(RoleCode::as_str));
        let statement =
            sql("SELECT DISTINCT permission FROM role_permissions WHERE role_code IN (SELECT role_code FROM {input})");
        Ok(texts(work.all(statement.input(input)).await?))
    }
}

#[derive(Debug, sqlx::FromRow)]
struct AccessRow {
    username: String,
    display_name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    one_time_until: Option<i64>,
}

/// Permission codes of all roles that a user has everywhere, with what they bring along. Those within a scope give
/// nothing in Muster, which knows no scopes.
pub(crate) async fn permissions_of_user(work: &mut Work, user_id: UserId) -> Result<BTreeSet<String>, StoreError> {
    let statement = sql("SELECT DISTINCT permission FROM user_roles \
         JOIN role_permissions ON role_permissions.role_code = user_roles.role_code WHERE user_id = $1 AND scope = ''");
    Ok(with_implied(texts(work.all(statement.bind(user_id.0)).await?)))
}

/// Permission codes of every role.
pub(crate) async fn permissions_by_role(work: &mut Work) -> Result<BTreeMap<RoleCode, BTreeSet<String>>, StoreError> {
    let rows: Vec<(String, String)> = work.all(sql("SELECT role_code, permission FROM role_permissions")).await?;
    let mut permissions: BTreeMap<RoleCode, BTreeSet<String>> = BTreeMap::new();
    for (code, permission) in rows {
        permissions.entry(role_code(&code)?).or_default().insert(permission);
    }
    Ok(permissions)
}

/// Enabled users who have everywhere a role that gives `muster:admin`, and a password that works now: whoever cannot sign
/// in, as nobody yet whose password a directory keeps, and nobody whose one-time password ended, administrates nothing.
/// At most so many, but all of them for a limit above their number.
pub(crate) async fn enabled_administrators(work: &mut Work, limit: u32, now: i64) -> Result<Vec<UserId>, StoreError> {
    let statement = sql("SELECT DISTINCT users.user_id FROM role_permissions \
         JOIN user_roles ON user_roles.role_code = role_permissions.role_code AND scope = '' \
         JOIN users ON users.user_id = user_roles.user_id \
         JOIN credentials ON credentials.user_id = users.user_id \
         WHERE permission = $1 AND enabled = 1 AND (one_time_until IS NULL OR one_time_until > $2) LIMIT $3");
    let found = work.all::<(i64,)>(statement.bind(Permission::Admin.code()).bind(now).bind(limit)).await?;
    Ok(found.into_iter().map(|(user_id,)| UserId(user_id)).collect())
}

fn texts(rows: Vec<(String,)>) -> BTreeSet<String> {
    rows.into_iter().map(|(text,)| text).collect()
}
