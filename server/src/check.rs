//! `muster check-config`: the settings in effect, without secrets.

use crate::config::{LogFormat, MailSettings, Settings};
use crate::key::{self, KeyError};
use secrecy::ExposeSecret;
use std::fmt::Write as _;

/// Prints them as TOML, which can be kept as a file once the secrets are filled in. What the settings name is looked at
/// as far as it can be without touching anything.
pub fn print(settings: &Settings) -> Result<(), KeyError> {
    key::check(settings)?;
    println!("{}", effective(settings).trim_end());
    Ok(())
}

fn effective(settings: &Settings) -> String {
    // Destructured so that a new setting does not compile until it is shown.
    let Settings {
        listen,
        public_url: _,
        allowed_origins,
        data_dir,
        database_url: _,
        secret_key,
        admin_username,
        admin_password,
        secure_cookies: _,
        trust_forwarded_for,
        workers,
        metrics_listen,
        assets_dir,
        log,
        log_format,
        mail,
    } = settings;
    let mut text = String::new();
    let mut line = |name: &str, value: String| writeln!(text, "{name} = {value}").expect("a String takes it");
    line("listen", quoted(&listen.to_string()));
    line("public_url", quoted(&settings.public_origin()));
    line(
        "allowed_origins",
        format!("[{}]", allowed_origins.0.iter().map(|o| quoted(o)).collect::<Vec<_>>().join(", ")),
    );
    line("data_dir", quoted(&data_dir.display().to_string()));
    line("database_url", quoted(&without_password(settings.database().expose_secret())));
    line("# secret_key", secret_key.as_ref().map_or("secret.key in data_dir", |_| "set").to_owned());
    line("admin_username", quoted(admin_username));
    line("# admin_password", admin_password.as_ref().map_or("a one-time password is printed", |_| "set").to_owned());
    line("secure_cookies", settings.cookies_are_secure().to_string());
    line("trust_forwarded_for", trust_forwarded_for.to_string());
    line("workers", workers.to_string());
    match metrics_listen {
        Some(address) => line("metrics_listen", quoted(&address.to_string())),
        None => line("# metrics_listen", "not set: /metrics of the main address, for this machine alone".to_owned()),
    }
    match assets_dir {
        Some(folder) => line("assets_dir", quoted(&folder.display().to_string())),
        None => line("# assets_dir", "not set: what is in the binary".to_owned()),
    }
    line("log", quoted(log));
    line("log_format", quoted(if *log_format == LogFormat::Json { "json" } else { "text" }));
    match mail {
        // Last, since what follows the head of a table belongs to it.
        Some(mail) => text.push_str(&mail_table(mail)),
        None => text.push_str("# [mail] not set: nobody is sent any\n"),
    }
    text
}

fn mail_table(settings: &MailSettings) -> String {
    let MailSettings { host, port: _, security, username, password, from } = settings;
    let mut text = "\n[mail]\n".to_owned();
    let mut line = |name: &str, value: String| writeln!(text, "{name} = {value}").expect("a String takes it");
    line("host", quoted(host));
    line("port", settings.port().to_string());
    line("security", quoted(security.code()));
    match username {
        Some(username) => line("username", quoted(username)),
        None => line("# username", "not set: nobody signs in there".to_owned()),
    }
    line("# password", if password.is_some() { "set" } else { "not set" }.to_owned());
    line("from", quoted(from));
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A database's URL, fit to be shown.
fn without_password(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() || parsed.query().is_some() => {
            // A query may hold a password too (`?password=…`).
            parsed.set_query(None);
            if parsed.password().is_some() && parsed.set_password(Some("…")).is_err() {
                return "…".to_owned();
            }
            parsed.to_string().replace("%E2%80%A6", "…")
        }
        Ok(_) => url.to_owned(),
        Err(_) => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_shown() {
        let settings = Settings {
            database_url: Some("postgres://muster:hush@db/muster?password=hush".to_owned().into()),
            secret_key: Some("hush".to_owned().into()),
            admin_password: Some("hush".to_owned().into()),
            ..Settings::default()
        };
        let text = effective(&settings);
        assert!(!text.contains("hush"), "{text}");
        assert!(text.contains("database_url = \"postgres://muster:…@db/muster\""), "{text}");
        assert!(text.contains("# secret_key = set"));
    }

    #[test]
    fn the_mail_server_is_shown_without_its_password() {
        let mail = MailSettings {
            host: "mail.example".to_owned(),
            username: Some("muster".to_owned()),
            password: Some("hush".to_owned().into()),
            from: "Muster <muster@example.org>".to_owned(),
            ..MailSettings::default()
        };
        let text = effective(&Settings { mail: Some(mail), ..Settings::default() });
        assert!(!text.contains("hush") && text.contains("# password = set"), "{text}");
        let table = "[mail]\nhost = \"mail.example\"\nport = 587\nsecurity = \"starttls\"\n";
        assert!(text.contains(table), "{text}");
    }

    #[test]
    fn what_is_shown_can_be_read_again() {
        let text = effective(&Settings::default());
        let file = tempfile::Builder::new().suffix(".toml").tempfile().expect("a file");
        std::fs::write(file.path(), &text).expect("written");
        let again = Settings::load(Some(file.path())).expect("reads");
        assert_eq!(effective(&again), text);
    }
}
