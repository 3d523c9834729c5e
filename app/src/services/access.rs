//! Who asks, and whether they may.

use super::{Services, services, session};
use crate::error::AppError;
use identity::assignment::{Assignment, roles_of};
use identity::id::UserId;
use identity::role::{Permission, lacking};
use std::collections::BTreeSet;
use std::ops::Deref;
use store::access::Access;
use tower_sessions::Session;

/// A signed-in user and the services that it asked for. What it may do was read for this very request.
#[derive(Debug, Clone)]
pub struct Actor {
    services: Services,
    access: Access,
}

impl Actor {
    /// An actor, from what the store says of it.
    pub fn new(services: Services, access: Access) -> Self {
        Self { services, access }
    }

    /// Who.
    pub fn user_id(&self) -> UserId {
        self.access.user_id
    }

    /// The username, as written.
    pub fn username(&self) -> &str {
        &self.access.username
    }

    /// The name to show.
    pub fn name(&self) -> &str {
        &self.access.name
    }

    /// The codes of what the user may do.
    pub fn permissions(&self) -> &BTreeSet<String> {
        &self.access.permissions
    }

    /// Whether the password must be replaced before anything else.
    pub fn must_change_password(&self) -> bool {
        self.access.must_change_password
    }

    /// Whether the user may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.access.permissions.contains(permission.code())
    }

    /// The user may do this, or the error that says what is missing.
    pub fn require(&self, permission: Permission) -> Result<(), AppError> {
        if self.may(permission) { Ok(()) } else { Err(AppError::Forbidden { permission }) }
    }

    /// Nobody gives a permission that they do not have (R35): an error unless the actor has all that these roles give.
    /// A scope makes no difference: Muster does not know how much of a role it leaves.
    pub async fn may_grant<'a>(&self, given: impl IntoIterator<Item = &'a Assignment>) -> Result<(), AppError> {
        let roles = roles_of(given);
        if roles.is_empty() {
            return Ok(());
        }
        let given = self.store.permissions_of_roles(&roles).await?;
        self.may_give(&given)
    }

    /// An error unless the actor has all of these permissions, and so may give and take them.
    pub fn may_give<'a>(&self, permissions: impl IntoIterator<Item = &'a String>) -> Result<(), AppError> {
        let wanted: BTreeSet<&String> = permissions.into_iter().collect();
        let missing: Vec<String> = lacking(self.permissions(), wanted).cloned().collect();
        if missing.is_empty() { Ok(()) } else { Err(AppError::MayNotGrant { missing }) }
    }
}

impl Deref for Actor {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

/// The signed-in user, who may do this. The first line of every server function.
pub async fn authorized(permission: Permission) -> Result<Actor, AppError> {
    let actor = signed_in().await?;
    actor.require(permission)?;
    Ok(actor)
}

/// The signed-in user, for what everyone may do who is signed in.
pub async fn signed_in() -> Result<Actor, AppError> {
    signed_in_by(services()?, &session::current().await?).await
}

/// The signed-in user, even one whose password must be replaced first: for showing who is signed in, and for replacing it.
pub async fn known() -> Result<Actor, AppError> {
    known_by(services()?, &session::current().await?).await
}

/// The signed-in user of a session, for routes that are no server functions.
pub async fn signed_in_by(services: Services, session: &Session) -> Result<Actor, AppError> {
    let actor = known_by(services, session).await?;
    if actor.must_change_password() { Err(AppError::MustChangePassword) } else { Ok(actor) }
}

async fn known_by(services: Services, session: &Session) -> Result<Actor, AppError> {
    let user_id = session::user_id(session).await?.ok_or(AppError::NotSignedIn)?;
    // Gone or disabled: the session is worth nothing.
    let access = services.store.find_access(user_id).await?.ok_or(AppError::NotSignedIn)?;
    Ok(Actor { services, access })
}
