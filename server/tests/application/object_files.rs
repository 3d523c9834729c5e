//! Files of groups and roles over HTTP: their records go up in chunks, and a commit is applied at once and once only.

use crate::caller::{Caller, PASSWORD, problems};
use crate::file_imports::chunk_of;
use crate::muster::{Installation, on_both_databases};
use app::api::file::BeginUpload;
use app::api::group::{CreateGroup, FetchGroup, GroupForm};
use app::api::job::{
    CountUndone, FetchJob, JOB_CHANGES, JobListQuery, ListJobChanges, ListJobs, ListReport, ReportLineQuery, StopJob,
    Undone,
};
use app::api::object_file::{
    CommitGroupFile, CommitRoleFile, GroupFile, GroupSnapshot, ObjectsCommitted, ObjectsPicked, RoleFile, RoleOptions,
    RoleSnapshot, SentUp, StoredRoles,
};
use app::api::plan::{FetchPlan, ReplanRest};
use app::api::role::{CreateRole, FetchRole, RoleForm};
use app::error::{AppError, Conflict, What};
use identity::field::Patch;
use identity::id::GroupId;
use identity::role::{Permission, RoleCode};
use job::{JobKind, JobState};
use plan::Digest;
use plan::objects::Fate;
use plan::objects::group::{GroupPlan, GroupPolicy, GroupRecord, plan_groups};
use plan::objects::role::{RolePlan, RoleRecord, plan_roles};
use plan::sheet::SheetKind;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Debug;

on_both_databases! {
    a_file_of_groups_is_applied_as_it_was_seen_or_comes_back,
    a_file_of_roles_gives_nothing_beyond_its_author_and_asks_before_it_takes,
    a_commit_whose_answer_was_lost_answers_the_same_again,
    what_did_not_all_come_up_is_not_committed,
    a_file_is_a_job_among_the_others_for_those_who_may_see_them,
}

/// What every file is called.
const NAME: &str = "objects.csv";

/// How many a commit made and changed.
pub fn did<P: Debug>(committed: ObjectsCommitted<P>) -> (u32, u32) {
    match committed {
        ObjectsCommitted::Applied { job_id: _, created, updated } => (created, updated),
        other => panic!("not applied: {other:?}"),
    }
}

/// Picks all of a plan.
pub fn picked(digest: &Digest, confirmed: Option<u32>) -> ObjectsPicked {
    ObjectsPicked { digest: digest.clone(), left_out: BTreeSet::new(), confirmed }
}

/// What a browser shows before the commit.
pub fn group_plan(caller: &Caller, file: &GroupFile) -> GroupPlan {
    plan_groups(&file.records, &caller.ask(&GroupSnapshot {}), file.policy)
}

/// The same of roles.
pub fn role_plan(caller: &Caller, file: &RoleFile) -> RolePlan {
    let StoredRoles { roles, held } = caller.ask(&RoleSnapshot {});
    plan_roles(&file.records, &roles, &file.options.policy(held))
}

/// Sends records up in two chunks, so far as they go.
fn send<R: Serialize>(caller: &Caller, kind: SheetKind, records: &[R]) -> SentUp {
    let upload_id = caller.ask(&BeginUpload {});
    let (first, rest) = records.split_at(records.len().div_ceil(2));
    let mut chunks = 0;
    for records in [first, rest].into_iter().filter(|records| !records.is_empty()) {
        chunks = caller.ask(&chunk_of(kind, upload_id, chunks, records));
    }
    SentUp { upload_id, chunks }
}

/// Sends a file of groups up and commits it.
pub fn commit_groups(caller: &Caller, file: &GroupFile, picked: ObjectsPicked) -> ObjectsCommitted<GroupPlan> {
    let sent = send(caller, SheetKind::Groups, &file.records);
    caller.ask(&CommitGroupFile { sent, name: NAME.to_owned(), policy: file.policy, picked })
}

