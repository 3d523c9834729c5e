//! Logs: to standard error, without secrets, and without personal data above debug.

use crate::config::{LogFormat, Settings, SettingsError};
use std::io::IsTerminal as _;
use std::panic::PanicHookInfo;
use tracing_subscriber::EnvFilter;

/// What is said only when it is asked for: a line for each file of the site, before the one with the address.
const QUIET: &str = "memory_serve=warn";

/// Starts logging as the settings say. What is meant for the person at the terminal goes to standard output instead.
pub fn start(settings: &Settings) -> Result<(), SettingsError> {
    let wrong = |reason: String| SettingsError::Value { setting: "log", reason };
    let filter = EnvFilter::try_new(format!("{QUIET},{}", settings.log)).map_err(|error| wrong(error.to_string()))?;
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match settings.log_format {
        LogFormat::Text => subscriber.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| wrong(error.to_string()))?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// A panic is a line like any other. Its words may quote what was being worked on, so only the place is for every log.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let at = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(at, "a fault of the program");
    let payload = panic.payload();
    let words = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
    tracing::debug!(at, words, "a fault of the program");
}
