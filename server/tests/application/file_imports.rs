//! Files over HTTP alone: records go up in chunks, are planned from the server's own users, and join the way of every
//! other plan.

use crate::caller::{Caller, PASSWORD, form};
use crate::importing::{apply, commit, jobs, queued, replanned, wait};
use crate::muster::{Installation, on_both_databases};
use app::api::file::{BeginUpload, FilePolicy, FileSnapshot, PlanUpload, SnapshotKeys, UploadChunk};
use app::api::import::PlanningLine;
use app::api::plan::{CommitAnswer, CommitPlan, FetchPlan, ListPlanRows, PlanRowQuery, PlanView, Replan, Replanned};
use app::api::user::{CreateUser, EditUser, FetchUser, ListUsers, UserForm, UserListQuery};
use app::error::{AppError, Conflict, What};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use identity::assignment::Assignment;
use identity::field::{Field, Patch};
use identity::id::{UploadId, UserId};
use identity::import::{FileOptions, FileRequest};
use identity::role::RoleCode;
use identity::user::{FieldPatch, UserFields};
use job::JobState;
use plan::packed::pack;
use plan::sheet::SheetKind;
use plan::{Issue, Plan, PlanInput, Record, Selection, Snapshot};
use serde::Serialize;
use std::collections::BTreeSet;

on_both_databases! {
    records_in_chunks_become_users,
    a_chunk_that_is_sent_again_counts_once,
    what_is_no_chunk_is_refused,
    the_plan_of_the_browser_is_the_plan_of_the_server,
    nobody_gives_through_a_file_what_they_may_not_give,
    nobody_takes_an_administrator_over_through_a_file,
    nobody_commits_more_than_they_may_do_whoever_planned_it,
    a_plan_that_went_stale_is_made_again_from_what_was_sent,
}

fn record(line: u32, username: &str, email: &str) -> Record {
    let fields = FieldPatch {
        username: Some(username.to_owned()),
        email: Patch::Set(email.to_owned()),
        ..FieldPatch::default()
    };
    Record { line: Some(line), fields, ..Record::default() }
}

/// Invented people, from one line of a file to another.
pub fn people(lines: std::ops::Range<u32>) -> Vec<Record> {
    lines.map(|line| record(line, &format!("person{line}"), &format!("p{line}@example.org"))).collect()
}

/// Records of users on their way up.
pub fn chunk(upload_id: UploadId, chunk: u32, records: &[Record]) -> UploadChunk {
    chunk_of(SheetKind::Users, upload_id, chunk, records)
}

/// Records of any kind on their way up.
pub fn chunk_of<R: Serialize>(kind: SheetKind, upload_id: UploadId, chunk: u32, records: &[R]) -> UploadChunk {
    UploadChunk { upload_id, chunk, kind, packed: STANDARD.encode(pack(records)) }
}

/// To plan what went up.
pub fn request(upload_id: UploadId) -> FileRequest {
    FileRequest { upload_id, name: "hr.csv".to_owned(), options: FileOptions::default(), lines: None }
}

/// Plans what was sent; the last line of the answer.
pub fn planned(caller: &Caller<'_>, request: FileRequest, chunks: u32) -> PlanView {
    let lines: Vec<PlanningLine> = caller.lines(&PlanUpload { request, chunks });
    match lines.last() {
        Some(PlanningLine::Planned { plan_id, .. }) => caller.ask(&FetchPlan { plan_id: *plan_id }),
        other => panic!("{other:?}"),
    }
}

/// Sends records up in one chunk and plans them.
pub fn plan_of(caller: &Caller<'_>, records: &[Record]) -> PlanView {
    let upload_id = caller.ask(&BeginUpload {});
    assert_eq!(caller.ask(&chunk(upload_id, 0, records)), 1);
    planned(caller, request(upload_id), 1)
}

fn records_in_chunks_become_users(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let upload_id = administrator.ask(&BeginUpload {});
    assert_eq!(administrator.ask(&chunk(upload_id, 0, &people(2..1502))), 1);
    assert_eq!(administrator.ask(&chunk(upload_id, 1, &people(1502..2002))), 2);
    let plan = planned(&administrator, request(upload_id), 2);
    assert_eq!((plan.summary.counts.create, plan.summary.counts.rows()), (2000, 2000));
    assert_eq!((plan.directory_id, plan.source_name.as_str()), (None, "hr.csv"));
    assert_eq!(jobs(&administrator), 0, "planning writes no user");
    let job = apply(&administrator, &plan);
    assert_eq!((job.state, job.progress.applied), (JobState::Finished, 2000));
    let again = plan_of(&administrator, &people(2..2002));
    assert_eq!((again.summary.counts.unchanged, again.summary.counts.changes()), (2000, 0));
}

