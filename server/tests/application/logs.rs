//! What the log says at its default level, to a program that reads it: JSON, and nothing about people.

use crate::caller::{Caller, PASSWORD, form, problems};
use crate::importing::{apply, commit, plan, search, try_plan, wait};
use crate::muster::{Installation, on_both_databases};
use crate::openldap::{self, added, edited, external_ids, settings};
use crate::standstill::eventually;
use app::api::directory::{FetchDirectory, SaveDirectory, TestDirectory};
use app::api::job::CountOutcomes;
use app::api::plan::CommitAnswer;
use app::api::user::CreateUser;
use app::error::AppError;
use identity::cause::Cause;
use identity::import::{ImportRequest, Picked};
use identity::role::RoleCode;
use plan::Selection;
use std::collections::BTreeSet;
use store::plans::Committed;
use store::users::Written;
use testkit::slapd::BIND_PASSWORD;
use testkit::{People, Slapd};

on_both_databases! {
    the_log_is_json_and_speaks_of_nobody,
}

/// More than a page of a job.
const PEOPLE: u32 = 1_200;
/// Passwords that are typed somewhere, and open nothing.
const WRONG: [&str; 2] = ["correct-horse-7", "battery-staple-8"];
/// A name that is typed on the sign-in page, and one that is looked for.
const TYPED: [&str; 2] = ["mallory-0815", "nadeshiko-4711"];

/// Every line is an object of JSON with its level.
pub fn check_lines(log: &str) {
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let level = line["level"].as_str().unwrap_or_default();
        assert!(["INFO", "WARN", "ERROR"].contains(&level) && line["message"].is_string(), "{line}");
    }
}

/// Nor does any of them hold what belongs to a person.
fn check(log: &str, people: u32, secrets: &[&str]) {
    check_lines(log);
    // Addresses of people, and what DNs are made of.
    for mark in ["@", "uid=", "cn=", "ou=", "dc="] {
        assert!(!log.to_lowercase().contains(mark), "{mark}: {log}");
    }
    for secret in secrets {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    // A first name alone may be a part of another word.
    let words: BTreeSet<&str> = log.split(|character: char| !character.is_alphanumeric()).collect();
    for person in People::new(people).iter() {
        for text in [&person.cn, &person.display_name, &person.telephone_number, &person.mobile, &person.entry_uuid] {
            assert!(!log.contains(text.as_str()), "{text}: {log}");
        }
        for word in [&person.uid, &person.given_name, &person.sn] {
            assert!(!words.contains(word.as_str()), "{word}: {log}");
        }
    }
}

#[tokio::main]
async fn the_log_is_json_and_speaks_of_nobody(installation: Installation) {
    let slapd = Slapd::shared();
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).with("MUSTER_LOG_FORMAT", "json");
    let muster = installation.start();
    for (username, password) in [("admin", WRONG[0]), (TYPED[0], WRONG[1]), (WRONG[0], PASSWORD)] {
        assert_eq!(muster.sign_in(username, password).status, 401);
    }
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let of = |people| ImportRequest {
        picked: Picked::Only(external_ids(people)),
        ..ImportRequest::everything(directory_id, "*".to_owned())
    };

    // An import.
    assert_eq!(apply(&administrator, &plan(&administrator, of(PEOPLE))).progress.applied, PEOPLE);
    assert_eq!(search(&administrator, directory_id, TYPED[1]), Ok(vec![]));
    let people: Vec<_> = People::new(PEOPLE + 4).iter().collect();

    // Names that are taken: by hand, between plan and commit, and between commit and job.
    let taken = CreateUser { form: form(&people[0].uid, &[]) };
    assert_eq!(problems(administrator.refusal(&taken)), ["username: taken"]);
    let stale = plan(&administrator, of(PEOPLE + 2));
    administrator.ask(&CreateUser { form: form(&people[PEOPLE as usize].uid, &[]) });
    assert_eq!(administrator.ask(&commit(&stale)), CommitAnswer::Stale(1));
    let fresh = plan(&administrator, of(PEOPLE + 4));
    let first = muster.log();
    muster.terminate();
    let store = installation.store().await;
    let author = store.find_credentials("admin").await.expect("answers").expect("the first").user_id;
    let committed = store.commit_plan(fresh.plan_id, &Selection::default(), author, 1).await.expect("answers");
    let Committed::Queued(job_id) = committed else { panic!("{committed:?}") };
    let fields = form(&people[PEOPLE as usize + 2].uid, &[]).fields;
    let written = store.create_user(&fields, &BTreeSet::new(), author, 1).await.expect("answers");
    assert!(matches!(written, Written::Applied(_)), "{written:?}");
    store.close().await;
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let job = wait(&administrator, job_id);
    let outcomes = administrator.ask(&CountOutcomes { job_id });
    assert_eq!((job.progress.applied, outcomes.values().sum()), (2, 3), "{outcomes:?}");

    // A directory that refuses the password, and a colleague with a one-time one.
    let stored = administrator.ask(&FetchDirectory { directory_id });
    let mut refusing = settings(&slapd);
    refusing.name = "Refusing".to_owned();
    let refusing = administrator.ask(&SaveDirectory { draft: added(refusing, Some(WRONG[1])) });
    let wrong = AppError::Directory { cause: Cause::InvalidCredentials { detail: None } };
    assert_eq!(search(&administrator, refusing, &people[1].mail), Err(wrong.clone()));
    let everybody = ImportRequest::everything(refusing, people[1].uid.clone());
    assert_eq!(try_plan(&administrator, everybody).expect_err("refused"), wrong);
    administrator.call(&TestDirectory { draft: edited(&stored, stored.settings.clone(), Some(WRONG[0])) });
    let colleague = administrator.colleague(TYPED[1], &[RoleCode::USER_MANAGER]);
    assert_eq!(apply(&colleague, &plan(&colleague, of(PEOPLE + 5))).progress.applied, 1);
    // Pages that show all of that.
    for path in ["/users?q=user0000001", "/directories", "/import", "/jobs", "/users/1"] {
        assert_eq!(administrator.get(path, &[("Accept", "text/html")]).status, 200, "{path}");
    }

    let wanted = ["a sign-in failed", "a directory could not be used", "job let go", "signed in"];
    let log = || first.clone() + &muster.log();
    let log = eventually(log, |log| wanted.iter().all(|message| log.contains(message)));
    let secrets = [&WRONG[..], &TYPED[..], &[PASSWORD, BIND_PASSWORD]].concat();
    check(&log, PEOPLE + 5, &secrets);
}
