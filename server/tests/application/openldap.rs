//! An OpenLDAP of the tests as a directory of Muster.

use crate::caller::Caller;
use app::api::directory::{DirectoryDraft, DirectoryView, SaveDirectory};
use identity::directory::{DirectorySettings, Preset, Security};
use identity::external_id::ExternalId;
use identity::id::DirectoryId;
use std::collections::BTreeSet;
use testkit::people::SUFFIX;
use testkit::slapd::{BIND_DN, BIND_PASSWORD};
use testkit::{People, Slapd};

/// The settings that reach it.
pub fn settings(slapd: &Slapd) -> DirectorySettings {
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.name = "Example".to_owned();
    settings.connection.urls = vec![slapd.url()];
    settings.connection.security = Security::None;
    settings.connection.bind_dn = BIND_DN.to_owned();
    settings.schema.base_dns = vec![SUFFIX.to_owned()];
    settings
}

/// The form of a new directory.
pub fn added(settings: DirectorySettings, password: Option<&str>) -> DirectoryDraft {
    DirectoryDraft { directory_id: None, version: 0, settings, password: password.map(str::to_owned) }
}

/// The form of a stored directory.
pub fn edited(stored: &DirectoryView, settings: DirectorySettings, password: Option<&str>) -> DirectoryDraft {
    DirectoryDraft {
        directory_id: Some(stored.directory_id),
        version: stored.version,
        settings,
        password: password.map(str::to_owned),
    }
}

/// Saves it.
pub fn save(caller: &Caller<'_>, slapd: &Slapd) -> DirectoryId {
    caller.ask(&SaveDirectory { draft: added(settings(slapd), Some(BIND_PASSWORD)) })
}

/// The external ids of the first people in it.
pub fn external_ids(people: u32) -> BTreeSet<ExternalId> {
    People::new(people).iter().map(|person| ExternalId::from_text(&person.entry_uuid).expect("a UUID")).collect()
}
