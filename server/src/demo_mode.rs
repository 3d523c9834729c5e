//! `muster demo`: the demo directory in the same process, and configured.

use crate::admin;
use crate::config::Settings;
use app::services::now_ms;
use identity::directory::{DirectorySettings, Preset, Security};
use secrecy::SecretString;
use std::net::{Ipv4Addr, SocketAddr};
use store::Store;
use store::directories::Directory;

type Failure = Box<dyn std::error::Error>;

/// The demo directory's port, and how many after it are tried when it is taken.
const PORT: u16 = 8389;
const PORTS: u16 = 20;

/// The demo keeps what it makes in a folder of its own, never in a database that somebody works with.
pub fn check(settings: &Settings) -> Result<(), Failure> {
    match settings.database_url {
        None => Ok(()),
        Some(_) => Err("the demo uses SQLite in the folder of --data: run it without the setting database_url".into()),
    }
}

/// Starts the demo directory, then serves.
pub async fn serve_with_demo(settings: Settings) -> Result<(), Failure> {
    let demo = start().await?;
    crate::serve::serve(settings, Some(demo)).await
}

async fn start() -> Result<demo::Demo, demo::DemoError> {
    let mut port = PORT;
    loop {
        match demo::Demo::start(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
            Ok(demo) => return Ok(demo),
            Err(error) if port >= PORT + PORTS => return Err(error),
            Err(_) => port += 1,
        }
    }
}

/// Adds the demo directory before there is any user, that is at the first start of a folder, and keeps its address in
/// step: the port may be another one than the last time.
pub async fn keep_configured(store: &Store, demo: &demo::Demo) -> Result<(), Failure> {
    let directories = store.list_directories().await?;
    let ours = directories.iter().find(|directory| is_demo(&directory.settings));
    let url = demo.url();
    match ours {
        Some(Directory { settings, .. }) if settings.connection.urls == [url.clone()] => {}
        Some(Directory { directory_id, version, settings, .. }) => {
            let mut settings = settings.clone();
            settings.connection.urls = vec![url];
            store.edit_directory(*directory_id, *version, &settings, None, now_ms()).await?;
        }
        // Its account has a known password: nobody who works here already gets it.
        None if directories.is_empty() && !admin::has_users(store).await? => {
            let password = SecretString::from(demo::BIND_PASSWORD);
            // Nobody has its name: there was no directory a moment ago.
            let _ = store.add_directory(&demo_settings(url), Some(&password), now_ms()).await?;
        }
        None => {}
    }
    Ok(())
}

/// By what nobody else would write: the name may have been changed.
fn is_demo(settings: &DirectorySettings) -> bool {
    settings.connection.bind_dn == demo::BIND_DN
        && settings.schema.base_dns.iter().any(|dn| dn.ends_with(demo::BASE_DN))
}

fn demo_settings(url: String) -> DirectorySettings {
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.name = "Demo directory".to_owned();
    settings.connection.urls = vec![url];
    // It listens on this machine alone.
    settings.connection.security = Security::None;
    settings.connection.bind_dn = demo::BIND_DN.to_owned();
    settings.schema.base_dns = vec![demo::BASE_DN.to_owned()];
    settings
}
