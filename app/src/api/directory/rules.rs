//! What is accepted as a directory, and when its stored password may be used.

use super::{DirectoryDraft, DirectoryView};
use crate::error::{AppError, Problem, What};
use crate::services::Actor;
use directory::Target;
use identity::directory::{Connection, DirectorySettings, ManyValues, SettingsError};
use identity::id::DirectoryId;
use secrecy::SecretString;
use store::directories::{Directory, DirectoryWritten, SealedPassword, Taken};

/// The longest password, in bytes.
const MAX_PASSWORD: usize = 1024;

/// What a page may see of a stored directory.
pub fn view(stored: Directory) -> DirectoryView {
    // Taken apart so that a new part does not leave the server unnoticed.
    let Directory { directory_id, version, settings, has_password, users } = stored;
    DirectoryView { directory_id, version, settings, has_password, users }
}

/// Adds or edits.
pub async fn save(actor: &Actor, draft: DirectoryDraft) -> Result<DirectoryId, AppError> {
    let (stored, _) = find_stored(actor, &draft).await?.unzip();
    let settings = tidy(draft.settings);
    let password = accept(stored.as_ref(), &settings, settings.check(), draft.password)?;
    // Nobody binds any more: a password that no page speaks of does not stay behind.
    let password = if settings.connection.bind_dn.is_empty() { Some(SecretString::from("")) } else { password };
    let now = actor.now();
    let Some(stored) = stored else {
        let added = actor.store.add_directory(&settings, password.as_ref(), now).await?;
        let directory_id = added.map_err(taken)?;
        log(actor, directory_id, "added");
        return Ok(directory_id);
    };
    let directory_id = stored.directory_id;
    match actor.store.edit_directory(directory_id, draft.version, &settings, password.as_ref(), now).await? {
        DirectoryWritten::Applied => {
            log(actor, directory_id, "edited");
            Ok(directory_id)
        }
        DirectoryWritten::Stale => Err(AppError::Stale),
        DirectoryWritten::Taken(what) => Err(taken(what)),
        DirectoryWritten::Gone => Err(AppError::not_found(What::Directory)),
    }
}

/// What a form says, ready to be connected to. It needs no name yet.
pub async fn target(actor: &Actor, draft: DirectoryDraft) -> Result<Target, AppError> {
    let (stored, kept) = find_stored(actor, &draft).await?.unzip();
    let settings = tidy(draft.settings);
    let typed = accept(stored.as_ref(), &settings, settings.check_but_name(), draft.password)?;
    let password = match (typed, kept) {
        _ if settings.connection.bind_dn.is_empty() => None,
        (None, Some(kept)) => actor.store.open_password(&kept)?,
        (typed, _) => typed,
    };
    Ok(Target { settings, password })
}

/// A line for whoever asks who changed what.
pub fn log(actor: &Actor, directory_id: DirectoryId, change: &'static str) {
    tracing::info!(
        audit = true,
        user_id = actor.user_id().0,
        directory_id = directory_id.0,
        "a directory was {change}"
    );
}

/// The directory that a form is about, with the password that was stored for these very settings.
async fn find_stored(actor: &Actor, draft: &DirectoryDraft) -> Result<Option<(Directory, SealedPassword)>, AppError> {
    let Some(directory_id) = draft.directory_id else { return Ok(None) };
    let found = actor.store.find_sealed_directory(directory_id).await?;
    found.ok_or(AppError::not_found(What::Directory)).map(Some)
}

/// White space around what was typed says nothing.
fn tidy(mut settings: DirectorySettings) -> DirectorySettings {
    let trim = |text: &mut String| *text = text.trim().to_owned();
    let trim_all = |texts: &mut Vec<String>| texts.iter_mut().for_each(trim);
    trim(&mut settings.name);
    trim(&mut settings.code);
    trim_all(&mut settings.connection.urls);
    trim(&mut settings.connection.bind_dn);
    trim_all(&mut settings.schema.base_dns);
    trim(&mut settings.schema.external_id_attribute);
    trim(&mut settings.users.filter);
    trim(&mut settings.users.username_attribute);
    trim_all(&mut settings.users.search_attributes);
    for mapping in &mut settings.users.mapping {
        trim(&mut mapping.attribute);
        if let ManyValues::Matching(pattern) = &mut mapping.rule {
            trim(pattern);
        }
    }
    settings.connection.ca_pem = settings.connection.ca_pem.filter(|pem| !pem.trim().is_empty());
    settings.connection.pinned_sha256 = settings.connection.pinned_sha256.filter(|pin| !pin.trim().is_empty());
    settings
}

