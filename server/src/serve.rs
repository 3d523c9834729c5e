//! `muster serve`: everything at work, until told to end.

use crate::admin::{self, FirstAdministrator};
use crate::config::Settings;
use crate::export::Exports;
use crate::mail::{self, Mailer};
use crate::router::{self, Site};
use crate::{listener, measures, shutdown};
use app::services::mail::Asked;
use app::services::{Services, now_ms, report};
use identity::directory::LONGEST_RUN;
use metrics_exporter_prometheus::PrometheusHandle;
use std::net::SocketAddr;
use std::time::Duration;
use store::Store;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use worker::Worker;

type Failure = Box<dyn std::error::Error>;

/// A plan that was begun and is not finished after so long never will be: no directory may be read for longer than
/// [`LONGEST_RUN`], and what was read by then is stored within the hour.
const UNFINISHED_AFTER_MS: i64 = (LONGEST_RUN as i64 + 60 * 60) * 1000;
/// How long the records of a file are kept, so that its plan can be made again.
const UPLOADS_KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// A server that cannot listen.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}")]
struct ListenError {
    address: SocketAddr,
    #[source]
    source: std::io::Error,
}

/// Serves until a signal.
pub async fn serve(mut settings: Settings, demo: Option<demo::Demo>) -> Result<(), Failure> {
    let shutdown = shutdown::on_signal()?;
    // The address first: a second start by mistake ends here, before it touches anything.
    let listener = listen(settings.listen).await?;
    // Port 0 is any that is free: what is printed is the one that it became.
    settings.listen = listener.local_addr()?;
    let metrics_listener = match settings.metrics_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let store = admin::open(&settings).await?;
    store.migrate().await?;
    for directory_id in store.sealed_directories().await? {
        tracing::warn!(
            directory = directory_id.0,
            "the stored password of a directory was encrypted with another key: put the secret key back, or enter the \
             password again"
        );
    }
    if let Some(demo) = &demo {
        crate::demo_mode::keep_configured(&store, demo).await?;
    }
    let counts = measures::start()?;
    let services = Services::new(store.clone(), demo.as_ref().map(demo::Demo::switches));
    let mut services = services.with_public_url(settings.public_url.as_ref().map(|_| settings.public_origin()));
    let mut tasks = JoinSet::new();
    if let Some(mail) = &settings.mail {
        let mailer = Mailer::new(mail)?;
        let (asked, requests) = Asked::queue();
        services = services.with_mail(asked);
        tasks.spawn(mail::answer(mailer, services.clone(), requests, shutdown.clone()));
    }
    let standstill = services.standstill.clone();
    let site = Site {
        services,
        shutdown: shutdown.clone(),
        counts: counts.clone(),
        options: router::leptos_options(),
        exports: Exports::new(&settings.data_dir),
    };
    let router = router::router(site, &settings)?;
    for number in 1..=settings.workers {
        let name = format!("{}-{number}", std::process::id());
        let worker = Worker::new(store.clone(), name).with_standstill(standstill.clone());
        tasks.spawn(work(worker, shutdown.clone()));
    }
    tasks.spawn(keep_house(store.clone(), counts.clone(), shutdown.clone()));
    if let Some(listener) = metrics_listener {
        let told = shutdown.clone();
        tasks.spawn(listener::serve(listener, measures::router(counts), listener::HEADERS, told));
    }
    let first = admin::first(&settings, &store).await?;
    welcome(&settings, &first, demo.as_ref());
    tracing::info!(listen = %settings.listen, "serving");

    let told = shutdown.clone();
    let all = async {
        listener::serve(listener, router, listener::HEADERS, told).await;
        while tasks.join_next().await.is_some() {}
    };
    tokio::select! {
        () = all => {}
        () = out_of_patience(&shutdown) => tracing::warn!("requests in hand were cut off"),
    }
    tracing::info!("ended");
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ListenError> {
    TcpListener::bind(address).await.map_err(|source| ListenError { address, source })
}

async fn out_of_patience(shutdown: &CancellationToken) {
    shutdown.cancelled().await;
    tokio::time::sleep(shutdown::PATIENCE).await;
}

/// Runs a worker. One that panicked is a fault of the program, and the next page may be another: it goes on.
async fn work(worker: Worker, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        let (worker, told) = (worker.clone(), shutdown.clone());
        let run = tokio::spawn(async move { worker.run(&told).await });
        if run.await.is_err() {
            // Its place stands in a line before this; its words may quote whoever was being written.
            tracing::error!("a worker ended by a fault and begins again");
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(5)) => {}
                () = shutdown.cancelled() => {}
            }
        }
    }
}

/// Removes what nobody will ask for again, and keeps the numbers small.
async fn keep_house(store: Store, counts: PrometheusHandle, shutdown: CancellationToken) {
    let mut every_five_seconds = tokio::time::interval(Duration::from_secs(5));
    let mut every_ten_minutes = tokio::time::interval(Duration::from_secs(10 * 60));
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = every_five_seconds.tick() => counts.run_upkeep(),
            _ = every_ten_minutes.tick() => {
                let sessions = store.delete_expired_sessions(now_ms()).await;
                let plans = store.delete_unfinished_plans(now_ms() - UNFINISHED_AFTER_MS).await;
                let uploads = store.delete_old_uploads(now_ms() - UPLOADS_KEPT_MS).await;
                let links = store.delete_expired_password_links(now_ms()).await;
                let errors = [sessions.err(), plans.err(), uploads.err(), links.err()];
                for error in errors.into_iter().flatten() {
                    tracing::warn!(error = report::chain(&error), "what has ended was not removed");
                }
            }
        }
    }
}

/// Tells the person at the terminal. The only place that a one-time password is shown; it is in no log.
fn welcome(settings: &Settings, first: &FirstAdministrator, demo: Option<&demo::Demo>) {
    let name = &settings.admin_username;
    println!();
    println!("  Muster is ready: {}", settings.public_origin());
    match first {
        FirstAdministrator::OneTimePassword(password) => {
            println!("  Sign in as {name} with the one-time password {password}");
        }
        FirstAdministrator::FromSettings => println!("  Sign in as {name} with the password of the settings"),
        FirstAdministrator::Exists if demo.is_some() => {
            let data = settings.data_dir.display();
            println!("  Sign in as before. Password lost? MUSTER_DATA_DIR={data} {} admin reset-password", program());
        }
        FirstAdministrator::Exists => {}
    }
    if let Some(demo) = demo {
        println!("  The demo directory is at {}, and already set up under Directories", demo.url());
    }
    println!();
}

/// The program as it can be called again: the folder of a build is on nobody's PATH.
fn program() -> String {
    std::env::current_exe().map_or_else(|_| "muster".to_owned(), |path| path.display().to_string())
}
