//! Writing users: many at once, with their roles, their groups and their history. By hand and by a job, it is the same way.

use crate::StoreError;
use crate::history::Note;
use crate::sql::{Input, Sql, sql};
use crate::user_row::Keys;
use crate::work::Work;
use identity::assignment::{Assignment, Scope};
use identity::group::GroupName;
use identity::id::{JobId, UserId};
use identity::user::User;

/// A user as it shall be, and what is kept of the change. Whoever makes one has checked the version and that name and
/// entry are free, in this transaction and in its turn.
#[derive(Debug)]
pub(crate) struct Revision {
    /// Afterwards, with the version that it leads to. The number of a new user does not count.
    pub(crate) user: User,
    /// Whether there is no such user yet.
    pub(crate) is_new: bool,
    /// For the history.
    pub(crate) note: Note,
    /// What is stored of the note.
    change: String,
    keys: Keys,
}

impl Revision {
    /// Makes one, with everything that is written of it.
    pub(crate) fn new(user: User, is_new: bool, note: Note) -> Self {
        Self { change: note.json(), keys: Keys::of(&user.fields), user, is_new, note }
    }
}

/// Who changes users, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By<'a> {
    pub(crate) author_id: UserId,
    pub(crate) author: &'a str,
    pub(crate) job_id: Option<JobId>,
    pub(crate) now: i64,
}

impl By<'_> {
    /// What is written beside roles and memberships.
    fn provenance(&self) -> &'static str {
        if self.job_id.is_some() { "import" } else { "manual" }
    }
}

/// The columns that a new user and a changed one have in common.
macro_rules! columns {
    () => {
        "username, username_key, email, first_name, last_name, display_name, phone, department, job_title, locale, \
         time_zone, enabled, custom, search, name_key, email_key, department_key, directory_id, external_id, dn, version"
    };
}

const INSERT: &str = concat!(
    "{insert} users (user_id, created_at, updated_at, ",
    columns!(),
    ") {overriding} SELECT user_id, $1, $1, ",
    columns!(),
    " FROM {input}"
);

const UPDATE: &str = concat!(
    "{update} users SET updated_at = $1, (",
    columns!(),
    ") = (input.username, input.username_key, input.email, input.first_name, input.last_name, input.display_name, \
     input.phone, input.department, input.job_title, input.locale, input.time_zone, input.enabled, input.custom, \
     input.search, input.name_key, input.email_key, input.department_key, input.directory_id, input.external_id, \
     input.dn, input.version) \
     FROM {input} WHERE users.user_id = input.user_id AND users.version = input.version - 1"
);

/// Writes users, their roles, their groups and their history; the numbers of the users, in the order of the revisions.
pub(crate) async fn write(work: &mut Work, revisions: &[Revision], by: By<'_>) -> Result<Vec<UserId>, StoreError> {
    let (new, old): (Vec<_>, Vec<_>) = revisions.iter().partition(|revision| revision.is_new);
    // Renames first: they may leave names that new users get.
    if !old.is_empty() {
        let input = rows(&old).ints("user_id", old.iter().map(|revision| revision.user.user_id.0));
        expect_rows(work.run(sql(UPDATE).bind(by.now).input(input)).await?, old.len())?;
    }
    let mut user_ids: Vec<UserId> = revisions.iter().map(|revision| revision.user.user_id).collect();
    if !new.is_empty() {
        // Known before, so that nothing has to be read of what is written.
        let mut numbers = work.reserve_users(new.len()).await?;
        for (user_id, _) in user_ids.iter_mut().zip(revisions).filter(|(_, revision)| revision.is_new) {
            *user_id = UserId(numbers.next().ok_or(StoreError::Corrupt { what: "number of a new user" })?);
        }
        let numbers = user_ids.iter().zip(revisions).filter(|(_, revision)| revision.is_new);
        let input = rows(&new).ints("user_id", numbers.map(|(user_id, _)| user_id.0));
        expect_rows(work.run(sql(INSERT).bind(by.now).input(input)).await?, new.len())?;
    }
    write_roles(work, revisions, &user_ids, by).await?;
    write_groups(work, revisions, &user_ids, by).await?;
    write_history(work, revisions, &user_ids, by).await?;
    Ok(user_ids)
}

const VERSION: &str = "version of a user";

/// A write that misses a row would be half a write. Whoever did not look at versions before, in the same transaction,
/// asks [`is_outdated`].
fn expect_rows(written: u64, expected: usize) -> Result<(), StoreError> {
    if written == expected as u64 { Ok(()) } else { Err(StoreError::Corrupt { what: VERSION }) }
}

/// Whether a write failed because a user has another version by now, or somebody else the name or the entry.
pub(crate) fn is_outdated(error: &StoreError) -> bool {
    match error {
        StoreError::Corrupt { what } => *what == VERSION,
        StoreError::Query { source: sqlx::Error::Database(error), .. } => error.is_unique_violation(),
        _ => false,
    }
}

