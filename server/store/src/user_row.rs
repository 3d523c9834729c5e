//! How a user lies in its table, and reading many at once.

use crate::StoreError;
use crate::groups::groups_of;
use crate::sql::{Input, Sql, sql};
use crate::users::ListedUser;
use crate::work::Work;
use identity::assignment::{Assignment, Scope};
use identity::external_id::ExternalId;
use identity::group::GroupName;
use identity::id::{DirectoryId, UserId};
use identity::matching::fold;
use identity::role::RoleCode;
use identity::user::{Link, User, UserFields};
use identity::username::UsernameKey;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The columns of [`UserRow`].
macro_rules! columns {
    () => {
        "users.user_id, users.version, users.username, users.email, users.first_name, users.last_name, \
         users.display_name, users.phone, users.department, users.job_title, users.locale, users.time_zone, \
         users.enabled, users.custom, users.directory_id, users.external_id, users.dn, users.updated_at"
    };
}

/// Begins every statement that reads users in an order.
pub(crate) const SELECT: &str = concat!("SELECT ", columns!(), " FROM users");
/// Begins every statement that reads many users in no order.
const PACK: &str = concat!("SELECT {pack}", columns!(), "{packed} FROM users");

/// A row of `users`. Packed, it is a list of its values in this order.
#[derive(Debug, sqlx::FromRow, serde::Deserialize)]
pub(crate) struct UserRow {
    user_id: i64,
    version: i64,
    username: String,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    display_name: Option<String>,
    phone: Option<String>,
    department: Option<String>,
    job_title: Option<String>,
    locale: Option<String>,
    time_zone: Option<String>,
    enabled: i64,
    custom: Option<String>,
    directory_id: Option<i64>,
    external_id: Option<String>,
    dn: Option<String>,
    updated_at: i64,
}

impl UserRow {
    fn with(self, roles: BTreeSet<Assignment>, groups: BTreeSet<GroupName>) -> Result<ListedUser, StoreError> {
        let UserRow {
            user_id,
            version,
            username,
            email,
            first_name,
            last_name,
            display_name,
            phone,
            department,
            job_title,
            locale,
            time_zone,
            enabled,
            custom,
            directory_id,
            external_id,
            dn,
            updated_at,
        } = self;
        const CORRUPT: StoreError = StoreError::Corrupt { what: "user" };
        let custom = match custom {
            None => BTreeMap::new(),
            Some(json) => serde_json::from_str(&json).map_err(|_| CORRUPT)?,
        };
        let link = match (directory_id, external_id, dn) {
            (Some(directory_id), Some(external_id), Some(dn)) => Some(Link {
                directory_id: DirectoryId(directory_id),
                external_id: ExternalId::from_text(&external_id).ok_or(CORRUPT)?,
                dn,
            }),
            _ => None,
        };
        let fields = UserFields {
            username,
            email,
            first_name,
            last_name,
            display_name,
            phone,
            department,
            job_title,
            locale,
            time_zone,
            enabled: enabled != 0,
            custom,
        };
        Ok(ListedUser { user: User { user_id: UserId(user_id), version, fields, link, roles, groups }, updated_at })
    }
}

/// Reads users with their roles and groups: three statements, whatever their number. In the order of the first.
pub(crate) async fn fetch(work: &mut Work, statement: Sql<'_>) -> Result<Vec<ListedUser>, StoreError> {
    let rows = work.all(statement).await?;
    with_assignments(work, rows).await
}

async fn with_assignments(work: &mut Work, rows: Vec<UserRow>) -> Result<Vec<ListedUser>, StoreError> {
    let user_ids: Vec<i64> = rows.iter().map(|row| row.user_id).collect();
    let mut roles = roles_of(work, &user_ids).await?;
    let mut groups = groups_of(work, &user_ids).await?;
    rows.into_iter()
        .map(|row| {
            let roles = roles.remove(&row.user_id).unwrap_or_default();
            let groups = groups.remove(&row.user_id).unwrap_or_default();
            row.with(roles, groups)
        })
        .collect()
}

