//! The settings: a TOML file, then the environment (`MUSTER_…`), each with a default.

mod mail;

pub use mail::{MailSecurity, MailSettings};

use app::services::password;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// Variables that begin with `MUSTER_` and are no settings: where the file is, and what only builds read.
const NOT_SETTINGS: [&str; 3] = ["config", "site_dir", "cache"];
/// Settings that may be read from a file whose path is in the variable with `_FILE` at its end.
const SECRETS: [&str; 4] = ["admin_password", "database_url", "mail.password", "secret_key"];

/// All settings. Their documentation is README's; `muster check-config` prints what is in effect.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address that browsers use, `https://muster.example`; `http://` and `listen` otherwise.
    pub public_url: Option<String>,
    /// Further origins that may post, as browsers write them: `https://other.example`.
    pub allowed_origins: Origins,
    /// Where the SQLite database and the secret key are kept.
    pub data_dir: PathBuf,
    /// `sqlite://FILE` or `postgres://…`; SQLite in the data folder otherwise.
    pub database_url: Option<SecretString>,
    /// 64 hexadecimal digits that stored passwords are encrypted with; `secret.key` in the data folder otherwise,
    /// made at the first start.
    pub secret_key: Option<SecretString>,
    /// The first administrator's name.
    pub admin_username: String,
    /// The first administrator's password; a one-time password is printed otherwise, or when it is empty.
    pub admin_password: Option<SecretString>,
    /// Whether the session's cookie is for https only; decided by `public_url` otherwise.
    pub secure_cookies: Option<bool>,
    /// Whether the last address of `X-Forwarded-For` is believed: only behind a proxy that sets it.
    pub trust_forwarded_for: bool,
    /// Jobs that run at the same time in this server.
    pub workers: u32,
    /// An address for `/metrics` alone; the main address gives it to this machine otherwise.
    pub metrics_listen: Option<SocketAddr>,
    /// A folder to serve the site from, instead of what is in the binary: for `make dev`.
    pub assets_dir: Option<PathBuf>,
    /// What to log: `warn`, `info`, `debug`, or a filter such as `info,store=debug`.
    pub log: String,
    /// How to log.
    pub log_format: LogFormat,
    /// The server that takes e-mail; without one nobody is sent any.
    pub mail: Option<MailSettings>,
}

/// How to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One object a line.
    Json,
}

