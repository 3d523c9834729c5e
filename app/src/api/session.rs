//! Sign-in, sign-out, and who is signed in.

use crate::api::json::Json;
use crate::error::AppError;
use identity::{id::UserId, role::Permission};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who is signed in, and what they may do. Pages hide what is not allowed; the server checks it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The user.
    pub user_id: UserId,
    /// The username, as written.
    pub username: String,
    /// The name to show.
    pub name: String,
    /// The codes of what the user may do.
    pub permissions: BTreeSet<String>,
    /// The password must be replaced before anything else.
    pub must_change_password: bool,
    /// Whether a demo directory runs beside this server.
    pub demo: bool,
}

impl Me {
    /// Whether the user may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(permission.code())
    }
}

/// Who is signed in, if anybody is.
#[server(input = Json, output = Json)]
pub async fn who_am_i() -> Result<Option<Me>, AppError> {
    use crate::services::access;

    match access::known().await {
        Ok(actor) => Ok(Some(server::me(&actor))),
        Err(AppError::NotSignedIn) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Signs in with Muster's own password.
#[server(input = Json, output = Json)]
pub async fn sign_in(username: String, password: String) -> Result<Me, AppError> {
    use crate::services;

    let actor = services::sign_in(&username, password).await?;
    Ok(server::me(&actor))
}

/// Signs out.
#[server(input = Json, output = Json)]
pub async fn sign_out() -> Result<(), AppError> {
    crate::services::sign_out().await
}

/// Replaces one's own password. Every other session of the user ends.
#[server(input = Json, output = Json)]
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    crate::services::change_password(current, new).await
}

#[cfg(feature = "ssr")]
mod server {
    use super::Me;
    use crate::services::Actor;

    pub(super) fn me(actor: &Actor) -> Me {
        Me {
            user_id: actor.user_id(),
            username: actor.username().to_owned(),
            name: actor.name().to_owned(),
            permissions: actor.permissions().clone(),
            must_change_password: actor.must_change_password(),
            demo: actor.demo.is_some(),
        }
    }
}
