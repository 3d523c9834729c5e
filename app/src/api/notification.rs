//! What the bell keeps for a person.

use crate::api::json::Json;
use crate::error::AppError;
use identity::id::EventId;
use job::Notification;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How many notifications the bell shows.
pub const SHOWN: u32 = 50;

/// The newest notifications of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NotificationList {
    /// Newest first, at most [`SHOWN`].
    pub items: Vec<Notification>,
}

/// The newest notifications of the person who asks.
#[server(input = Json, output = Json)]
pub async fn list_notifications() -> Result<NotificationList, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    Ok(NotificationList { items: actor.store.list_notifications(actor.user_id(), SHOWN).await? })
}

/// Marks all notifications of the person who asks, up to this one, as seen.
#[server(input = Json, output = Json)]
pub async fn mark_notifications_seen(up_to: EventId) -> Result<(), AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::UsersRead).await?;
    Ok(actor.store.mark_seen(actor.user_id(), up_to).await?)
}
