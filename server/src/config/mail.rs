//! The settings of `[mail]`: the server that takes letters.

use super::SettingsError;
use lettre::message::Mailbox;
use secrecy::SecretString;
use serde::Deserialize;

/// Where letters are handed over, and in whose name.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailSettings {
    /// The server's name, which its certificate must have.
    pub host: String,
    /// Its port; 587, with `tls` 465, with `none` 25 otherwise.
    pub port: Option<u16>,
    /// How the way there is protected.
    pub security: MailSecurity,
    /// Who signs in there, if anybody.
    pub username: Option<String>,
    /// The password.
    pub password: Option<SecretString>,
    /// The address that letters come from, `Muster <muster@example.org>`.
    pub from: String,
}

/// How the way to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// Not at all.
    None,
    /// From the second sentence on; a server that does not offer it gets nothing.
    #[default]
    StartTls,
    /// From the beginning.
    Tls,
}

impl Default for MailSettings {
    fn default() -> Self {
        let (host, from) = (String::new(), String::new());
        Self { host, port: None, security: MailSecurity::default(), username: None, password: None, from }
    }
}

impl MailSecurity {
    /// The word of the settings.
    pub fn code(self) -> &'static str {
        match self {
            MailSecurity::None => "none",
            MailSecurity::StartTls => "starttls",
            MailSecurity::Tls => "tls",
        }
    }
}

impl MailSettings {
    /// The port in effect.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            MailSecurity::None => 25,
            MailSecurity::StartTls => 587,
            MailSecurity::Tls => 465,
        })
    }

    /// Whose letters these are.
    pub fn sender(&self) -> Result<Mailbox, SettingsError> {
        self.from.parse().map_err(|_| SettingsError::Value {
            setting: "mail.from",
            reason: "an address is needed: muster@example.org, or Muster <muster@example.org>".to_owned(),
        })
    }

    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let wrong = |setting, reason: &str| Err(SettingsError::Value { setting, reason: reason.to_owned() });
        if self.host.is_empty() || self.host.contains(|letter: char| letter.is_whitespace() || "/@".contains(letter)) {
            return wrong("mail.host", "the name of a server is needed, without a port");
        }
        self.sender()?;
        if self.username.is_some() != self.password.is_some() {
            return wrong("mail.username", "it goes with mail.password: set both or neither");
        }
        if self.username.is_some() && self.security == MailSecurity::None {
            return wrong("mail.security", "a password is only sent over TLS: starttls or tls");
        }
        Ok(())
    }
}
