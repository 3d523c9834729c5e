//! Profiles of file imports: list, create, save, rename, duplicate, remove. Importing is needed for each; what else, a
//! profile's owner decides (see [`Sharing`]).

#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
mod views;

use crate::api::json::Json;
use crate::error::AppError;
use crate::file::messages::ReadAs;
use crate::file::objects::ObjectChoices;
use identity::id::ProfileId;
use identity::import::FileOptions;
use identity::profile::Sharing;
use leptos::prelude::*;
use plan::sheet::{SheetKind, SheetMapping};
use serde::{Deserialize, Serialize};

/// The bytes that a profile's content has at most, as JSON.
pub const MAX_CONTENT: usize = 128 << 10;

/// What kind of file a profile was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// Delimited text.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

/// What a profile says about files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileContent {
    /// What the rows are.
    pub kind: SheetKind,
    /// What kind of file it was made for.
    pub format: FileFormat,
    /// The names of the columns that it was made for: the mapping counts in these.
    pub headers: Vec<String>,
    /// How such files are imported.
    pub settings: ProfileSettings,
}

/// How a file is imported.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProfileSettings {
    /// Which column is which field.
    pub mapping: SheetMapping,
    /// What is decided beside it.
    #[serde(default)]
    pub options: FileOptions,
    /// What is decided about files of groups or roles, instead of both.
    #[serde(default)]
    pub objects: ObjectChoices,
    /// How the file is read.
    #[serde(default)]
    pub read_as: ReadAs,
}

/// A profile, and what the person who asks may do with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    /// Its number.
    pub profile_id: ProfileId,
    /// The version that is shown.
    pub version: i64,
    /// What people call it.
    pub name: String,
    /// For whom it is.
    pub sharing: Sharing,
    /// What it says.
    pub content: ProfileContent,
    /// The owner's username; `None` when there is no such user any more.
    pub owner: Option<String>,
    /// Whether that is the person who asks.
    pub is_own: bool,
    /// Whether the person may change what it says.
    pub may_edit: bool,
    /// Whether the person may remove and share it.
    pub may_remove: bool,
    /// When it last changed, in milliseconds since 1970 UTC.
    pub updated_at: i64,
}

/// What a person wrote into the form of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileForm {
    /// What people will call it.
    pub name: String,
    /// For whom it will be.
    pub sharing: Sharing,
}

/// The profiles that one may import with, by name.
#[server(input = Json, output = Json)]
pub async fn list_profiles() -> Result<Vec<ProfileView>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    let profiles = actor.store.list_profiles(rules::person(&actor)).await?;
    profiles.into_iter().map(|profile| views::view(&actor, profile)).collect()
}

/// Makes a profile of one's own.
#[server(input = Json, output = Json)]
pub async fn create_profile(form: ProfileForm, content: ProfileContent) -> Result<ProfileView, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    let fields = rules::accept(&actor, form, content).await?;
    let written = actor.store.create_profile(&fields, actor.user_id(), actor.now()).await?;
    views::answer(&actor, written).await
}

/// Writes what a profile says about files, as it was at a version.
#[server(input = Json, output = Json)]
pub async fn save_profile(
    profile_id: ProfileId,
    version: i64,
    content: ProfileContent,
) -> Result<ProfileView, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    let stored = rules::editable(&actor, profile_id).await?;
    let form = ProfileForm { name: stored.fields.name, sharing: stored.fields.sharing };
    let fields = rules::accept(&actor, form, content).await?;
    let written = actor.store.edit_profile(profile_id, version, &fields, actor.now()).await?;
    views::answer(&actor, written).await
}

/// Writes a profile's name and for whom it is, as it was at a version.
#[server(input = Json, output = Json)]
pub async fn rename_profile(profile_id: ProfileId, version: i64, form: ProfileForm) -> Result<ProfileView, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    let mut fields = rules::editable(&actor, profile_id).await?.fields;
    if form.sharing != fields.sharing {
        rules::removable(&actor, profile_id).await?;
    }
    fields.name = rules::name(&form.name)?;
    fields.sharing = form.sharing;
    let written = actor.store.edit_profile(profile_id, version, &fields, actor.now()).await?;
    views::answer(&actor, written).await
}

/// Makes a profile of one's own, for nobody else, that says what another one says.
#[server(input = Json, output = Json)]
pub async fn duplicate_profile(profile_id: ProfileId, name: String) -> Result<ProfileView, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    let mut fields = rules::runnable(&actor, profile_id).await?.fields;
    fields.name = rules::name(&name)?;
    fields.sharing = Sharing::Private;
    let written = actor.store.create_profile(&fields, actor.user_id(), actor.now()).await?;
    views::answer(&actor, written).await
}

/// Removes a profile as it was at a version. What was imported with it stays.
#[server(input = Json, output = Json)]
pub async fn remove_profile(profile_id: ProfileId, version: i64) -> Result<(), AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    rules::removable(&actor, profile_id).await?;
    views::written(actor.store.remove_profile(profile_id, version).await?).map(drop)
}
