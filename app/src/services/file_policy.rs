//! What the rows of a file may name, and whose users they may change.

use super::Actor;
use crate::error::AppError;
use identity::directory::DirectorySettings;
use identity::field::Field;
use plan::FilePolicy;
use std::collections::BTreeSet;
use store::directories::Directory;

/// All roles, all groups, and the fields that each directory owns in its users.
pub async fn of(actor: &Actor) -> Result<FilePolicy, AppError> {
    let owned = |Directory { directory_id, settings, .. }: Directory| (directory_id, owned_fields(&settings));
    Ok(FilePolicy {
        roles: actor.store.list_roles().await?.into_iter().map(|listed| listed.role.code).collect(),
        groups: actor.store.group_names().await?,
        owned: actor.store.list_directories().await?.into_iter().map(owned).collect(),
    })
}

/// The fields that a directory fills at every import: a change by anybody else would not last.
pub fn owned_fields(settings: &DirectorySettings) -> BTreeSet<Field> {
    let mapped = settings.users.mapping.iter().map(|mapping| mapping.field.clone());
    std::iter::once(Field::Username).chain(mapped).collect()
}