fn rows<'a>(revisions: &[&'a Revision]) -> Input<'a> {
    let keys = || revisions.iter().map(|revision| &revision.keys);
    let fields = || revisions.iter().map(|revision| &revision.user.fields);
    let link = || revisions.iter().map(|revision| revision.user.link.as_ref());
    let custom = |custom: &std::collections::BTreeMap<String, Vec<String>>| {
        (!custom.is_empty()).then(|| serde_json::to_string(custom).expect("names and lists of texts"))
    };
    Input::default()
        .texts("username", fields().map(|fields| fields.username.as_str()))
        .texts("email", fields().map(|fields| fields.email.as_deref()))
        .texts("first_name", fields().map(|fields| fields.first_name.as_deref()))
        .texts("last_name", fields().map(|fields| fields.last_name.as_deref()))
        .texts("display_name", fields().map(|fields| fields.display_name.as_deref()))
        .texts("phone", fields().map(|fields| fields.phone.as_deref()))
        .texts("department", fields().map(|fields| fields.department.as_deref()))
        .texts("job_title", fields().map(|fields| fields.job_title.as_deref()))
        .texts("locale", fields().map(|fields| fields.locale.as_deref()))
        .texts("time_zone", fields().map(|fields| fields.time_zone.as_deref()))
        .ints("enabled", fields().map(|fields| i64::from(fields.enabled)))
        .texts("custom", fields().map(|fields| custom(&fields.custom)))
        .ints("directory_id", link().map(|link| link.map(|link| link.directory_id.0)))
        .texts("external_id", link().map(|link| link.map(|link| link.external_id.as_str())))
        // What a directory wrote, which may be anything.
        .texts("dn", link().map(|link| link.map(|link| link.dn.replace('\0', "\u{fffd}"))))
        .ints("version", revisions.iter().map(|revision| revision.user.version))
        .texts("username_key", keys().map(|keys| &keys.username))
        .texts("search", keys().map(|keys| &keys.search))
        .texts("name_key", keys().map(|keys| &keys.name))
        .texts("email_key", keys().map(|keys| &keys.email))
        .texts("department_key", keys().map(|keys| &keys.department))
}

async fn write_roles(
    work: &mut Work,
    revisions: &[Revision],
    user_ids: &[UserId],
    by: By<'_>,
) -> Result<(), StoreError> {
    let pairs = || revisions.iter().zip(user_ids).map(|(revision, user_id)| (&revision.note, user_id.0));
    let removed = || pairs().flat_map(|(note, user_id)| note.removed_roles.iter().map(move |role| (user_id, role)));
    let added = || pairs().flat_map(|(note, user_id)| note.added_roles.iter().map(move |role| (user_id, role)));
    if removed().next().is_some() {
        let statement = sql("DELETE FROM user_roles \
             WHERE (user_id, role_code, scope) IN (SELECT user_id, role_code, scope FROM {input})");
        work.run(statement.input(assignments(removed))).await?;
    }
    if added().next().is_some() {
        // “WHERE true”: without it SQLite takes ON for the condition of a join.
        let statement: Sql<'_> =
            sql("INSERT INTO user_roles (user_id, role_code, scope, provenance, job_id, given_at) \
             SELECT user_id, role_code, scope, $1, $2, $3 FROM {input} \
             WHERE true ON CONFLICT (user_id, role_code, scope) DO NOTHING");
        let job_id = by.job_id.map(|job_id| job_id.0);
        work.run(statement.bind(by.provenance()).bind(job_id).bind(by.now).input(assignments(added))).await?;
    }
    Ok(())
}

/// Assignments as they lie in their table: the scope of one that holds everywhere is blank.
fn assignments<'a, I: Iterator<Item = (i64, &'a Assignment)>>(pairs: impl Fn() -> I) -> Input<'a> {
    Input::default()
        .ints("user_id", pairs().map(|(user_id, _)| user_id))
        .texts("role_code", pairs().map(|(_, given)| given.role.as_str()))
        .texts("scope", pairs().map(|(_, given)| given.scope.as_ref().map_or("", Scope::as_str)))
}

/// Groups are found by name: whoever makes a revision has looked whether they exist.
async fn write_groups(
    work: &mut Work,
    revisions: &[Revision],
    user_ids: &[UserId],
    by: By<'_>,
) -> Result<(), StoreError> {
    let pairs = |names: fn(&Note) -> &[GroupName]| {
        let pairs = revisions.iter().zip(user_ids);
        let pairs = pairs.flat_map(|(revision, user_id)| names(&revision.note).iter().map(|name| (user_id.0, name)));
        let (user_ids, keys): (Vec<_>, Vec<_>) =
            pairs.map(|(user_id, name)| (user_id, name.key().as_str().to_owned())).unzip();
        Input::default().ints("user_id", user_ids.into_iter()).texts("name_key", keys.into_iter())
    };
    let removed = pairs(|note| &note.removed_groups);
    if removed.rows() > 0 {
        let statement = sql("DELETE FROM group_members WHERE (user_id, group_id) IN \
             (SELECT input.user_id, groups.group_id FROM {input} JOIN groups ON groups.name_key = input.name_key)");
        work.run(statement.input(removed)).await?;
    }
    let added = pairs(|note| &note.added_groups);
    if added.rows() > 0 {
        let statement = sql("INSERT INTO group_members (user_id, group_id, provenance, job_id, given_at) \
             SELECT input.user_id, groups.group_id, $1, $2, $3 FROM {input} \
             JOIN groups ON groups.name_key = input.name_key WHERE true ON CONFLICT (user_id, group_id) DO NOTHING");
        let job_id = by.job_id.map(|job_id| job_id.0);
        work.run(statement.bind(by.provenance()).bind(job_id).bind(by.now).input(added)).await?;
    }
    Ok(())
}

async fn write_history(
    work: &mut Work,
    revisions: &[Revision],
    user_ids: &[UserId],
    by: By<'_>,
) -> Result<(), StoreError> {
    let input = Input::default()
        .ints("user_id", user_ids.iter().map(|user_id| user_id.0))
        .ints("version", revisions.iter().map(|revision| revision.user.version))
        .texts("change", revisions.iter().map(|revision| &revision.change));
    let statement = sql("{insert} user_changes (user_id, version, at, author_id, author, job_id, change) \
         SELECT user_id, version, $1, $2, $3, $4, change FROM {input}");
    let statement = statement.bind(by.now).bind(by.author_id.0).bind(by.author).bind(by.job_id.map(|job_id| job_id.0));
    work.run(statement.input(input)).await?;
    Ok(())
}
