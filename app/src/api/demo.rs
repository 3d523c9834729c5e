//! The failure switches of the demo directory.

use crate::api::json::Json;
use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The switches as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoView {
    /// The failure that is on; `none` when everything works.
    pub failure: String,
    /// All that can be switched on, `none` first.
    pub failures: Vec<String>,
}

/// The switches; not found when no demo directory runs in this process.
#[server(input = Json, output = Json)]
pub async fn fetch_demo() -> Result<DemoView, AppError> {
    use crate::error::What;
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Directories).await?;
    let switches = actor.demo.as_ref().ok_or(AppError::not_found(What::Page))?;
    Ok(DemoView {
        failure: switches.failure().code().to_owned(),
        failures: demo::Failure::ALL.into_iter().map(|failure| failure.code().to_owned()).collect(),
    })
}

/// Switches to a failure, and the one before off. Searches that run already keep the one that they began with.
#[server(input = Json, output = Json)]
pub async fn set_demo_failure(failure: String) -> Result<(), AppError> {
    use crate::error::What;
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Directories).await?;
    let switches = actor.demo.as_ref().ok_or(AppError::not_found(What::Page))?;
    let failure = demo::Failure::parse(&failure)
        .ok_or_else(|| AppError::invalid("failure", "unknown", "there is no such failure"))?;
    switches.set(failure);
    Ok(())
}
