//! The site for the browser: in the binary, compressed, with an ETag for every file.

use crate::config::Settings;
use axum::Router;
use memory_serve::CacheControl;
use tower_http::services::ServeDir;

/// What the binary holds.
fn embedded() -> memory_serve::MemoryServe {
    // Names do not change with the content: browsers ask each time, and mostly hear that nothing changed.
    memory_serve::load!().index_file(None).cache_control(CacheControl::NoCache)
}

/// Whether the site was built before the binary was.
pub fn are_embedded() -> bool {
    embedded().manifest().get(PROGRAM).is_some()
}

/// The program for the browser.
const PROGRAM: &str = "/pkg/muster.wasm";

/// Routes for all files of the site.
pub fn routes<S: Clone + Send + Sync + 'static>(settings: &Settings) -> Router<S> {
    match &settings.assets_dir {
        Some(folder) => Router::new()
            .nest_service("/pkg", ServeDir::new(folder.join("pkg")))
            .route_service("/favicon.svg", ServeDir::new(folder))
            .route_service("/file-worker.js", ServeDir::new(folder)),
        None => {
            if !are_embedded() {
                tracing::warn!("this binary was built without the site: pages have no style and no program");
            }
            embedded().into_router()
        }
    }
}
