//! Administrators: the first one, a new one-time password, and the schema.

use crate::config::Settings;
use crate::key;
use app::services::{now_ms, password};
use secrecy::ExposeSecret;
use store::users::{ListedUser, UserQuery, Written};
use store::{Store, StoreError};

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

/// Whether there is any user.
pub async fn has_users(store: &Store) -> Result<bool, StoreError> {
    Ok(store.list_users(&UserQuery { limit: 1, ..UserQuery::default() }).await?.total > 0)
}

/// Makes the first administrator when there is no user at all (R36).
pub async fn first(settings: &Settings, store: &Store) -> Result<FirstAdministrator, Failure> {
    if has_users(store).await? {
        return Ok(FirstAdministrator::Exists);
    }
    let now = now_ms();
    let (password, one_time_until) = match &settings.admin_password {
        Some(password) => (password.expose_secret().to_owned(), None),
        None => (password::one_time()?, Some(password::one_time_until(now))),
    };
    let hash = password::hash_now(&password)?;
    let made = store.create_first_administrator(&settings.admin_username, &hash, one_time_until, now).await?;
    Ok(match made {
        None => FirstAdministrator::Exists,
        Some(_) if one_time_until.is_some() => FirstAdministrator::OneTimePassword(password),
        Some(_) => FirstAdministrator::FromSettings,
    })
}

/// `muster admin reset-password`. Every session of the user ends.
pub async fn reset_password(settings: &Settings, username: Option<&str>) -> Result<(), Failure> {
    let username = username.unwrap_or(&settings.admin_username);
    // A command in the wrong folder must not leave an installation there.
    if let Some(path) = store::pool::sqlite_file(settings.database().expose_secret())?
        && !path.exists()
    {
        let reason = "run this where the server runs, or with its settings (MUSTER_DATA_DIR, --config)";
        return Err(format!("there is no database at {}: {reason}", path.display()).into());
    }
    let store = open(settings).await?;
    store.migrate().await?;
    let known = store.find_user_by_name(username).await?;
    let Some(ListedUser { user, .. }) = known else { return Err(format!("there is no user {username}").into()) };
    let (password, now) = (password::one_time()?, now_ms());
    let (hash, until) = (password::hash_now(&password)?, password::one_time_until(now));
    match store.give_password(user.user_id, user.version, &hash, until, None, now).await? {
        Written::Applied(_) => {}
        _ => return Err(format!("somebody changes {username} at this moment: try again").into()),
    }
    println!("One-time password of {username}, for 72 hours: {password}");
    if !user.fields.enabled {
        println!("Note: {username} is disabled and cannot sign in until somebody enables it.");
    }
    Ok(())
}
