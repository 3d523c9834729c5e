//! A disk that becomes full in the middle of something, and that has room again later.
//!
//! For SQLite the kernel keeps the server's files from growing (RLIMIT_FSIZE): every write beyond fails as it does on a
//! full disk or over a quota, on any machine and for any user. The limit can be lifted while the server runs.
//! PostgreSQL runs on a small disk of the testkit.

use crate::caller::{Caller, PASSWORD, error, form};
use crate::exported::{csv, sheet};
use crate::file_imports::{self, chunk, people, request};
use crate::import::commit;
use crate::importing::{self, apply, imported, plan, replanned, try_plan};
use crate::logs;
use crate::muster::{Installation, Muster};
use crate::openldap::{self, external_ids};
use crate::standstill::{goes_on, stands_still};
use app::api::file::{BeginUpload, PlanUpload};
use app::api::import::PlanningLine;
use app::api::job::CountOutcomes;
use app::api::plan::{CommitPlan, FetchPlan, PlanView, Replan, ReplanRest};
use app::api::user::CreateUser;
use app::error::{AppError, What};
use identity::id::PlanId;
use identity::import::{ImportRequest, Picked};
use job::JobState;
use plan::Selection;
use std::collections::BTreeMap;
use std::process::Command;
use tabular::dialect::Overrides;
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
    is_invisible(&administrator, &others, PlanId(others.plan_id.0 + 1));

    postgres.set_room(i64::MAX as u64);
    administrator.ask(&newcomer(1_000));
    let plan_id = replanned(&administrator, &ReplanRest { job_id: failed.job_id }).plan_id;
    let finished = apply(&administrator, &administrator.ask(&FetchPlan { plan_id }));
    assert_eq!((finished.state, finished.progress.applied), (JobState::Finished, PEOPLE - PAGE - applied));
    assert_eq!(imported(&administrator).total, PEOPLE);
}

/// A plan without an end is nowhere to be seen.
fn is_invisible(caller: &Caller<'_>, whole: &PlanView, plan_id: PlanId) {
    let missing = AppError::not_found(What::Plan);
    assert_eq!(caller.refusal(&FetchPlan { plan_id }), missing);
    assert_eq!(caller.refusal(&CommitPlan { plan_id, ..importing::commit(whole) }), missing);
    assert_eq!(caller.refusal(&Replan { plan_id, selection: Selection::default() }), missing);
}

#[test]
fn a_full_disk_in_the_middle_of_planning_leaves_no_plan() {
    let slapd = Slapd::shared();
    let installation = Installation::new().with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start_by(deaf_to_limits(&installation.command(&["serve"])));
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let everyone = || ImportRequest::everything(directory_id, "*".to_owned());

    // Room for less than half of what the same plan took.
    let before = log_length(&installation);
    let whole = plan(&administrator, everyone());
    let took = log_length(&installation) - before;
    limit_files(&muster, &(log_length(&installation) + took * 4 / 10).to_string());
    assert_eq!(try_plan(&administrator, everyone()).expect_err("there is no room"), AppError::DiskFull);
    let half = PlanId(whole.plan_id.0 + 1);
    let rows = installation.count(&format!("plan_rows WHERE plan_id = {}", half.0));
    assert!((1..PEOPLE).contains(&rows), "in the middle: {rows}");
    is_invisible(&administrator, &whole, half);
    assert_eq!(administrator.ask(&FetchPlan { plan_id: whole.plan_id }), whole);

    limit_files(&muster, "unlimited");
    let again = plan(&administrator, everyone());
    assert_eq!(again.summary, whole.summary);
    is_invisible(&administrator, &whole, half);
    let job = apply(&administrator, &again);
    assert_eq!((job.state, job.progress.applied), (JobState::Finished, PEOPLE));
}

#[test]
fn a_full_disk_while_a_file_goes_up_is_told_and_the_rest_goes_up_when_there_is_room() {
    const RECORDS: u32 = 3_000;
    let installation = Installation::new().with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start_by(deaf_to_limits(&installation.command(&["serve"])));
    let administrator = Caller::administrator(&muster);
    let upload_id = administrator.ask(&BeginUpload {});
    let halves = [people(2..RECORDS / 2 + 2), people(RECORDS / 2 + 2..RECORDS + 2)];
    let [first, second] = [0, 1].map(|number| chunk(upload_id, number, &halves[number as usize]));
    assert_eq!(administrator.ask(&first), 1);

    limit_files(&muster, "0");
    for _ in 0..2 {
        assert_eq!(administrator.refusal(&second), AppError::DiskFull);
    }
    assert_eq!(administrator.refusal(&BeginUpload {}), AppError::DiskFull);
    let plan_of = |chunks| PlanUpload { request: request(upload_id), chunks };
    assert_eq!(administrator.refusal(&plan_of(2)), AppError::not_found(What::Upload), "half of it is not all of it");
    limit_files(&muster, "unlimited");
    assert_eq!(administrator.ask(&second), 2, "the other half is still there");

    // Planning it has the same end.
    let before = log_length(&installation);
    let whole = file_imports::planned(&administrator, request(upload_id), 2);
    let took = log_length(&installation) - before;
    limit_files(&muster, &(log_length(&installation) + took * 4 / 10).to_string());
    let lines: Vec<PlanningLine> = administrator.lines(&plan_of(2));
    assert_eq!(lines.last(), Some(&PlanningLine::Failed { error: AppError::DiskFull }));
    is_invisible(&administrator, &whole, PlanId(whole.plan_id.0 + 1));
    limit_files(&muster, "unlimited");
    let again = file_imports::planned(&administrator, request(upload_id), 2);
    assert_eq!(again.summary, whole.summary);
    assert_eq!(apply(&administrator, &again).progress.applied, RECORDS);
}

#[test]
fn a_full_disk_while_an_export_is_written_is_told_before_anything_is_sent() {
    const USERS: u32 = 2_000;
    let installation = Installation::new().with("MUSTER_ADMIN_PASSWORD", PASSWORD).with("MUSTER_LOG_FORMAT", "json");
    let muster = installation.start_by(deaf_to_limits(&installation.command(&["serve"])));
    let administrator = Caller::administrator(&muster);
    let upload_id = administrator.ask(&BeginUpload {});
    administrator.ask(&chunk(upload_id, 0, &people(2..USERS + 2)));
    apply(&administrator, &file_imports::planned(&administrator, request(upload_id), 1));
    let export = |format: &str, headers: &[(&str, &str)]| {
        administrator.get(&format!("/export/users?format={format}&q=person"), headers)
    };
    let whole = csv(&export("csv", &[]), &Overrides::default());
    assert_eq!(whole.len(), USERS as usize + 1);

    // Room for the beginning of a file.
    limit_files(&muster, "8192");
    for format in ["csv", "xlsx"] {
        let refused = export(format, &[]);
        assert_eq!(error(&refused), AppError::DiskFull, "{format}");
        assert_eq!(refused.header("content-disposition"), None);
        // Whoever followed a link reads it.
        let page = export(format, &[("Accept", "text/html")]);
        assert!(page.status == 507 && page.body.contains("disk") && page.body.contains("full"), "{}", page.body);
    }
    limit_files(&muster, "unlimited");
    assert_eq!(csv(&export("csv", &[]), &Overrides::default()), whole);
    assert_eq!(sheet(&export("xlsx", &[]), 0), whole);
    // Also where the writer of workbooks gave up.
    logs::check_lines(&muster.log());
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
