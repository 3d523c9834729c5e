//! Administrators: the first one, a new one-time password, and the schema.

use crate::config::Settings;
use crate::key;
use app::services::{now_ms, password};
use secrecy::ExposeSecret;
use store::Store;
use store::users::UserQuery;

type Failure = Box<dyn std::error::Error>;

/// Opens the store of the settings; its schema is not touched.
pub async fn open(settings: &Settings) -> Result<Store, Failure> {
    key::make_data_dir(settings)?;
    let key = key::secret_key(settings)?;
    Ok(Store::open(settings.database().expose_secret(), key).await?)
}

/// `muster migrate`.
pub async fn migrate(settings: &Settings) -> Result<(), Failure> {
    open(settings).await?.migrate().await?;
    println!("The database is up to date.");
    Ok(())
}

/// Who signs in first.
pub enum FirstAdministrator {
    /// Made now, with this one-time password. It goes to standard output and nowhere else.
    OneTimePassword(String),
    /// Made now, with the password of the settings.
    FromSettings,
    /// There were users before.
    Exists,
}

/// Makes the first administrator when there is no user at all (R36).
pub async fn first(settings: &Settings, store: &Store) -> Result<FirstAdministrator, Failure> {
    if store.list_users(&UserQuery { limit: 1, ..UserQuery::default() }).await?.total > 0 {
        return Ok(FirstAdministrator::Exists);
    }
    let (password, must_change) = match &settings.admin_password {
        Some(password) => (password.expose_secret().to_owned(), false),
        None => (password::one_time()?, true),
    };
    let hash = password::hash_now(&password)?;
    let made = store.create_first_administrator(&settings.admin_username, &hash, must_change, now_ms()).await?;
    Ok(match made {
        None => FirstAdministrator::Exists,
        Some(_) if must_change => FirstAdministrator::OneTimePassword(password),
        Some(_) => FirstAdministrator::FromSettings,
    })
}

/// `muster admin reset-password`. Every session of the user ends.
pub async fn reset_password(settings: &Settings, username: Option<&str>) -> Result<(), Failure> {
    let username = username.unwrap_or(&settings.admin_username);
    let store = open(settings).await?;
    store.migrate().await?;
    let known = store.find_credentials(username).await?;
    let Some(known) = known else { return Err(format!("there is no user {username}").into()) };
    let password = password::one_time()?;
    store.set_password(known.user_id, &password::hash_now(&password)?, true, None, now_ms()).await?;
    println!("One-time password of {username}: {password}");
    if !known.enabled {
        println!("Note: {username} is disabled and cannot sign in until somebody enables it.");
    }
    Ok(())
}
