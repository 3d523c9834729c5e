//! The secret key: given, or made at the first start and kept beside the database.

use crate::config::Settings;
use secrecy::{ExposeSecret, SecretString};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use store::secrets::SecretKey;

/// The key is not to be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Not 64 hexadecimal digits.
    #[error("{place} does not hold 64 hexadecimal digits")]
    Malformed {
        /// The setting or the file.
        place: String,
    },
    /// The data folder or the file.
    #[error("{path} cannot be read or made")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// No randomness.
    #[error("the system gives no random numbers")]
    Random(#[source] getrandom::Error),
}

/// Makes the data folder, readable by its owner only, if it is missing.
pub fn make_data_dir(settings: &Settings) -> Result<(), KeyError> {
    let path = &settings.data_dir;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|source| KeyError::File { path: path.clone(), source })
}

/// The key of the settings, or the one in the data folder, made when it is missing.
pub fn secret_key(settings: &Settings) -> Result<SecretKey, KeyError> {
    if let Some(given) = &settings.secret_key {
        return parse(given.expose_secret(), "the setting secret_key");
    }
    let path = settings.data_dir.join("secret.key");
    // Two servers that start at once on one folder: whoever comes second reads what the first has written.
    match make(&path) {
        Ok(true) => tracing::info!("a secret key was made in the data folder"),
        Ok(false) => {}
        Err(KeyError::File { source, .. }) if source.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let text = std::fs::read_to_string(&path).map_err(|source| KeyError::File { path: path.clone(), source })?;
    parse(text.trim(), &path.display().to_string())
}

/// Whether the key is one, as far as there is one yet.
pub fn check(settings: &Settings) -> Result<(), KeyError> {
    let path = settings.data_dir.join("secret.key");
    if settings.secret_key.is_some() || !path.exists() {
        return Ok(());
    }
    let text = std::fs::read_to_string(&path).map_err(|source| KeyError::File { path: path.clone(), source })?;
    parse(text.trim(), &path.display().to_string()).map(drop)
}

/// Writes a new key beside its place and then puts it there, whole or not at all. `false` when there is one.
fn make(path: &Path) -> Result<bool, KeyError> {
    if path.exists() {
        return Ok(false);
    }
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(KeyError::Random)?;
    let digits: SecretString = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
    let beside = path.with_extension(format!("key.{}", std::process::id()));
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside).map_err(failed)?;
    let written = file.write_all(digits.expose_secret().as_bytes()).and_then(|()| file.sync_all());
    // A hard link fails when the name exists, where renaming would replace a key that is in use.
    let placed = written.and_then(|()| std::fs::hard_link(&beside, path));
    std::fs::remove_file(&beside).map_err(failed)?;
    placed.map(|()| true).map_err(failed)
}

/// A key from its text; `place` is where it stands.
pub fn parse(text: &str, place: &str) -> Result<SecretKey, KeyError> {
    let malformed = || KeyError::Malformed { place: place.to_owned() };
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(malformed());
    }
    let mut bytes = [0; 32];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(digits).map_err(|_| malformed())?;
        *byte = u8::from_str_radix(digits, 16).map_err(|_| malformed())?;
    }
    Ok(SecretKey::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_key_is_made_once_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = Settings { data_dir: folder.path().join("new"), ..Settings::default() };
        make_data_dir(&settings).expect("made");
        secret_key(&settings).expect("a key");
        let path = settings.data_dir.join("secret.key");
        let first = std::fs::read_to_string(&path).expect("written");
        assert_eq!(first.len(), 64);
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        secret_key(&settings).expect("a key");
        assert_eq!(std::fs::read_to_string(&path).expect("there"), first);
        assert_eq!(std::fs::read_dir(&settings.data_dir).expect("there").count(), 1);
    }

    #[test]
    fn a_key_that_is_none_is_refused() {
        for text in ["", "abc", &"x".repeat(64), &"é".repeat(32)] {
            let settings = Settings { secret_key: Some(text.to_owned().into()), ..Settings::default() };
            assert!(matches!(secret_key(&settings), Err(KeyError::Malformed { .. })), "{text}");
        }
    }
}
