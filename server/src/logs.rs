//! Logs: to standard error, without secrets, and without personal data above debug.

use crate::config::{LogFormat, Settings, SettingsError};
use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

/// Starts logging as the settings say. What is meant for the person at the terminal goes to standard output instead.
pub fn start(settings: &Settings) -> Result<(), SettingsError> {
    let wrong = |reason: String| SettingsError::Value { setting: "log", reason };
    let filter = EnvFilter::try_new(&settings.log).map_err(|error| wrong(error.to_string()))?;
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match settings.log_format {
        LogFormat::Text => subscriber.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| wrong(error.to_string()))
}
