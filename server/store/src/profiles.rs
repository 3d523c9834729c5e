//! Profiles of file imports: how files of one shape were imported, for the next one.

use crate::sql::{Sql, sql};
use crate::work::Work;
use crate::{Store, StoreError};
use identity::id::{ProfileId, UserId};
use identity::matching::fold;
use identity::profile::{Person, Sharing};
use plan::sheet::SheetKind;
use serde::{Deserialize, Serialize};

/// How many profiles there can be: browsers take all that concern them at once.
pub const MAX_PROFILES: u32 = 500;

/// What a person decides about a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileFields {
    /// What people call it. No two have the same, compared without regard to case.
    pub name: String,
    /// For whom it is.
    pub sharing: Sharing,
    /// What it says.
    pub content: ProfileContent,
}

/// What a profile says about files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileContent {
    /// What the rows are.
    pub kind: SheetKind,
    /// The format of the files, as the browser calls it.
    pub format: String,
    /// The names of the columns that it was made for.
    pub headers: Vec<String>,
    /// How such files are imported. JSON; the store does not look into it.
    pub settings: String,
}

/// A stored profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredProfile {
    /// Its number.
    pub profile_id: ProfileId,
    /// Counts up at every change.
    pub version: i64,
    /// What was decided.
    pub fields: ProfileFields,
    /// Whose it is.
    pub owner_id: UserId,
    /// The owner's username; `None` when there is no such user any more.
    pub owner: Option<String>,
    /// When it last changed.
    pub updated_at: i64,
}

/// The answer to a write of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileWritten {
    /// Done.
    Applied(ProfileId),
    /// The profile changed since it was shown; nothing was written.
    Stale,
    /// Another profile has this name; nothing was written.
    NameTaken,
    /// There are [`MAX_PROFILES`]; nothing was written.
    Full,
    /// There is no such profile.
    Gone,
}

impl Store {
    /// The profiles that a person may run, by name.
    pub async fn list_profiles(&self, person: Person) -> Result<Vec<StoredProfile>, StoreError> {
        let mut list = sql(SELECT);
        if !person.administers {
            list.push(" WHERE profiles.sharing <> 'private' OR profiles.owner_id = ");
            list.push_bind(person.user_id.0);
        }
        list.push(" ORDER BY profiles.name_key");
        fetch(&mut self.read("list profiles").await?, list).await
    }

    /// A profile by number.
    pub async fn find_profile(&self, profile_id: ProfileId) -> Result<Option<StoredProfile>, StoreError> {
        find(&mut self.read("find a profile").await?, profile_id).await
    }

    /// Makes a profile.
    pub async fn create_profile(
        &self,
        fields: &ProfileFields,
        owner: UserId,
        now: i64,
    ) -> Result<ProfileWritten, StoreError> {
        let mut work = self.write("create a profile").await?;
        work.take_turn().await?;
        if holder(&mut work, &fields.name).await?.is_some() {
            return Ok(ProfileWritten::NameTaken);
        }
        let (stored,) = work.one::<(i64,)>(sql("SELECT count(*) FROM profiles")).await?;
        if stored >= MAX_PROFILES.into() {
            return Ok(ProfileWritten::Full);
        }
        let ProfileFields { name, sharing, content } = fields;
        let ProfileContent { kind, format, headers, settings } = content;
        let statement = sql(
            "INSERT INTO profiles (version, name, name_key, kind, format, headers, settings, sharing, \
             owner_id, created_at, updated_at) VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $9) RETURNING profile_id",
        );
        let statement = statement.bind(name.as_str()).bind(fold(name)).bind(kind_code(*kind)).bind(format.as_str());
        let statement = statement.bind(list_text(headers)).bind(settings.as_str()).bind(sharing.code());
        let (profile_id,) = work.one::<(i64,)>(statement.bind(owner.0).bind(now)).await?;
        work.commit().await?;
        Ok(ProfileWritten::Applied(ProfileId(profile_id)))
    }

