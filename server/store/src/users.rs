//! Users: list, find, history. Writing them by hand is in `editing.rs`.

use crate::history::ChangeRow;
use crate::sql::{Input, Sql, sql};
use crate::user_row::{self, SELECT};
use crate::{Page, Store, StoreError};
use identity::assignment::Assignment;
use identity::group::GroupName;
use identity::id::{DirectoryId, GroupId, JobId, UserId};
use identity::matching::fold;
use identity::role::RoleCode;
use identity::user::{Origin, User};
use identity::username::UsernameKey;
use plan::FieldChange;
use serde::{Deserialize, Serialize};

/// Which users to list, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UserQuery {
    /// Part of a username, name or e-mail address; blank for all. Matched without regard to case.
    pub text: String,
    /// Only of this origin.
    pub origin: Option<Origin>,
    /// Only those who may (or may not) sign in.
    pub enabled: Option<bool>,
    /// Only those who have this role.
    pub role: Option<RoleCode>,
    /// Only those who are in this group.
    pub group_id: Option<GroupId>,
    /// Only those of this directory.
    pub directory_id: Option<DirectoryId>,
    /// The order.
    pub sort: UserSort,
    /// From the end.
    pub descending: bool,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// What users are sorted by; equal ones by username.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the field of the same name")]
pub enum UserSort {
    #[default]
    Username,
    Name,
    Email,
    Department,
    UpdatedAt,
}

/// A user in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUser {
    /// The user.
    pub user: User,
    /// When it last changed.
    pub updated_at: i64,
}

/// One change of a user, as it is kept (R33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserChange {
    /// The version that it led to, or at which it happened.
    pub version: i64,
    /// 0 for what led to the version; counts up for what changed nothing of the user.
    pub step: i64,
    /// When.
    pub at: i64,
    /// Who: the username at that time.
    pub author: String,
    /// The job, if it was one.
    pub job_id: Option<JobId>,
    /// The fields, with old and new values.
    pub fields: Vec<FieldChange>,
    /// Roles that were given.
    pub added_roles: Vec<Assignment>,
    /// Roles that were taken away.
    pub removed_roles: Vec<Assignment>,
    /// Groups that were joined.
    pub added_groups: Vec<GroupName>,
    /// Groups that were left.
    pub removed_groups: Vec<GroupName>,
    /// The DN, when the link was made or the entry moved.
    pub dn: Option<String>,
    /// The DN, when the link was forgotten (the directory was removed): the user became internal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlinked_dn: Option<String>,
    /// Whether it is a one-time password that was given.
    pub password_given: bool,
    /// Whether it is a one-time link that was made, to choose a password with.
    #[serde(default)]
    pub password_link: bool,
}

/// The answer to a write by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// Done.
    Applied(UserId),
    /// The user changed since it was shown; nothing was written.
    Stale,
    /// Another user has this username; nothing was written.
    UsernameTaken,
    /// There is no such user.
    Gone,
    /// It would leave no enabled administrator; nothing was written.
    LastAdministrator,
    /// There is no such group; nothing was written.
    UnknownGroup,
}

/// How many users are few.
const FEW: u32 = 2000;

impl Store {
    /// A part of the list of users.
    pub async fn list_users(&self, query: &UserQuery) -> Result<Page<ListedUser>, StoreError> {
        // No stored text holds NUL, so nothing is found; a database would refuse the question.
        if query.text.contains('\0') {
            return Ok(Page { total: 0, items: vec![] });
        }
        let mut work = self.read("list users").await?;
        // Few matches are read by number and sorted. Otherwise the order's index is walked until enough match, which is
        // quick for many matches only.
        let mut matches = sql("SELECT user_id FROM users");
        filter(&mut matches, query);
        matches.push(" LIMIT ");
        matches.push_bind(FEW + 1);
        let matches: Vec<(i64,)> = work.all(matches).await?;
        let mut list = sql(SELECT);
        let total = if matches.len() > FEW as usize {
            let mut count = sql("SELECT count(*) FROM users");
            filter(&mut count, query);
            filter(&mut list, query);
            work.one::<(i64,)>(count).await?.0
        } else {
            list.push(" WHERE users.user_id IN (SELECT user_id FROM {input})");
            list = list.input(Input::default().ints("user_id", matches.iter().map(|(user_id,)| *user_id)));
            matches.len() as i64
        };
        list.push(order(query.sort, query.descending));
        list.push(" LIMIT ");
        list.push_bind(query.limit.clamp(1, 1000));
        list.push(" OFFSET ");
        list.push_bind(query.offset);
        let items = user_row::fetch(&mut work, list).await?;
        Ok(Page { total: count_u32(total), items })
    }