fn a_chunk_that_is_sent_again_counts_once(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let upload_id = administrator.ask(&BeginUpload {});
    for _ in 0..3 {
        assert_eq!(administrator.ask(&chunk(upload_id, 0, &people(2..12))), 1, "its answer may have been lost");
    }
    assert_eq!(administrator.ask(&chunk(upload_id, 5, &people(12..22))), 1, "one that is ahead is not kept");
    assert_eq!(administrator.ask(&chunk(upload_id, 1, &people(12..22))), 2);
    assert_eq!(planned(&administrator, request(upload_id), 2).summary.counts.create, 20);
    let few = PlanUpload { request: request(upload_id), chunks: 3 };
    assert_eq!(administrator.refusal(&few), AppError::not_found(What::Upload), "not before all of it is there");
}

fn what_is_no_chunk_is_refused(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let upload_id = administrator.ask(&BeginUpload {});
    for packed in ["", "not base64", "AAAA", &STANDARD.encode(b"[]")] {
        let (kind, packed) = (SheetKind::Users, packed.to_owned());
        let refused = administrator.refusal(&UploadChunk { upload_id, chunk: 0, kind, packed: packed.clone() });
        assert!(matches!(refused, AppError::Invalid { .. }), "{packed}: {refused:?}");
    }
    let theirs = chunk(upload_id, 0, &people(2..3));
    assert_eq!(manager.refusal(&theirs), AppError::not_found(What::Upload), "it is nobody else's");
    let unknown = chunk(UploadId(99), 0, &people(2..3));
    assert_eq!(administrator.refusal(&unknown), AppError::not_found(What::Upload));
    let nothing = PlanUpload { request: request(upload_id), chunks: 0 };
    assert_eq!(administrator.refusal(&nothing), AppError::not_found(What::Upload));
    let many = SnapshotKeys { usernames: vec!["x".to_owned(); 10_001], ..SnapshotKeys::default() };
    assert!(matches!(administrator.refusal(&FileSnapshot { keys: many }), AppError::Invalid { .. }));
}

fn the_plan_of_the_browser_is_the_plan_of_the_server(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    administrator.ask(&CreateUser { form: form("person3", &[]) });
    administrator.ask(&CreateUser { form: form("Person7", &[RoleCode::AUDITOR]) });
    let mut records = people(2..12);
    records[3].roles = Patch::Set(vec![RoleCode::AUDITOR.to_owned()]);
    records[5].roles = Patch::Clear;
    records[8].old_username = Some("person3".to_owned());
    let policy = administrator.ask(&FilePolicy { options: FileOptions::default() });
    let keys = SnapshotKeys {
        usernames: records.iter().filter_map(|record| record.fields.username.clone()).collect(),
        emails: (2..12).map(|line| format!("p{line}@example.org")).collect(),
        fields: BTreeSet::from([Field::Email]),
    };
    let users = administrator.ask(&FileSnapshot { keys });
    assert_eq!(users.len(), 2);
    let Plan { summary, .. } =
        plan::plan(PlanInput { records: &records, snapshot: &Snapshot { users }, policy: &policy });
    let plan = plan_of(&administrator, &records);
    assert_eq!(plan.summary, summary);
}

fn nobody_gives_through_a_file_what_they_may_not_give(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let mut records = people(2..4);
    records[0].roles = Patch::Set(vec![RoleCode::ADMINISTRATOR.to_owned()]);
    // What a browser says of the policy counts for nothing: the server makes its own.
    let plan = plan_of(&manager, &records);
    assert_eq!((plan.summary.counts.blocked, plan.summary.counts.create), (1, 1));
    let options = FileOptions {
        roles: BTreeSet::from([Assignment::parse(RoleCode::ADMINISTRATOR).expect("a code")]),
        roles_to_existing: false,
    };
    let refused = manager.refusal(&FilePolicy { options });
    assert!(matches!(refused, AppError::MayNotGrant { .. }), "{refused:?}");
    // The administrator may, and is asked for the number.
    let plan = plan_of(&administrator, &records);
    let answer = administrator.ask(&commit(&plan));
    assert!(matches!(answer, CommitAnswer::Guarded { users: 1, .. }), "{answer:?}");
}

