//! Directories that are set up, tested and searched, with a real OpenLDAP behind them.

use crate::caller::{Caller, PASSWORD, problems};
use crate::importing;
use crate::muster::{Installation, Muster, on_both_databases};
use crate::openldap::{self, added, edited, settings};
use app::api::directory::{
    DirectoryDraft, FetchDirectory, ListDirectories, ListDirectoryNames, SaveDirectory, TestDirectory, TestLine,
};
use app::api::plan::FetchPlan;
use app::api::search::{FetchEntry, SearchDirectory};
use app::api::user::ListOrigins;
use app::error::{AppError, What};
use identity::cause::Cause;
use identity::directory::{DirectorySettings, Security, StepKind};
use identity::external_id::ExternalId;
use identity::id::{DirectoryId, PlanId};
use identity::import::ImportRequest;
use testkit::certificates::Certificate;
use testkit::slapd::{BIND_DN, BIND_PASSWORD, ROOT_DN, ROOT_PASSWORD};
use testkit::{Hostile, Slapd};

on_both_databases! {
    a_password_goes_in_and_never_comes_out,
    another_secret_key_is_told_with_what_helps,
    a_stored_password_is_not_sent_elsewhere,
    no_password_and_a_wrong_one_are_told_apart,
    a_directory_that_is_down_is_unreachable,
    a_directory_whose_time_stands_still_is_not_waited_for,
    a_result_that_was_cut_short_makes_no_plan,
    what_is_wrong_with_a_certificate_is_told,
    a_code_is_one_directorys_and_stands_in_the_list_of_users,
}

fn start(installation: Installation) -> Muster {
    installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start()
}

/// Why a directory cannot be used: the same for a search, for one entry and for a plan, which leaves nothing behind.
fn cause(caller: &Caller<'_>, directory_id: DirectoryId) -> Cause {
    let error = importing::search(caller, directory_id, "*").expect_err("no search can succeed");
    let external_id = ExternalId::from_text("any").expect("an id");
    assert_eq!(caller.refusal(&FetchEntry { directory_id, external_id }), error);
    let request = ImportRequest::everything(directory_id, "*".to_owned());
    assert_eq!(importing::try_plan(caller, request).expect_err("no plan can be made"), error);
    assert_eq!(caller.refusal(&FetchPlan { plan_id: PlanId(1) }), AppError::not_found(What::Plan));
    match error {
        AppError::Directory { cause } => cause,
        other => panic!("another error: {other:?}"),
    }
}

/// The step at which a test of a directory ends, and why.
fn failed_step(caller: &Caller<'_>, draft: DirectoryDraft) -> (StepKind, Cause) {
    let mut lines: Vec<TestLine> = caller.lines(&TestDirectory { draft });
    assert_eq!(lines.pop(), Some(TestLine::Failed));
    match lines.pop() {
        Some(TestLine::Step { step }) => (step.kind, step.result.expect_err("the last step failed")),
        other => panic!("no step: {other:?}"),
    }
}

fn a_password_goes_in_and_never_comes_out(installation: Installation) {
    let slapd = Slapd::start(3);
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let stored = administrator.ask(&FetchDirectory { directory_id });
    assert!(stored.has_password);
    let everybody = || SearchDirectory { directory_id, query: "*".to_owned() };
    let tested = administrator.call(&TestDirectory { draft: edited(&stored, stored.settings.clone(), None) });
    assert!(tested.body.contains("\"line\":\"passed\""), "the stored password is used: {}", tested.body);
    let wrong = "a password that is wrong";
    let answers = [
        tested,
        administrator.call(&everybody()),
        administrator.call(&FetchDirectory { directory_id }),
        administrator.call(&ListDirectories {}),
        administrator.call(&ListDirectoryNames {}),
        administrator.call(&ListOrigins {}),
        administrator.call(&TestDirectory { draft: edited(&stored, stored.settings.clone(), Some(wrong)) }),
        administrator.call(&SaveDirectory { draft: edited(&stored, stored.settings.clone(), Some(wrong)) }),
        administrator.call(&everybody()),
    ];
    for answer in &answers {
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(!answer.body.contains(BIND_PASSWORD) && !answer.body.contains(wrong), "{}", answer.body);
    }
    let log = muster.log();
    assert!(!log.contains(BIND_PASSWORD) && !log.contains(wrong), "{log}");

    let stored = installation.stored();
    assert!(stored.contains(BIND_DN), "what is not secret can be found in the rows");
    for secret in [BIND_PASSWORD, wrong] {
        // Both databases print bytes in hexadecimal.
        let bytes: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        assert!(!stored.contains(secret) && !stored.to_lowercase().contains(&bytes));
    }
    if !installation.is_on_postgres() {
        // Nor is it in what the rows were before.
        let database = installation.database();
        let files = [database.with_extension("db-wal"), database].map(|path| std::fs::read(path).expect("it is there"));
        let holds = |text: &str| files.iter().any(|file| file.windows(text.len()).any(|part| part == text.as_bytes()));
        assert!(holds(BIND_DN));
        assert!(!holds(BIND_PASSWORD) && !holds(wrong));
    }
}