/// Everything that is wrong beside what was `found` already, or the password to use: `None` is the stored one, or none at all without a bind DN.
fn accept(
    stored: Option<&Directory>,
    settings: &DirectorySettings,
    found: Vec<SettingsError>,
    typed: Option<String>,
) -> Result<Option<SecretString>, AppError> {
    let mut problems: Vec<Problem> = found.into_iter().map(Problem::from).collect();
    let typed = typed.filter(|password| !password.is_empty());
    if typed.as_ref().is_some_and(|password| password.len() > MAX_PASSWORD) {
        problems.push(Problem::new("password", "too_long", format!("at most {MAX_PASSWORD} bytes")));
    }
    if typed.is_none() && !settings.connection.bind_dn.is_empty() {
        match stored {
            Some(stored) if !stored.has_password => problems.push(password_missing()),
            Some(stored) if !same_connection(&stored.settings, settings) => problems.push(Problem::new(
                "password",
                "needed_again",
                "a changed address, protection, certificate or bind DN needs the password again",
            )),
            Some(_) => {}
            None => problems.push(password_missing()),
        }
    }
    if problems.is_empty() { Ok(typed.map(SecretString::from)) } else { Err(AppError::Invalid { problems }) }
}

/// Whether the stored password would go where it went before: nobody gets it by pointing Muster at another server, nor
/// by having Muster believe that another server is the one.
fn same_connection(stored: &DirectorySettings, settings: &DirectorySettings) -> bool {
    // Taken apart so that a new setting does not compile until it is decided whether it tells who the peer is.
    let peer = |settings: &DirectorySettings| {
        let Connection {
            urls,
            security,
            ca_pem,
            verify_certificate,
            pinned_sha256,
            bind_dn,
            connect_timeout: _,
            operation_timeout: _,
            run_deadline: _,
        } = settings.connection.clone();
        // A browser's text field sends other line ends than a file has.
        let ca_pem = ca_pem.map(|pem| pem.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        (urls, security, ca_pem, verify_certificate, pinned_sha256, bind_dn)
    };
    peer(stored) == peer(settings)
}

fn password_missing() -> Problem {
    Problem::new("password", "missing", "this is needed")
}

fn taken(what: Taken) -> AppError {
    match what {
        Taken::Name => AppError::invalid("name", "taken", "a directory of this name exists"),
        Taken::Code => AppError::invalid("code", "code_taken", "a directory with this code exists"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::directory::{Preset, Security};

    fn settings() -> DirectorySettings {
        let mut settings = DirectorySettings::preset(Preset::OpenLdap);
        settings.name = "Staff".to_owned();
        settings.connection.urls = vec!["ldap://ldap.example.com".to_owned()];
        settings.connection.bind_dn = "cn=muster,dc=example,dc=com".to_owned();
        settings.schema.base_dns = vec!["dc=example,dc=com".to_owned()];
        settings
    }

    fn stored() -> Directory {
        Directory { directory_id: DirectoryId(1), version: 1, settings: settings(), has_password: true, users: 0 }
    }

    fn problem(settings: &DirectorySettings, password: Option<&str>) -> Option<String> {
        match accept(Some(&stored()), settings, settings.check(), password.map(str::to_owned)) {
            Ok(_) => None,
            Err(AppError::Invalid { problems }) => Some(format!("{} {}", problems[0].field, problems[0].code)),
            Err(other) => Some(format!("{other:?}")),
        }
    }

    #[test]
    fn the_stored_password_goes_nowhere_else() {
        let needed = Some("password needed_again".to_owned());
        assert_eq!(problem(&settings(), None), None);
        assert_eq!(problem(&settings(), Some("")), None);
        let mut elsewhere = settings();
        elsewhere.connection.urls = vec!["ldap://evil.example.com".to_owned()];
        assert_eq!(problem(&elsewhere, None), needed);
        assert_eq!(problem(&elsewhere, Some("typed")), None);
        let mut more = settings();
        more.connection.urls.push("ldap://evil.example.com".to_owned());
        assert_eq!(problem(&more, None), needed);
        let mut plain = settings();
        plain.connection.security = Security::None;
        assert_eq!(problem(&plain, None), needed);
        let mut other = settings();
        other.connection.bind_dn = "cn=other,dc=example,dc=com".to_owned();
        assert_eq!(problem(&other, None), needed);
    }

    #[test]
    fn the_stored_password_goes_to_nobody_else_who_answers_there() {
        let changed = |change: fn(&mut Connection)| {
            let mut settings = settings();
            change(&mut settings.connection);
            problem(&settings, None)
        };
        let needed = Some("password needed_again".to_owned());
        assert_eq!(changed(|connection| connection.verify_certificate = false), needed);
        assert_eq!(changed(|connection| connection.ca_pem = Some("-----BEGIN CERTIFICATE-----".to_owned())), needed);
        assert_eq!(changed(|connection| connection.pinned_sha256 = Some("0".repeat(64))), needed);
        assert_eq!(changed(|connection| connection.operation_timeout = 7), None);
    }

    #[test]
    fn an_authority_is_the_same_whatever_ends_its_lines() {
        let with = |pem: &str| {
            let mut settings = settings();
            settings.connection.ca_pem = Some(pem.to_owned());
            settings
        };
        assert!(same_connection(&with("one\ntwo\n"), &with("one\r\ntwo")));
        assert!(!same_connection(&with("one\ntwo\n"), &with("one\nthree\n")));
    }

    #[test]
    fn an_account_needs_a_password_and_an_anonymous_search_none() {
        let missing = |settings: &DirectorySettings| accept(None, settings, settings.check(), None).is_err();
        assert!(missing(&settings()));
        let mut anonymous = settings();
        anonymous.connection.bind_dn = String::new();
        assert!(!missing(&anonymous));
    }
}