    /// A user by number.
    pub async fn find_user(&self, user_id: UserId) -> Result<Option<ListedUser>, StoreError> {
        user_row::find(&mut self.read("find a user").await?, user_id).await
    }

    /// A user by name, compared by [`identity::username::UsernameKey`].
    pub async fn find_user_by_name(&self, username: &str) -> Result<Option<ListedUser>, StoreError> {
        if username.contains('\0') {
            return Ok(None);
        }
        let mut work = self.read("find a user by name").await?;
        let key = UsernameKey::of(username);
        let found = user_row::ids_with_names(&mut work, std::iter::once(key)).await?;
        Ok(user_row::with_ids(&mut work, found.into_iter()).await?.pop())
    }

    /// The changes of a user, newest first; those before a version and step, when they are given.
    pub async fn user_history(
        &self,
        user_id: UserId,
        before: Option<(i64, i64)>,
        limit: u32,
    ) -> Result<Vec<UserChange>, StoreError> {
        let mut work = self.read("read a user's history").await?;
        let statement = sql("SELECT version, step, at, author, job_id, change FROM user_changes \
             WHERE user_id = $1 AND (version, step) < ($2, $3) ORDER BY version DESC, step DESC LIMIT $4");
        let (version, step) = before.unwrap_or((i64::MAX, i64::MAX));
        let statement = statement.bind(user_id.0).bind(version).bind(step).bind(limit.clamp(1, 1000));
        work.all::<ChangeRow>(statement).await?.into_iter().map(UserChange::try_from).collect()
    }
}

/// A count as lists have it.
pub(crate) fn count_u32(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(if count < 0 { 0 } else { u32::MAX })
}

/// Leaves out whom the query does not list.
pub(crate) fn filter<'a>(statement: &mut Sql<'a>, query: &'a UserQuery) {
    let UserQuery { text, origin, enabled, role, group_id, directory_id, sort: _, descending: _, offset: _, limit: _ } =
        query;
    statement.push(" WHERE true");
    let text = fold(text);
    if !text.is_empty() {
        statement.push(" AND {position}(users.search, ");
        statement.push_bind(text);
        statement.push(") > 0");
    }
    match origin {
        None => {}
        Some(Origin::Internal) => statement.push(" AND users.directory_id IS NULL"),
        Some(Origin::External) => statement.push(" AND users.directory_id IS NOT NULL"),
    }
    if let Some(enabled) = enabled {
        statement.push(" AND users.enabled = ");
        statement.push_bind(*enabled);
    }
    if let Some(role) = role {
        statement.push(" AND users.user_id IN (SELECT user_id FROM user_roles WHERE role_code = ");
        statement.push_bind(role.as_str());
        statement.push(")");
    }
    if let Some(group_id) = group_id {
        statement.push(" AND users.user_id IN (SELECT user_id FROM group_members WHERE group_id = ");
        statement.push_bind(group_id.0);
        statement.push(")");
    }
    if let Some(directory_id) = directory_id {
        statement.push(" AND users.directory_id = ");
        statement.push_bind(directory_id.0);
    }
}

/// The order is that of an index, so that the first rows are read and not sorted; usernames and numbers are unique and make
/// it total.
fn order(sort: UserSort, descending: bool) -> &'static str {
    match (sort, descending) {
        (UserSort::Username, false) => " ORDER BY users.username_key",
        (UserSort::Username, true) => " ORDER BY users.username_key DESC",
        (UserSort::Name, false) => " ORDER BY users.name_key, users.user_id",
        (UserSort::Name, true) => " ORDER BY users.name_key DESC, users.user_id DESC",
        (UserSort::Email, false) => " ORDER BY users.email_key, users.user_id",
        (UserSort::Email, true) => " ORDER BY users.email_key DESC, users.user_id DESC",
        (UserSort::Department, false) => " ORDER BY users.department_key, users.username_key",
        (UserSort::Department, true) => " ORDER BY users.department_key DESC, users.username_key DESC",
        (UserSort::UpdatedAt, false) => " ORDER BY users.updated_at, users.user_id",
        (UserSort::UpdatedAt, true) => " ORDER BY users.updated_at DESC, users.user_id DESC",
    }
}
