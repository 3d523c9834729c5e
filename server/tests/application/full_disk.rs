//! A disk that becomes full in the middle of something, and that has room again later.
//!
//! For SQLite the kernel keeps the server's files from growing (RLIMIT_FSIZE): every write beyond fails as it does on a
//! full disk or over a quota, on any machine and for any user. The limit can be lifted while the server runs.
//! PostgreSQL runs on a small disk of the testkit.

use crate::caller::{Caller, PASSWORD, error, form};
use crate::import::commit;
use crate::importing::{apply, imported, plan, replanned, try_plan};
use crate::muster::{Installation, Muster};
use crate::openldap::{self, external_ids};
use crate::standstill::{goes_on, stands_still};
use app::api::job::CountOutcomes;
use app::api::plan::{FetchPlan, ReplanRest};
use app::api::user::CreateUser;
use app::error::AppError;
use identity::import::{ImportRequest, Picked};
use job::JobState;
use std::collections::BTreeMap;
use std::process::Command;
use testkit::{Postgres, Slapd};

/// The people of [`Slapd::shared`].
const PEOPLE: u32 = 5_000;
/// As many as the first page of a job takes.
const PAGE: u32 = 1_000;

/// The same command, deaf to the signal that comes with a write beyond the limit and would end it.
fn deaf_to_limits(command: &Command) -> Command {
    let mut deaf = Command::new("sh");
    deaf.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => deaf.env(name, value),
            None => deaf.env_remove(name),
        };
    }
    deaf
}

/// How long a file of the server may be: bytes, or `unlimited`.
fn limit_files(muster: &Muster, limit: &str) {
    let pid = muster.pid().to_string();
    let status = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={limit}:")]).status();
    assert!(status.expect("prlimit is a part of util-linux").success(), "{limit}");
}

/// The length of the log that SQLite writes changes to; it only grows while the server runs.
fn log_length(installation: &Installation) -> u64 {
    std::fs::metadata(installation.database().with_extension("db-wal")).expect("the log is there").len()
}

#[test]
fn a_full_disk_ends_a_job_in_words_and_the_rest_is_imported_when_there_is_room() {
    let slapd = Slapd::shared();
    let installation = Installation::new().with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start_by(deaf_to_limits(&installation.command(&["serve"])));
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let everyone = ImportRequest::everything(directory_id, "*".to_owned());

    // What a page takes.
    let request = ImportRequest { picked: Picked::Only(external_ids(PAGE)), ..everyone.clone() };
    let first = plan(&administrator, request);
    let before = log_length(&installation);
    assert_eq!(apply(&administrator, &first).progress.applied, PAGE);
    let page = log_length(&installation) - before;

    // Room for more than two pages and for less than three, where four are wanted.
    let others = plan(&administrator, everyone);
    assert_eq!(others.summary.counts.create, PEOPLE - PAGE);
    limit_files(&muster, &(log_length(&installation) + page * 27 / 10).to_string());
    let failed = apply(&administrator, &others);
    assert_eq!(failed.state, JobState::Failed, "{}", muster.log());
    let reason = failed.failure.expect("a reason");
    assert!(reason.contains("disk") && reason.contains("full") && reason.contains("room"), "{reason}");
    let applied = failed.progress.applied;
    assert!((PAGE..PEOPLE - PAGE).contains(&applied), "whole pages stay, and not all of them fit: {applied}");
    let left = PEOPLE - PAGE - applied;
    let outcomes = || administrator.ask(&CountOutcomes { job_id: failed.job_id });
    assert_eq!(outcomes(), BTreeMap::from([("applied".to_owned(), applied), ("none".to_owned(), left)]));
    assert_eq!(imported(&administrator).total, PAGE + applied, "what was counted was written, and nothing else");

    // No room for anything: what only looks goes on, and what writes says why not.
    limit_files(&muster, "0");
    for path in ["/healthz", "/readyz"] {
        assert_eq!(muster.get(path, &[]).status, 200, "{path}");
    }
    let newcomer = CreateUser { form: form("newcomer", &[]) };
    for _ in 0..2 {
        assert_eq!(administrator.refusal(&newcomer), AppError::DiskFull);
    }
    let sign_in = muster.sign_in("admin", PASSWORD);
    assert_eq!((sign_in.status, &sign_in.json()["error"]), (507, &serde_json::json!("disk_full")), "{}", sign_in.body);
    assert_eq!(imported(&administrator).total, PAGE + applied);

    // Room again, for the server as it is.
    limit_files(&muster, "unlimited");
    administrator.ask(&newcomer);
    let plan_id = replanned(&administrator, &ReplanRest { job_id: failed.job_id }).plan_id;
    let rest = administrator.ask(&FetchPlan { plan_id });
    assert_eq!((rest.summary.counts.create, rest.summary.counts.rows()), (left, left));
    let finished = apply(&administrator, &rest);
    assert_eq!((finished.state, finished.progress.applied), (JobState::Finished, left));
    assert_eq!(imported(&administrator).total, PEOPLE);
}

