//! From the store's values to those that browsers see.

use super::{FileFormat, ProfileContent, ProfileView, rules};
use crate::error::{AppError, What};
use crate::services::Actor;
use identity::id::ProfileId;
use store::StoreError;
use store::profiles::{ProfileFields, ProfileWritten, StoredProfile};

/// A profile, and what the person may do with it.
pub(super) fn view(actor: &Actor, profile: StoredProfile) -> Result<ProfileView, AppError> {
    let StoredProfile { profile_id, version, fields, owner_id, owner, updated_at } = profile;
    let ProfileFields { name, sharing, content } = fields;
    let store::profiles::ProfileContent { kind, format, headers, settings } = content;
    let corrupt = || StoreError::Corrupt { what: "profile" };
    let format = [FileFormat::Csv, FileFormat::Xlsx].into_iter().find(|known| rules::format_code(*known) == format);
    let settings = serde_json::from_str(&settings).map_err(|_| corrupt())?;
    let person = rules::person(actor);
    Ok(ProfileView {
        profile_id,
        version,
        name,
        sharing,
        content: ProfileContent { kind, format: format.ok_or_else(corrupt)?, headers, settings },
        owner,
        is_own: owner_id == actor.user_id(),
        may_edit: person.may_edit(owner_id, sharing),
        may_remove: person.owns(owner_id),
        updated_at,
    })
}

/// The profile as it is after a write.
pub(super) async fn answer(actor: &Actor, answer: ProfileWritten) -> Result<ProfileView, AppError> {
    let profile_id = written(answer)?;
    view(actor, rules::runnable(actor, profile_id).await?)
}

/// What the store answered, for a browser.
pub(super) fn written(answer: ProfileWritten) -> Result<ProfileId, AppError> {
    match answer {
        ProfileWritten::Applied(profile_id) => Ok(profile_id),
        ProfileWritten::Stale => Err(AppError::Stale),
        ProfileWritten::NameTaken => Err(AppError::invalid("profile_name", "taken", "this name is taken")),
        ProfileWritten::Full => Err(AppError::invalid("", "too_many_profiles", "there are too many profiles")),
        ProfileWritten::Gone => Err(AppError::not_found(What::Profile)),
    }
}