/// The user of a number.
pub(crate) async fn find(work: &mut Work, user_id: UserId) -> Result<Option<ListedUser>, StoreError> {
    let mut statement = sql(SELECT);
    statement.push(" WHERE users.user_id = ");
    statement.push_bind(user_id.0);
    Ok(fetch(work, statement).await?.pop())
}

/// Users with one of these numbers.
pub(crate) async fn with_ids(
    work: &mut Work,
    user_ids: impl Iterator<Item = i64>,
) -> Result<Vec<ListedUser>, StoreError> {
    let input = Input::default().ints("user_id", user_ids);
    if input.rows() == 0 {
        return Ok(vec![]);
    }
    let mut statement = sql(PACK);
    statement.push(" WHERE users.user_id IN (SELECT user_id FROM {input})");
    let rows = work.pack(statement.input(input)).await?;
    with_assignments(work, rows).await
}

/// Users whose numbers are among these.
pub(crate) async fn with_numbers(work: &mut Work, numbers: Range<i64>) -> Result<Vec<ListedUser>, StoreError> {
    let mut statement = sql(PACK);
    statement.push(" WHERE users.user_id >= ");
    statement.push_bind(numbers.start);
    statement.push(" AND users.user_id < ");
    statement.push_bind(numbers.end);
    let rows = work.pack(statement).await?;
    with_assignments(work, rows).await
}

/// Users linked to one of these entries of a directory.
pub(crate) async fn with_entries<'a>(
    work: &mut Work,
    directory_id: DirectoryId,
    external_ids: impl Iterator<Item = &'a ExternalId>,
) -> Result<Vec<ListedUser>, StoreError> {
    let input = Input::default().texts("external_id", external_ids.map(ExternalId::as_str));
    if input.rows() == 0 {
        return Ok(vec![]);
    }
    let mut statement = sql(PACK);
    statement.push(" WHERE users.directory_id = ");
    statement.push_bind(directory_id.0);
    statement.push(" AND users.external_id IN (SELECT external_id FROM {input})");
    let rows = work.pack(statement.input(input)).await?;
    with_assignments(work, rows).await
}

/// The numbers of users with one of these usernames.
pub(crate) async fn ids_with_names(
    work: &mut Work,
    keys: impl Iterator<Item = UsernameKey>,
) -> Result<Vec<i64>, StoreError> {
    let input = Input::default().texts("username_key", keys.map(|key| key.as_str().to_owned()));
    ids(work, sql("SELECT user_id FROM users WHERE username_key IN (SELECT username_key FROM {input})"), input).await
}

/// The numbers of users linked to one of these entries of a directory.
pub(crate) async fn ids_with_entries<'a>(
    work: &mut Work,
    directory_id: DirectoryId,
    external_ids: impl Iterator<Item = &'a ExternalId>,
) -> Result<Vec<i64>, StoreError> {
    let input = Input::default().texts("external_id", external_ids.map(ExternalId::as_str));
    let statement =
        sql("SELECT user_id FROM users WHERE directory_id = $1 AND external_id IN (SELECT external_id FROM {input})");
    ids(work, statement.bind(directory_id.0), input).await
}

/// The numbers of users with one of these e-mail addresses, at most two for each: enough to know that there is another
/// one, also when everyone shares an address.
pub(crate) async fn ids_with_emails(
    work: &mut Work,
    keys: impl Iterator<Item = String>,
) -> Result<Vec<i64>, StoreError> {
    let input = Input::default().texts("email_key", keys);
    let statement = sql("SELECT user_id FROM (\
           SELECT user_id, row_number() OVER (PARTITION BY email_key ORDER BY user_id) AS place FROM users \
           WHERE email_key IN (SELECT email_key FROM {input})) AS sharers WHERE place <= 2");
    ids(work, statement, input).await
}