#[test]
fn a_full_disk_of_postgresql_ends_a_job_in_words_and_the_rest_is_imported_when_there_is_room() {
    let (slapd, postgres) = (Slapd::shared(), Postgres::start_on_small_disk());
    let installation = Installation::new().with("MUSTER_DATABASE_URL", &postgres.create_database());
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let everyone = ImportRequest::everything(directory_id, "*".to_owned());
    let request = ImportRequest { picked: Picked::Only(external_ids(PAGE)), ..everyone.clone() };
    let first = plan(&administrator, request);
    let before = postgres.room();
    assert_eq!(apply(&administrator, &first).progress.applied, PAGE);
    let page = before - postgres.room();

    let others = plan(&administrator, everyone.clone());
    postgres.set_room(page * 27 / 10);
    let failed = apply(&administrator, &others);
    assert_eq!(failed.state, JobState::Failed, "{}", muster.log());
    let reason = failed.failure.expect("a reason");
    assert!(reason.contains("disk") && reason.contains("full") && reason.contains("room"), "{reason}");
    let applied = failed.progress.applied;
    assert!((PAGE..PEOPLE - PAGE).contains(&applied), "whole pages stay, and not all of them fit: {applied}");
    assert_eq!(imported(&administrator).total, PAGE + applied, "what was counted was written, and nothing else");

    // What only looks goes on. What writes may find a place in what is there, and says why not when there is none.
    postgres.set_room(0);
    for path in ["/healthz", "/readyz"] {
        assert_eq!(muster.get(path, &[]).status, 200, "{path}");
    }
    let newcomer = |number: u32| CreateUser { form: form(&format!("newcomer{number}"), &[]) };
    let refused = (0..1_000).map(|number| administrator.call(&newcomer(number))).find(|answer| answer.status != 200);
    assert_eq!(error(&refused.expect("there is no end of room")), AppError::DiskFull);
    assert_eq!(try_plan(&administrator, everyone).expect_err("there is no room"), AppError::DiskFull);

    postgres.set_room(i64::MAX as u64);
    administrator.ask(&newcomer(1_000));
    let plan_id = replanned(&administrator, &ReplanRest { job_id: failed.job_id }).plan_id;
    let finished = apply(&administrator, &administrator.ask(&FetchPlan { plan_id }));
    assert_eq!((finished.state, finished.progress.applied), (JobState::Finished, PEOPLE - PAGE - applied));
    assert_eq!(imported(&administrator).total, PEOPLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_without_room_even_for_its_end_says_why_and_goes_on_when_there_is_room() {
    let installation = Installation::new().with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start_by(deaf_to_limits(&installation.command(&["serve"])));
    let administrator = Caller::administrator(&muster);
    let store = installation.store().await;
    limit_files(&muster, "0");
    let job_id = commit(&store, "p", 50).await;
    stands_still(&muster, &administrator, job_id);
    limit_files(&muster, "unlimited");
    goes_on(&muster, &administrator, job_id, 50);
}