/// Sends a file of roles up and commits it.
pub fn commit_roles(caller: &Caller, file: &RoleFile, picked: ObjectsPicked) -> ObjectsCommitted<RolePlan> {
    let sent = send(caller, SheetKind::Roles, &file.records);
    caller.ask(&CommitRoleFile { sent, name: NAME.to_owned(), options: file.options, picked })
}

fn groups(names: &[&str]) -> GroupFile {
    let record = |name: &&str| GroupRecord { name: (*name).to_owned(), ..GroupRecord::default() };
    GroupFile { records: names.iter().map(record).collect(), policy: GroupPolicy::default() }
}

fn role(code: &str, permissions: &[&str]) -> RoleRecord {
    let permissions = Patch::Set(permissions.iter().map(|code| (*code).to_owned()).collect());
    RoleRecord { code: code.to_owned(), permissions, ..RoleRecord::default() }
}

fn roles(records: &[RoleRecord]) -> RoleFile {
    RoleFile { records: records.to_vec(), options: RoleOptions::default() }
}

fn a_file_of_groups_is_applied_as_it_was_seen_or_comes_back(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let manager = Caller::administrator(&muster).colleague("manager", &[RoleCode::USER_MANAGER]);
    let file = groups(&["Staff", "Sales"]);
    let seen = group_plan(&manager, &file);
    assert_eq!(seen.counts.create, 2);
    let form = GroupForm { name: "staff".to_owned(), label: String::new(), description: String::new() };
    manager.ask(&CreateGroup { form });
    let commit = |digest: &Digest, left_out: &[u32]| {
        let picked = ObjectsPicked { left_out: left_out.iter().copied().collect(), ..picked(digest, None) };
        commit_groups(&manager, &file, picked)
    };
    let ObjectsCommitted::Changed { plan } = commit(&seen.digest, &[]) else { panic!("it would do something else") };
    assert_eq!((plan.counts.create, plan.counts.unchanged), (1, 1));
    assert_eq!(commit(&plan.digest, &[1]), ObjectsCommitted::Empty);
    assert_eq!(did(commit(&plan.digest, &[])), (1, 0));
    let again = group_plan(&manager, &file);
    assert_eq!(again.counts.unchanged, 2);
}

fn a_file_of_roles_gives_nothing_beyond_its_author_and_asks_before_it_takes(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let permissions = ["muster:users.read", "muster:roles", "muster:import"].map(str::to_owned).into();
    let [code, label] = ["ROLE_GIVER", "A role"].map(str::to_owned);
    administrator.ask(&CreateRole { form: RoleForm { code, label, description: String::new(), permissions } });
    let giver = administrator.colleague("giver", &["ROLE_GIVER"]);
    let given = |code: &str| {
        let code = RoleCode::parse(code).expect("a role's code");
        let found = administrator.ask(&FetchRole { code });
        (found.version, found.line.role.permissions)
    };
    let raised = roles(&[role("ROLE_GIVER", &["muster:admin"]), role("ROLE_NEW", &["muster:import"])]);
    let plan = role_plan(&giver, &raised);
    assert_eq!((plan.counts.blocked, plan.counts.create), (1, 1));
    let committed = commit_roles(&giver, &raised, picked(&plan.digest, None));
    assert_eq!(did(committed), (1, 0));
    assert!(!given("ROLE_GIVER").1.contains("muster:admin"));

    let taken = roles(&[role("ROLE_GIVER", &[]), role(RoleCode::AUDITOR, &[]), role("ROLE_BOSS", &["muster:admin"])]);
    let plan = role_plan(&administrator, &taken);
    let sent = send(&administrator, SheetKind::Roles, &taken.records);
    let commit = |confirmed| {
        let picked = picked(&plan.digest, confirmed);
        administrator.ask(&CommitRoleFile { sent, name: NAME.to_owned(), options: taken.options, picked })
    };
    let ObjectsCommitted::Guarded { tripped } = commit(None) else { panic!("it asks") };
    assert_eq!((tripped.guards.len(), tripped.roles), (2, 3));
    assert_eq!(did(commit(Some(3))), (1, 2));
    let (version, permissions) = given(RoleCode::AUDITOR);
    assert_eq!((version, permissions.len()), (2, 0));
}