fn another_secret_key_is_told_with_what_helps(installation: Installation) {
    let slapd = Slapd::start(3);
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let first = installation.start();
    let directory_id = openldap::save(&Caller::administrator(&first), &slapd);
    assert!(!first.log().contains("another key"), "{}", first.log());
    first.terminate();
    // As when a database is restored without what stood beside it.
    std::fs::remove_file(installation.database().with_file_name("secret.key")).expect("it is there");
    let muster = installation.start();
    assert!(muster.log().contains("encrypted with another key"), "{}", muster.log());
    let administrator = Caller::administrator(&muster);
    let sealed = AppError::Directory { cause: Cause::PasswordSealed };
    let everybody = SearchDirectory { directory_id, query: "*".to_owned() };
    assert_eq!(administrator.refusal(&everybody), sealed);
    let stored = administrator.ask(&FetchDirectory { directory_id });
    let test = TestDirectory { draft: edited(&stored, stored.settings.clone(), None) };
    assert_eq!(administrator.refusal(&test), sealed);
    // The first remedy; the settings themselves can be saved as they are.
    administrator.ask(&SaveDirectory { draft: edited(&stored, stored.settings.clone(), Some(BIND_PASSWORD)) });
    assert_eq!(importing::search(&administrator, directory_id, "*").expect("found").len(), 3);
}

fn a_stored_password_is_not_sent_elsewhere(installation: Installation) {
    let (slapd, peer) = (Slapd::start(3), Hostile::after_bind(|_, _| Ok(())));
    let muster = start(installation);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let stored = administrator.ask(&FetchDirectory { directory_id });
    let [mut elsewhere, mut also_elsewhere, mut otherwise, mut somebody_else] = [(); 4].map(|()| settings(&slapd));
    elsewhere.connection.urls = vec![peer.url()];
    also_elsewhere.connection.urls.push(peer.url());
    otherwise.connection.security = Security::StartTls;
    somebody_else.connection.bind_dn = ROOT_DN.to_owned();
    for changed in [elsewhere, also_elsewhere, otherwise, somebody_else.clone()] {
        for password in [None, Some("")] {
            let draft = edited(&stored, changed.clone(), password);
            let [saved, tested] = [
                administrator.refusal(&SaveDirectory { draft: draft.clone() }),
                administrator.refusal(&TestDirectory { draft }),
            ];
            assert_eq!(problems(saved), ["password: needed_again"]);
            assert_eq!(problems(tested), ["password: needed_again"]);
        }
    }
    assert_eq!(peer.connections(), 0);
    assert_eq!(administrator.ask(&FetchDirectory { directory_id }), stored, "nothing was written");

    administrator.ask(&SaveDirectory { draft: edited(&stored, somebody_else, Some(ROOT_PASSWORD)) });
    assert_eq!(importing::search(&administrator, directory_id, "*").expect("found").len(), 3);
}

fn no_password_and_a_wrong_one_are_told_apart(installation: Installation) {
    let slapd = Slapd::start(3);
    let muster = start(installation);
    let administrator = Caller::administrator(&muster);
    for password in [None, Some("")] {
        let draft = added(settings(&slapd), password);
        assert_eq!(problems(administrator.refusal(&SaveDirectory { draft: draft.clone() })), ["password: missing"]);
        assert_eq!(problems(administrator.refusal(&TestDirectory { draft })), ["password: missing"]);
    }
    let draft = added(settings(&slapd), Some("wrong"));
    let wrong = Cause::InvalidCredentials { detail: None };
    assert_eq!(failed_step(&administrator, draft.clone()), (StepKind::Bind, wrong.clone()));
    let directory_id = administrator.ask(&SaveDirectory { draft });
    assert_eq!(cause(&administrator, directory_id), wrong);
}

fn a_directory_that_is_down_is_unreachable(installation: Installation) {
    let mut slapd = Slapd::start(3);
    let muster = start(installation);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    slapd.kill();
    assert_eq!(cause(&administrator, directory_id), Cause::Unreachable);
    let stored = administrator.ask(&FetchDirectory { directory_id });
    let draft = edited(&stored, stored.settings.clone(), None);
    assert_eq!(failed_step(&administrator, draft), (StepKind::Tcp, Cause::Unreachable));
}

