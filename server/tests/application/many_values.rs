//! People of a real OpenLDAP who have several addresses, one of which fits a pattern.

use crate::caller::{Caller, PASSWORD, problems};
use crate::importing::{apply, imported, plan};
use crate::muster::{Installation, on_both_databases};
use crate::openldap::{added, edited, settings};
use app::api::directory::{FetchDirectory, SaveDirectory, TestDirectory, TestLine};
use identity::directory::{DirectorySettings, ManyValues};
use identity::field::Patch;
use identity::import::ImportRequest;
use std::collections::BTreeMap;
use testkit::Slapd;
use testkit::slapd::BIND_PASSWORD;

on_both_databases! {
    of_several_addresses_the_one_that_fits_is_imported,
}

fn person(uid: &str, addresses: &[&str]) -> String {
    let addresses: String = addresses.iter().map(|address| format!("\nmail: {address}")).collect();
    format!(
        "dn: uid={uid},ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: {uid}{addresses}"
    )
}

/// The preset's rows begin with the e-mail address.
fn with_pattern(mut settings: DirectorySettings, pattern: &str) -> DirectorySettings {
    settings.users.mapping[0].rule = ManyValues::Matching(pattern.to_owned());
    settings
}

fn of_several_addresses_the_one_that_fits_is_imported(installation: Installation) {
    let slapd = Slapd::builder(0)
        .ldif(&person("eve", &["eve@old.example", "Eve@Example.ORG", "e@example.org.evil"]))
        .ldif(&person("max", &["max@old.example"]))
        .start();
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let draft = added(with_pattern(settings(&slapd), " *@example.org "), Some(BIND_PASSWORD));

    let tested = administrator.lines(&TestDirectory { draft: draft.clone() }).pop();
    let Some(TestLine::Passed { records, .. }) = tested else { panic!("it did not pass: {tested:?}") };
    let shown: BTreeMap<_, _> =
        records.into_iter().map(|record| (record.fields.username.expect("a uid"), record.fields.email)).collect();
    let eve = Patch::Set("Eve@Example.ORG".to_owned());
    assert_eq!(shown, BTreeMap::from([("eve".to_owned(), eve), ("max".to_owned(), Patch::Clear)]));

    let directory_id = administrator.ask(&SaveDirectory { draft });
    let everybody = || plan(&administrator, ImportRequest::everything(directory_id, "*".to_owned()));
    let addresses = || {
        let users = imported(&administrator).items;
        users.into_iter().map(|line| (line.username, line.email)).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(apply(&administrator, &everybody()).progress.applied, 2);
    let eve = Some("Eve@Example.ORG".to_owned());
    assert_eq!(addresses(), BTreeMap::from([("eve".to_owned(), eve), ("max".to_owned(), None)]));

    let stored = administrator.ask(&FetchDirectory { directory_id });
    let save = |pattern| SaveDirectory { draft: edited(&stored, with_pattern(stored.settings.clone(), pattern), None) };
    assert_eq!(problems(administrator.refusal(&save(" "))), ["mapping-pattern-0: missing"]);
    administrator.ask(&save("*@old.*"));
    assert_eq!(apply(&administrator, &everybody()).progress.applied, 2);
    let [eve, max] = ["eve", "max"].map(|name| (name.to_owned(), Some(format!("{name}@old.example"))));
    assert_eq!(addresses(), BTreeMap::from([eve, max]));
}