fn a_commit_whose_answer_was_lost_answers_the_same_again(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let file = groups(&["Staff", "Sales", "Press"]);
    let seen = group_plan(&administrator, &file);
    let sent = send(&administrator, SheetKind::Groups, &file.records);
    let commit =
        || CommitGroupFile { sent, name: NAME.to_owned(), policy: file.policy, picked: picked(&seen.digest, None) };
    let first = administrator.ask(&commit());
    assert_eq!(administrator.ask(&commit()), first, "by now the file changes nothing, and yet it is the same");
    assert_eq!(did(first), (3, 0));
    // Another way up of the same rows is another commit.
    let again = commit_groups(&administrator, &file, picked(&seen.digest, None));
    assert!(matches!(again, ObjectsCommitted::Changed { .. }), "{again:?}");

    let file = roles(&[role("ROLE_EDITOR", &["catalog:edit"]), role("ROLE_READER", &["catalog:read"])]);
    let seen = role_plan(&administrator, &file);
    let sent = send(&administrator, SheetKind::Roles, &file.records);
    let commit =
        || CommitRoleFile { sent, name: NAME.to_owned(), options: file.options, picked: picked(&seen.digest, None) };
    let first = administrator.ask(&commit());
    assert_eq!(administrator.ask(&commit()), first);
    assert_eq!(did(first), (2, 0));
    let query = JobListQuery { limit: 9, ..JobListQuery::default() };
    assert_eq!(administrator.ask(&ListJobs { query }).total, 2, "a job for each file, whatever was asked for again");
    // It is nobody else's, whatever it came to.
    let second = administrator.colleague("second", &[RoleCode::ADMINISTRATOR]);
    assert_eq!(second.refusal(&commit()), AppError::not_found(What::Upload));
}