fn a_directory_whose_time_stands_still_is_not_waited_for(installation: Installation) {
    let slapd = Slapd::start(3);
    let muster = start(installation);
    let administrator = Caller::administrator(&muster);
    let mut settings = settings(&slapd);
    settings.connection.operation_timeout = 1;
    let draft = added(settings, Some(BIND_PASSWORD));
    let directory_id = administrator.ask(&SaveDirectory { draft: draft.clone() });
    let timed_out = Cause::TimedOut { seconds: 1 };
    slapd.pause();
    assert_eq!(cause(&administrator, directory_id), timed_out);
    assert_eq!(failed_step(&administrator, draft), (StepKind::Bind, timed_out));
    assert_eq!(muster.get("/healthz", &[]).status, 200);
    slapd.resume();
    assert_eq!(importing::search(&administrator, directory_id, "*").expect("found").len(), 3);
}

fn a_result_that_was_cut_short_makes_no_plan(installation: Installation) {
    let slapd = Slapd::builder(800).limits("size.soft=500 size.hard=500 size.prtotal=hard").start();
    let muster = start(installation);
    let administrator = Caller::administrator(&muster);
    let mut settings = settings(&slapd);
    settings.schema.page_size = 200;
    let directory_id = administrator.ask(&SaveDirectory { draft: added(settings, Some(BIND_PASSWORD)) });
    let cut = AppError::Directory { cause: Cause::SizeLimit { received: 500 } };
    assert_eq!(importing::search(&administrator, directory_id, "*"), Err(cut.clone()));
    let request = ImportRequest::everything(directory_id, "*".to_owned());
    assert_eq!(importing::try_plan(&administrator, request), Err(cut));
    assert_eq!(administrator.refusal(&FetchPlan { plan_id: PlanId(1) }), AppError::not_found(What::Plan));
}

fn a_code_is_one_directorys_and_stands_in_the_list_of_users(installation: Installation) {
    let slapd = Slapd::start(1);
    let muster = start(installation);
    let administrator = Caller::administrator(&muster);
    let draft = |name: &str, code: &str| {
        let settings = DirectorySettings { name: name.to_owned(), code: code.to_owned(), ..settings(&slapd) };
        added(settings, Some(BIND_PASSWORD))
    };
    let refused = |name, code| problems(administrator.refusal(&SaveDirectory { draft: draft(name, code) }));
    assert_eq!(refused("Human resources", "hr"), ["code: short_code"]);
    let directory_id = administrator.ask(&SaveDirectory { draft: draft("Human resources", " HR ") });
    assert_eq!(refused("Hungary", "HR"), ["code: code_taken"]);
    assert_eq!(refused("Human resources", "HR"), ["name: taken"]);
    administrator.ask(&SaveDirectory { draft: draft("Guests", "") });

    let planned = importing::plan(&administrator, ImportRequest::everything(directory_id, "*".to_owned()));
    importing::apply(&administrator, &planned);
    let code = || importing::imported(&administrator).items[0].directory_code.clone();
    assert_eq!(code().as_deref(), Some("HR"));
    // It can be changed, and given up.
    for (version, now) in [(1, "STAFF"), (2, "")] {
        let DirectoryDraft { settings, password, .. } = draft("Human resources", now);
        let directory_id = Some(directory_id);
        administrator.ask(&SaveDirectory { draft: DirectoryDraft { directory_id, version, settings, password } });
        assert_eq!(code().unwrap_or_default(), now);
    }
}

fn what_is_wrong_with_a_certificate_is_told(installation: Installation) {
    let muster = start(installation);
    let administrator = Caller::administrator(&muster);
    for (certificate, authority_is_known, expected) in [
        (Certificate::SelfSigned, true, Cause::CertificateSelfSigned),
        (Certificate::Expired, true, Cause::CertificateExpired),
        (Certificate::WrongName, true, Cause::CertificateWrongName),
        (Certificate::Valid, false, Cause::CertificateUnknownIssuer),
    ] {
        let slapd = Slapd::builder(0).certificate(certificate).start();
        for (security, url) in [(Security::StartTls, slapd.url()), (Security::Ldaps, slapd.ldaps_url())] {
            let mut settings = settings(&slapd);
            settings.name = format!("{certificate:?} {security:?}");
            settings.connection.urls = vec![url];
            settings.connection.security = security;
            settings.connection.ca_pem = authority_is_known.then(|| slapd.ca_pem().to_owned());
            let draft = added(settings, Some(BIND_PASSWORD));
            assert_eq!(failed_step(&administrator, draft.clone()), (StepKind::Tls, expected.clone()));
            let directory_id = administrator.ask(&SaveDirectory { draft });
            assert_eq!(cause(&administrator, directory_id), expected, "{security:?}");
        }
    }
}
