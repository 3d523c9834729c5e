//! What the rows of a file may name, and what their author may give.

use super::Actor;
use crate::error::AppError;
use identity::field::Field;
use plan::FilePolicy;
use std::collections::BTreeSet;

/// That of whoever asks: all roles and groups that exist, and the fields that each directory owns in its users.
pub async fn of(actor: &Actor) -> Result<FilePolicy, AppError> {
    let roles = actor.store.list_roles().await?;
    let may_grant = |permissions: &BTreeSet<String>| permissions.is_subset(actor.permissions());
    let directories = actor.store.list_directories().await?;
    Ok(FilePolicy {
        roles: roles.into_iter().map(|listed| (listed.role.code, may_grant(&listed.role.permissions))).collect(),
        groups: BTreeSet::new(),
        owned: directories
            .into_iter()
            .map(|directory| {
                let mapped = directory.settings.users.mapping.into_iter().map(|mapping| mapping.field);
                (directory.directory_id, mapped.chain([Field::Username]).collect())
            })
            .collect(),
    })
}