fn a_file_is_a_job_among_the_others_for_those_who_may_see_them(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let names: Vec<String> = (0..=JOB_CHANGES).map(|number| format!("Team {number}")).collect();
    let file = groups(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let seen = group_plan(&administrator, &file);
    let sent = send(&administrator, SheetKind::Groups, &file.records);
    let commit = |name: &str| CommitGroupFile {
        sent,
        name: name.to_owned(),
        policy: file.policy,
        picked: picked(&seen.digest, None),
    };
    assert_eq!(problems(administrator.refusal(&commit(&"x".repeat(256)))), ["name: too_long"]);
    let hostile = "</title><b>Teams</b>\0\n.csv";
    let ObjectsCommitted::Applied { job_id, .. } = administrator.ask(&commit(hostile)) else { panic!("it is applied") };

    let query = JobListQuery { limit: 9, ..JobListQuery::default() };
    let listed = administrator.ask(&ListJobs { query: query.clone() });
    let [job] = listed.items.as_slice() else { panic!("one job: {listed:?}") };
    assert_eq!((job.job_id, job.kind, job.state), (job_id, JobKind::Groups, JobState::Finished));
    assert_eq!((job.title.as_str(), job.author_name.as_str()), ("</title><b>Teams</b>\u{fffd}\u{fffd}.csv", "admin"));
    assert_eq!((job.created, job.progress.applied), (JOB_CHANGES + 1, JOB_CHANGES + 1));
    assert_eq!(administrator.ask(&FetchJob { job_id }).title, job.title);
    let changes = |offset| administrator.ask(&ListJobChanges { job_id, offset });
    let (first, last) = (changes(0), changes(JOB_CHANGES));
    assert_eq!((first.len(), last.len()), (JOB_CHANGES as usize, 1));
    let told: Vec<&str> = first.iter().chain(&last).map(|change| change.name.as_str()).collect();
    assert_eq!(told, names);
    assert!(first.iter().all(|change| change.exists && change.note.fate == Fate::Created));
    let group_id: GroupId = first[0].subject.parse().expect("the number of a group");
    let history = administrator.ask(&FetchGroup { group_id }).history;
    assert_eq!(history[0].job_id, Some(job_id), "the way back");

    // What jobs of users have is not there, and nothing of it breaks.
    assert_eq!(administrator.refusal(&FetchPlan { plan_id: job.plan_id }), AppError::not_found(What::Plan));
    let nothing = AppError::Conflict { conflict: Conflict::NothingPicked };
    assert_eq!(administrator.refusal(&ReplanRest { job_id }), nothing);
    assert_eq!(administrator.ask(&CountUndone { job_id }), Undone::default());
    let report = ReportLineQuery { limit: 9, ..ReportLineQuery::default() };
    assert_eq!(administrator.ask(&ListReport { job_id, query: report }).total, 0);
    assert_eq!(administrator.ask(&StopJob { job_id }).state, JobState::Finished);
    assert_eq!(administrator.get(&format!("/export/jobs/{job_id}/rest?format=csv"), &[]).status, 200);
    for path in ["/jobs".to_owned(), format!("/jobs/{job_id}")] {
        let page = administrator.get(&path, &[]);
        assert_eq!(page.status, 200);
        assert!(page.body.contains("&lt;b&gt;Teams&lt;/b&gt;") && !page.body.contains("<b>Teams"), "{path}");
        assert!(!page.body.contains("/plans/"), "{path} leads to no review");
    }

    let nobody = administrator.colleague("nobody", &[]);
    let refused = AppError::Forbidden { permission: Permission::UsersRead };
    assert_eq!(nobody.refusal(&ListJobs { query }), refused);
    assert_eq!(nobody.refusal(&FetchJob { job_id }), refused);
    assert_eq!(nobody.refusal(&ListJobChanges { job_id, offset: 0 }), refused);
    assert!(!nobody.get(&format!("/jobs/{job_id}"), &[]).body.contains("Teams"));
}

fn what_did_not_all_come_up_is_not_committed(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let file = groups(&["Staff", "Sales"]);
    let seen = group_plan(&administrator, &file);
    let commit =
        |sent| CommitGroupFile { sent, name: NAME.to_owned(), policy: file.policy, picked: picked(&seen.digest, None) };
    let sent = send(&administrator, SheetKind::Groups, &file.records);
    for chunks in [0, 1, 3] {
        let refused = administrator.refusal(&commit(SentUp { chunks, ..sent }));
        assert_eq!(refused, AppError::not_found(What::Upload), "{chunks} of 2 chunks");
    }
    let of_roles = send(&administrator, SheetKind::Roles, &[role("ROLE_EDITOR", &[])]);
    assert_eq!(problems(administrator.refusal(&commit(of_roles))), ["sent: not_records"]);
    let many = vec![GroupRecord::default(); 50_001];
    let many = send(&administrator, SheetKind::Groups, &many);
    assert_eq!(problems(administrator.refusal(&commit(many))), ["sent: too_many"]);
    let long = GroupRecord { name: "x".repeat(12 << 20), ..GroupRecord::default() };
    let upload_id = administrator.ask(&BeginUpload {});
    for chunk in 0..3 {
        administrator.ask(&chunk_of(SheetKind::Groups, upload_id, chunk, std::slice::from_ref(&long)));
    }
    let refused = administrator.refusal(&commit(SentUp { upload_id, chunks: 3 }));
    assert!(matches!(refused, AppError::RequestTooLarge { .. }), "{refused:?}");
    assert_eq!(administrator.ask(&GroupSnapshot {}).len(), 0, "nothing was written");
}
