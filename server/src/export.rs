//! `/export/…`: users, groups, roles, templates and what a job left undone, as files.
//!
//! A file is written whole, page by page, into a file without a name in the data folder, and then sent: so one
//! transaction covers all of it, a slow reader keeps no connection of the database, what fails is said by the status,
//! and nothing is left behind by whoever goes away.

mod ask;
mod groups;
mod roles;
mod sheet;
mod spool;
mod template;
mod undone;
mod users;

use crate::router::Site;
use axum::Router;
use axum::routing::get;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Files that are written at once. Each reads the database with a connection of its own.
const AT_ONCE: usize = 3;

/// Where exports are written, and how many at once.
#[derive(Debug, Clone)]
pub struct Exports {
    folder: Arc<PathBuf>,
    turns: Arc<Semaphore>,
}

impl Exports {
    /// Exports are written into this folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: Arc::new(folder.to_owned()), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

/// The routes.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/export/users", get(users::users))
        .route("/export/groups", get(groups::groups))
        .route("/export/roles", get(roles::roles))
        .route("/export/template", get(template::template))
        .route("/export/jobs/{id}/rest", get(undone::undone))
}
