//! Which request goes where, and through what.

use crate::config::Settings;
use crate::export::Exports;
use crate::headers::OnlyHttps;
use crate::requests::TrustForwardedFor;
use crate::{assets, errors, events, export, headers, health, limits, measures, requests, session};
use app::App;
use app::services::Services;
use app::shell::shell;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use leptos::config::{Env, LeptosOptions};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio_util::sync::CancellationToken;
use tower_http::csrf::{ConfigError, CsrfLayer};

/// What requests are answered with.
#[derive(Debug, Clone, FromRef)]
pub struct Site {
    /// Store, passwords, demo switches.
    pub services: Services,
    /// Cancelled when the server shall end.
    pub shutdown: CancellationToken,
    /// The counted numbers.
    pub counts: PrometheusHandle,
    /// Names of the files that pages load.
    pub options: LeptosOptions,
    /// Where exports are written, and how many at once.
    pub exports: Exports,
}

/// Names of the files that pages load.
pub fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("muster").site_pkg_dir("pkg").env(Env::PROD).build()
}

/// Every route.
pub fn router(site: Site, settings: &Settings) -> Result<Router, ConfigError> {
    let services = site.services.clone();
    let context = move || {
        provide_context(services.clone());
        headers::allow_own_scripts();
    };
    let options = site.options.clone();
    let document = move || shell(options.clone());
    let pages = generate_route_list(App);
    // A browser's pages and calls: they have a session.
    let application = Router::new()
        .leptos_routes_with_context(&site, pages, context.clone(), document.clone())
        .route("/events", get(events::events))
        .merge(export::routes())
        .fallback(errors::fallback(context, document))
        .layer(from_fn(requests::true_status))
        .layer(from_fn(session::keep))
        .layer(session::layer(site.services.store.clone(), settings));
    let mut plain = Router::new().route("/healthz", get(health::alive)).route("/readyz", get(health::ready));
    if settings.metrics_listen.is_none() {
        plain = plain.route("/metrics", get(measures::for_this_machine));
    }
    let router = application
        .merge(plain)
        .merge(assets::routes(settings))
        // Axum's own limit is one for all, and smaller than a long selection.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(limits::limit))
        .layer(same_site_only(settings)?)
        .layer(from_fn_with_state(TrustForwardedFor(settings.trust_forwarded_for), requests::locate))
        .layer(from_fn(requests::observe))
        .layer(from_fn_with_state(OnlyHttps(settings.cookies_are_secure()), headers::protect));
    Ok(router.with_state(site))
}

/// Refuses what another site makes a browser send. Looking is allowed from everywhere: no GET changes anything.
fn same_site_only(settings: &Settings) -> Result<CsrfLayer, ConfigError> {
    let own = settings.public_url.is_some().then(|| settings.public_origin());
    own.iter()
        .chain(&settings.allowed_origins.0)
        .try_fold(CsrfLayer::new(), |layer, origin| layer.add_trusted_origin(origin))
}