    /// Changes a profile: all of it as it shall be. Nothing differs: nothing is written, the version stays.
    pub async fn edit_profile(
        &self,
        profile_id: ProfileId,
        version: i64,
        fields: &ProfileFields,
        now: i64,
    ) -> Result<ProfileWritten, StoreError> {
        let mut work = self.write("edit a profile").await?;
        work.take_turn().await?;
        match find(&mut work, profile_id).await? {
            None => return Ok(ProfileWritten::Gone),
            Some(before) if before.version != version => return Ok(ProfileWritten::Stale),
            Some(before) if before.fields == *fields => return Ok(ProfileWritten::Applied(profile_id)),
            Some(_) => {}
        }
        if holder(&mut work, &fields.name).await?.is_some_and(|holder| holder != profile_id) {
            return Ok(ProfileWritten::NameTaken);
        }
        let ProfileFields { name, sharing, content } = fields;
        let ProfileContent { kind, format, headers, settings } = content;
        let statement = sql("UPDATE profiles SET version = version + 1, name = $2, name_key = $3, kind = $4, \
             format = $5, headers = $6, settings = $7, sharing = $8, updated_at = $9 WHERE profile_id = $1");
        let statement = statement.bind(profile_id.0).bind(name.as_str()).bind(fold(name)).bind(kind_code(*kind));
        let statement = statement.bind(format.as_str()).bind(list_text(headers)).bind(settings.as_str());
        work.run(statement.bind(sharing.code()).bind(now)).await?;
        work.commit().await?;
        Ok(ProfileWritten::Applied(profile_id))
    }

    /// Removes a profile. What was imported with it stays.
    pub async fn remove_profile(&self, profile_id: ProfileId, version: i64) -> Result<ProfileWritten, StoreError> {
        let mut work = self.write("remove a profile").await?;
        work.take_turn().await?;
        match find(&mut work, profile_id).await? {
            None => return Ok(ProfileWritten::Gone),
            Some(before) if before.version != version => return Ok(ProfileWritten::Stale),
            Some(_) => {}
        }
        work.run(sql("DELETE FROM profiles WHERE profile_id = $1").bind(profile_id.0)).await?;
        work.commit().await?;
        Ok(ProfileWritten::Applied(profile_id))
    }
}

/// Which profile has a name.
async fn holder(work: &mut Work, name: &str) -> Result<Option<ProfileId>, StoreError> {
    let statement = sql("SELECT profile_id FROM profiles WHERE name_key = $1").bind(fold(name));
    Ok(work.first::<(i64,)>(statement).await?.map(|(profile_id,)| ProfileId(profile_id)))
}

async fn find(work: &mut Work, profile_id: ProfileId) -> Result<Option<StoredProfile>, StoreError> {
    let mut statement = sql(SELECT);
    statement.push(" WHERE profiles.profile_id = ");
    statement.push_bind(profile_id.0);
    Ok(fetch(work, statement).await?.pop())
}

const SELECT: &str = "SELECT profiles.profile_id, profiles.version, profiles.name, profiles.sharing, profiles.kind, \
     profiles.format, profiles.headers, profiles.settings, profiles.owner_id, users.username AS owner, \
     profiles.updated_at FROM profiles LEFT JOIN users ON users.user_id = profiles.owner_id";

#[derive(Debug, sqlx::FromRow)]
struct ProfileRow {
    profile_id: i64,
    version: i64,
    name: String,
    sharing: String,
    kind: String,
    format: String,
    headers: String,
    settings: String,
    owner_id: i64,
    owner: Option<String>,
    updated_at: i64,
}

impl TryFrom<ProfileRow> for StoredProfile {
    type Error = StoreError;

    fn try_from(row: ProfileRow) -> Result<Self, StoreError> {
        let ProfileRow {
            profile_id,
            version,
            name,
            sharing,
            kind,
            format,
            headers,
            settings,
            owner_id,
            owner,
            updated_at,
        } = row;
        let corrupt = || StoreError::Corrupt { what: "profile" };
        let sharing = Sharing::parse(&sharing).ok_or_else(corrupt)?;
        let kind = SheetKind::ALL.into_iter().find(|known| kind_code(*known) == kind).ok_or_else(corrupt)?;
        let headers = serde_json::from_str(&headers).map_err(|_| corrupt())?;
        let content = ProfileContent { kind, format, headers, settings };
        Ok(Self {
            profile_id: ProfileId(profile_id),
            version,
            fields: ProfileFields { name, sharing, content },
            owner_id: UserId(owner_id),
            owner,
            updated_at,
        })
    }
}

async fn fetch(work: &mut Work, statement: Sql<'_>) -> Result<Vec<StoredProfile>, StoreError> {
    work.all::<ProfileRow>(statement).await?.into_iter().map(StoredProfile::try_from).collect()
}

fn kind_code(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::Users => "users",
        SheetKind::Groups => "groups",
        SheetKind::Roles => "roles",
    }
}

fn list_text(texts: &[String]) -> String {
    serde_json::Value::from(texts.to_vec()).to_string()
}
