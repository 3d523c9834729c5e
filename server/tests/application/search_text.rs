//! What is typed into a search stands for itself: it finds no more than it says, and breaks nothing.

use crate::caller::{Caller, PASSWORD, problems};
use crate::importing::{search, try_plan};
use crate::muster::{Installation, Muster, on_both_databases};
use crate::openldap::{self, added, settings};
use app::api::directory::SaveDirectory;
use app::api::import::FindPeople;
use app::api::search::FetchEntry;
use app::api::user::{ListUsers, UserListQuery};
use app::error::{AppError, What};
use identity::external_id::ExternalId;
use identity::filter::FilterReason;
use identity::id::DirectoryId;
use identity::import::{ImportRequest, Picked};
use std::collections::BTreeSet;
use testkit::Slapd;
use testkit::slapd::BIND_PASSWORD;

on_both_databases! {
    a_text_finds_what_has_it,
    a_nul_ends_no_text,
    a_filter_stays_within_the_people,
    a_filter_of_ten_thousand_levels_is_refused,
    no_field_of_a_directory_becomes_a_part_of_a_filter,
}

/// Texts that nobody has, but which would find everybody where they became a part of a filter or of a pattern.
const NOBODY: [&str; 11] = [
    "*)(uid=*",
    "*)(|(uid=*",
    "x)(|(objectClass=*)",
    "|(uid=*)",
    ")(",
    ")",
    "\\",
    "\\\\",
    "\\2a",
    "%",
    "user0000001)(uid=*",
];
/// The same with the character that ends a text for programs in C.
const WITH_NUL: [&str; 4] = ["\0", "*\0*", "user\0nobody", "*\0)(uid=*"];

fn start(installation: Installation, people: u32) -> (Slapd, Muster) {
    (Slapd::start(people), installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start())
}

/// Nobody is found, or the text is refused with a place in it.
fn check_finds_nobody(caller: &Caller<'_>, directory_id: DirectoryId, text: &str) {
    match search(caller, directory_id, text) {
        Ok(found) => assert_eq!(found.len(), 0, "{text:?}"),
        Err(error) => assert!(matches!(error, AppError::FilterSyntax { .. }), "{text:?}: {error:?}"),
    }
    match try_plan(caller, ImportRequest::everything(directory_id, text.to_owned())) {
        Ok(plan) => assert_eq!(plan.summary.counts.rows(), 0, "{text:?}"),
        Err(error) => assert!(matches!(error, AppError::FilterSyntax { .. }), "{text:?}: {error:?}"),
    }
    let external_id = ExternalId::from_text(text).expect("not blank");
    let entry = caller.refusal(&FetchEntry { directory_id, external_id: external_id.clone() });
    assert_eq!(entry, AppError::not_found(What::Entry), "{text:?}");
    let picked = Picked::Only(BTreeSet::from([external_id]));
    let request = ImportRequest { picked, ..ImportRequest::everything(directory_id, "*".to_owned()) };
    assert_eq!(try_plan(caller, request).expect("an empty plan").summary.counts.rows(), 0, "{text:?}");

    let query = UserListQuery { text: text.to_owned(), ..UserListQuery::default() };
    assert_eq!(caller.ask(&ListUsers { query, offset: 0 }).total, 0, "{text:?}");
    assert!(caller.ask(&FindPeople { text: text.to_owned() }).is_empty(), "{text:?}");
}

fn a_text_finds_what_has_it(installation: Installation) {
    let (slapd, muster) = start(installation, 50);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    for (text, people) in [("user0000001", 1), ("USER000000", 10), ("user*49", 1), ("*", 50), ("", 50)] {
        assert_eq!(search(&administrator, directory_id, text).expect("found").len(), people, "{text:?}");
    }
    for text in NOBODY {
        check_finds_nobody(&administrator, directory_id, text);
    }
}

fn a_nul_ends_no_text(installation: Installation) {
    let (slapd, muster) = start(installation, 50);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    for text in WITH_NUL {
        check_finds_nobody(&administrator, directory_id, text);
    }
}

fn a_filter_stays_within_the_people(installation: Installation) {
    let (slapd, muster) = start(installation, 50);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    // The account that searches and the units are no people.
    for filter in ["(objectClass=*)", "(|(objectClass=*)(cn=muster))", "(!(uid=nobody))"] {
        assert_eq!(search(&administrator, directory_id, filter).expect("found").len(), 50, "{filter}");
    }
    for (filter, at, expected) in [
        ("(uid=x))(|(objectClass=*)", 7, FilterReason::Trailing),
        ("(uid=*)(uid=*)", 7, FilterReason::Trailing),
        ("(uid=*", 6, FilterReason::Close),
        ("(uid=\0)", 5, FilterReason::Unescaped),
        ("(uid=a\\)", 6, FilterReason::Escape),
    ] {
        let error = search(&administrator, directory_id, filter).expect_err("refused");
        assert_eq!(error, AppError::FilterSyntax { position: at, reason: expected }, "{filter:?}");
    }
}

fn a_filter_of_ten_thousand_levels_is_refused(installation: Installation) {
    let (slapd, muster) = start(installation, 3);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    for (levels, expected) in [(5_000, FilterReason::TooDeep), (10_000, FilterReason::TooLong)] {
        for begin in ["(!", "(&", "(|"] {
            let filter = format!("{}(uid=a){}", begin.repeat(levels), ")".repeat(levels));
            match search(&administrator, directory_id, &filter) {
                Err(AppError::FilterSyntax { reason, .. }) => assert_eq!(reason, expected),
                other => panic!("{begin} {levels}: {other:?}"),
            }
            let mut settings = settings(&slapd);
            settings.users.filter = filter;
            let refused = administrator.refusal(&SaveDirectory { draft: added(settings, Some(BIND_PASSWORD)) });
            assert_eq!(problems(refused), ["user-filter: filter"]);
        }
    }
    assert!(search(&administrator, directory_id, &"(".repeat(10_000)).is_err());
    assert_eq!(muster.get("/healthz", &[]).status, 200);
    assert_eq!(search(&administrator, directory_id, "*").expect("found").len(), 3);
}

fn no_field_of_a_directory_becomes_a_part_of_a_filter(installation: Installation) {
    let (slapd, muster) = start(installation, 0);
    let administrator = Caller::administrator(&muster);
    let mut settings = settings(&slapd);
    settings.connection.urls = vec![format!("{}/dc=example??sub?(uid=*)", slapd.url())];
    settings.schema.external_id_attribute = "entryUUID=*)(cn".to_owned();
    settings.users.filter = "(uid=*))(|(objectClass=*)".to_owned();
    settings.users.username_attribute = "*)(uid".to_owned();
    settings.users.search_attributes = vec!["uid".to_owned(), "cn=*)(|(cn".to_owned(), "\0".to_owned()];
    settings.users.mapping[0].attribute = ")(".to_owned();
    let refused = administrator.refusal(&SaveDirectory { draft: added(settings, Some(BIND_PASSWORD)) });
    let expected = [
        "url-0: url",
        "external-id-attribute: attribute",
        "user-filter: filter",
        "username-attribute: attribute",
        "search-attribute-1: attribute",
        "search-attribute-2: attribute",
        "mapping-attribute-0: attribute",
    ];
    assert_eq!(problems(refused), expected);
}