/// Origins: a list, or a text with commas, since a variable of the environment holds no list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OriginsText")]
pub struct Origins(pub Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OriginsText {
    List(Vec<String>),
    Text(String),
}

impl From<OriginsText> for Origins {
    fn from(text: OriginsText) -> Self {
        let list = match text {
            OriginsText::List(list) => list,
            OriginsText::Text(text) => text.split(',').map(|origin| origin.trim().to_owned()).collect(),
        };
        Self(list.into_iter().filter(|origin| !origin.is_empty()).collect())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8480)),
            public_url: None,
            allowed_origins: Origins::default(),
            data_dir: PathBuf::from("data"),
            database_url: None,
            secret_key: None,
            admin_username: "admin".to_owned(),
            admin_password: None,
            secure_cookies: None,
            trust_forwarded_for: false,
            workers: 2,
            metrics_listen: None,
            assets_dir: None,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            mail: None,
        }
    }
}

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file or the environment holds what no setting is.
    #[error("the settings cannot be read")]
    Read(#[source] config::ConfigError),
    /// The file that a `…_FILE` names.
    #[error("the file {path} that {variable} names cannot be read")]
    SecretFile {
        /// The variable.
        variable: String,
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A variable and its `…_FILE` at once.
    #[error("{0} and {0}_FILE are both set: which is meant?")]
    Twice(String),
    /// A value that is not what the setting needs.
    #[error("the setting {setting} cannot be used: {reason}")]
    Value {
        /// Which.
        setting: &'static str,
        /// Why.
        reason: String,
    },
}

impl Settings {
    /// Reads the file, if there is one, and the environment.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        Self::from_sources(
            file,
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
        )
    }

    fn from_sources(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, SettingsError> {
        let mut builder = config::Config::builder();
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file).format(config::FileFormat::Toml));
        }
        for (setting, value) in from_environment(environment)? {
            builder = builder.set_override(setting, value).map_err(SettingsError::Read)?;
        }
        let read = builder.build().and_then(config::Config::try_deserialize);
        let mut settings: Self = read.map_err(SettingsError::Read)?;
        // As container files write a variable that has no value.
        settings.admin_password = settings.admin_password.filter(|password| !password.expose_secret().is_empty());
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), SettingsError> {
        let wrong = |setting, reason: &str| Err(SettingsError::Value { setting, reason: reason.to_owned() });
        if let Some(url) = &self.public_url
            && origin(url).is_none()
        {
            return wrong("public_url", "it begins with http:// or https://, then the host, and nothing after it");
        }
        if self.allowed_origins.0.iter().any(|url| origin(url).as_deref() != Some(url)) {
            return wrong("allowed_origins", "each is written as browsers do: https://host or https://host:port");
        }
        if self.secure_cookies == Some(true) && self.public_url.as_ref().is_some_and(|url| url.starts_with("http:")) {
            return wrong("secure_cookies", "a browser does not keep a secure cookie of an http:// address");
        }
        if let Err(error) = identity::username::check(&self.admin_username) {
            return wrong("admin_username", &error.to_string());
        }
        if let Some(given) = &self.admin_password
            && password::check(given.expose_secret(), &self.admin_username).is_err()
        {
            let (least, most) = (password::MIN_LENGTH, password::MAX_LENGTH);
            let reason =
                format!("at least {least} characters, at most {most} bytes, and another word than the username");
            return wrong("admin_password", &reason);
        }
        if let Some(given) = &self.secret_key
            && crate::key::parse(given.expose_secret(), "the setting").is_err()
        {
            return wrong("secret_key", "64 hexadecimal digits");
        }
        if let Some(url) = &self.database_url
            && let Err(error) = store::pool::check_url(url.expose_secret())
        {
            return wrong("database_url", &error.to_string());
        }
        if self.workers == 0 || self.workers > 64 {
            return wrong("workers", "a number from 1 to 64");
        }
        if let Some(mail) = &self.mail {
            mail.check()?;
            // The address that a request says it came to may be anybody's: a link in a letter must not lead there.
            if self.public_url.is_none() {
                return wrong("public_url", "with [mail] it is needed: links in letters begin with it");
            }
        }
        Ok(())
    }

    /// The address that browsers use, without a path.
    pub fn public_origin(&self) -> String {
        self.public_url.as_deref().and_then(origin).unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// Whether the session's cookie is for https only.
    pub fn cookies_are_secure(&self) -> bool {
        self.secure_cookies.unwrap_or_else(|| self.public_origin().starts_with("https://"))
    }

    /// Where the database is.
    pub fn database(&self) -> SecretString {
        let in_data_dir = || format!("sqlite://{}", self.data_dir.join("muster.db").display());
        self.database_url.clone().unwrap_or_else(|| in_data_dir().into())
    }
}

/// The origin that a browser writes for an address; `None` when it is not one.
fn origin(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && matches!(url.path(), "" | "/")
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    plain.then(|| url.origin().ascii_serialization())
}

/// Setting → value, from variables that begin with `MUSTER_`.
fn from_environment(
    environment: impl Iterator<Item = (String, String)>,
) -> Result<HashMap<String, String>, SettingsError> {
    let mut settings = HashMap::new();
    let mut files = vec![];
    for (variable, value) in environment {
        let Some(setting) = variable.strip_prefix("MUSTER_").map(str::to_ascii_lowercase) else { continue };
        // The settings of a table: `MUSTER_MAIL_HOST` is `host` of `[mail]`.
        let setting = match setting.strip_prefix("mail_") {
            Some(inner) => format!("mail.{inner}"),
            None => setting,
        };
        match setting.strip_suffix("_file").filter(|setting| SECRETS.contains(setting)) {
            Some(secret) => files.push((secret.to_owned(), value)),
            None if NOT_SETTINGS.contains(&setting.as_str()) => {}
            None => {
                settings.insert(setting, value);
            }
        }
    }
    for (secret, path) in files {
        let variable = format!("MUSTER_{}", secret.to_ascii_uppercase().replace('.', "_"));
        if settings.contains_key(&secret) {
            return Err(SettingsError::Twice(variable));
        }
        let value = std::fs::read_to_string(&path).map_err(|source| SettingsError::SecretFile {
            variable: format!("{variable}_FILE"),
            path: path.clone(),
            source,
        })?;
        settings.insert(secret, value.trim_end_matches(['\r', '\n']).to_owned());
    }
    Ok(settings)
}

#[cfg(test)]
mod tests;