async fn ids(work: &mut Work, statement: Sql<'_>, input: Input<'_>) -> Result<Vec<i64>, StoreError> {
    if input.rows() == 0 {
        return Ok(vec![]);
    }
    let found: Vec<(i64,)> = work.all(statement.input(input)).await?;
    Ok(found.into_iter().map(|(user_id,)| user_id).collect())
}

async fn roles_of(work: &mut Work, user_ids: &[i64]) -> Result<BTreeMap<i64, BTreeSet<Assignment>>, StoreError> {
    let mut roles: BTreeMap<i64, BTreeSet<Assignment>> = BTreeMap::new();
    let Some(statement) = of_users("SELECT user_id, role_code, scope FROM user_roles WHERE user_id", user_ids) else {
        return Ok(roles);
    };
    for (user_id, code, scope) in work.all::<(i64, String, String)>(statement).await? {
        roles.entry(user_id).or_default().insert(assignment(&code, &scope)?);
    }
    Ok(roles)
}

/// A statement that ends in the number of a user, for these users; `None` for nobody. Those of an import have numbers one
/// behind the other. Then everyone between the first and the last is read, who are at most a few more, and no database
/// has to look for one after the other.
pub(crate) fn of_users(text: &'static str, user_ids: &[i64]) -> Option<Sql<'static>> {
    let (first, last) = (*user_ids.iter().min()?, *user_ids.iter().max()?);
    let mut statement = sql(text);
    if last - first < SPREAD * user_ids.len() as i64 {
        statement.push(" BETWEEN ");
        statement.push_bind(first);
        statement.push(" AND ");
        statement.push_bind(last);
        return Some(statement);
    }
    statement.push(" IN (SELECT user_id FROM {input})");
    Some(statement.input(Input::default().ints("user_id", user_ids.iter().copied())))
}

/// How far apart numbers are, on average, that still stand one behind the other.
const SPREAD: i64 = 2;

/// A role's code as it was stored.
pub(crate) fn role_code(code: &str) -> Result<RoleCode, StoreError> {
    RoleCode::parse(code).map_err(|_| StoreError::Corrupt { what: "role" })
}

/// An assignment as it was stored: the scope of one that holds everywhere is blank.
fn assignment(code: &str, scope: &str) -> Result<Assignment, StoreError> {
    let role = role_code(code)?;
    if scope.is_empty() {
        return Ok(role.into());
    }
    let scope = Scope::parse(scope).map_err(|_| StoreError::Corrupt { what: "scope of a role" })?;
    Ok(Assignment { role, scope: Some(scope) })
}

/// What a user is looked up, searched and sorted by.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) username: String,
    pub(crate) search: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) department: String,
}

impl Keys {
    pub(crate) fn of(fields: &UserFields) -> Self {
        let name = fields.shown_name();
        let mut search = fold(&fields.username);
        let full = [fields.first_name.as_deref(), fields.last_name.as_deref()].map(Option::unwrap_or_default).join(" ");
        let parts = [fields.display_name.as_deref(), Some(full.as_str()), fields.email.as_deref()];
        for part in parts.into_iter().flatten().map(fold).filter(|part| !part.is_empty()) {
            search.push('\n');
            search.push_str(&part);
        }
        Self {
            username: UsernameKey::of(&fields.username).as_str().to_owned(),
            search,
            name: sort_key(&name),
            email: email_key(fields.email.as_deref().unwrap_or_default()),
            department: sort_key(fields.department.as_deref().unwrap_or_default()),
        }
    }
}

/// What e-mail addresses are compared by: the same as names, as the planner does.
pub(crate) fn email_key(email: &str) -> String {
    UsernameKey::of(email).as_str().to_owned()
}

/// Folded, and without accents: people look for Ångström under A.
pub(crate) fn sort_key(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() { folded } else { folded.nfd().filter(|c| !is_combining_mark(*c)).collect() }
}