fn nobody_takes_an_administrator_over_through_a_file(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let user_id: UserId = administrator.ask(&CreateUser { form: form("second", &[RoleCode::ADMINISTRATOR]) });
    let before = administrator.ask(&FetchUser { user_id });
    let records = [record(2, "second", "mallory@example.org"), record(3, "manager", "m@example.org")];
    let plan = plan_of(&manager, &records);
    assert_eq!((plan.summary.counts.blocked, plan.summary.counts.update), (1, 1));
    let rows = PlanRowQuery { limit: 2, ..PlanRowQuery::default() };
    let rows = manager.ask(&ListPlanRows { plan_id: plan.plan_id, query: rows }).items;
    let role = RoleCode::parse(RoleCode::ADMINISTRATOR).expect("a code");
    assert_eq!(rows[0].row.issues, [Issue::BeyondAuthor { role }]);
    assert_eq!(apply(&manager, &plan).progress.applied, 1);
    assert_eq!(administrator.ask(&FetchUser { user_id }), before);
    // What lets nobody in is the manager's to change.
    let mut phone = record(2, "second", "");
    (phone.fields.email, phone.fields.phone) = (Patch::Keep, Patch::Set("7".to_owned()));
    assert_eq!(apply(&manager, &plan_of(&manager, &[phone])).progress.applied, 1);
    assert_eq!(apply(&administrator, &plan_of(&administrator, &records)).progress.applied, 1);
}

fn nobody_commits_more_than_they_may_do_whoever_planned_it(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let second = administrator.colleague("second", &[RoleCode::ADMINISTRATOR]);
    let mut records = vec![record(2, "manager", "m@example.org"), record(3, "second", "s@example.org")];
    records[0].roles = Patch::Set(vec![RoleCode::ADMINISTRATOR.to_owned()]);
    records.extend(people(4..6));
    let plan = plan_of(&second, &records);
    assert_eq!((plan.summary.counts.update, plan.summary.counts.create), (2, 2));
    let beyond = AppError::Conflict { conflict: Conflict::BeyondRights };
    let picking = |rows: &[u32]| {
        let mut selection = Selection::none();
        rows.iter().for_each(|row| selection.pick_row(*row));
        CommitPlan { selection, confirmed: Some(1), ..commit(&plan) }
    };
    assert_eq!(manager.refusal(&picking(&[0, 2])), beyond, "a role that they lack");
    assert_eq!(manager.refusal(&picking(&[1, 2])), beyond, "the address of somebody who may do more");
    // Whoever planned it may do less by now.
    let of_second = UserListQuery { text: "second".to_owned(), ..UserListQuery::default() };
    let line = administrator.ask(&ListUsers { query: of_second, offset: 0 }).items.remove(0);
    let before = administrator.ask(&FetchUser { user_id: line.user_id }).user;
    let roles = BTreeSet::from([Assignment::parse(RoleCode::USER_MANAGER).expect("a code")]);
    let form = UserForm { fields: before.fields, roles, groups: None };
    administrator.ask(&EditUser { user_id: line.user_id, version: before.version, form });
    assert_eq!(second.refusal(&picking(&[0])), beyond);
    assert_eq!(jobs(&administrator), 0, "nothing was written");
    // Planned again by the manager, the rows say so; what is not beyond them is theirs to commit.
    let again = replanned(&manager, &Replan { plan_id: plan.plan_id, selection: Selection::default() });
    let made = manager.ask(&FetchPlan { plan_id: again.plan_id });
    assert_eq!((made.summary.counts.blocked, made.summary.counts.changes()), (1, 3), "second is none any more");
    let job = wait(&manager, queued(manager.ask(&picking(&[2, 3]))));
    assert_eq!((job.state, job.progress.applied), (JobState::Finished, 2));
}

fn a_plan_that_went_stale_is_made_again_from_what_was_sent(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let user_id: UserId = administrator.ask(&CreateUser { form: form("person3", &[]) });
    let plan = plan_of(&administrator, &people(2..12));
    assert_eq!((plan.summary.counts.create, plan.summary.counts.update), (9, 1));
    let before = administrator.ask(&FetchUser { user_id }).user;
    let fields = UserFields { phone: Some("1".to_owned()), ..before.fields };
    let form = UserForm { fields, roles: before.roles, groups: None };
    administrator.ask(&EditUser { user_id, version: before.version, form });
    assert_eq!(administrator.ask(&commit(&plan)), CommitAnswer::Stale(1));
    let mut selection = Selection::default();
    selection.unpick_row(4);
    let again = Replan { plan_id: plan.plan_id, selection };
    let Replanned { plan_id, selection, new, missing, references: _ } = replanned(&administrator, &again);
    assert_eq!((new, missing), (0, 0));
    assert_eq!(selection.rows, BTreeSet::from([4]), "a row is found again by its number in the file");
    let made = administrator.ask(&FetchPlan { plan_id });
    let job = apply(&administrator, &made);
    assert_eq!((job.state, job.progress.applied), (JobState::Finished, 10));
    let user = administrator.ask(&FetchUser { user_id }).user;
    assert_eq!((user.fields.phone.as_deref(), user.fields.email.as_deref()), (Some("1"), Some("p3@example.org")));
}
