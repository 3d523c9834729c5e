//! Imports over HTTP alone, from a search to users: once, by several people at once, and beside others who write.

use crate::caller::{Caller, PASSWORD, error, form};
use crate::importing::{apply, commit, imported, jobs, plan, queued, replanned, search, wait};
use crate::muster::{Installation, Muster, on_both_databases};
use crate::openldap::{self, external_ids};
use app::api::job::{CountOutcomes, ListReport, ReportLineQuery};
use app::api::plan::{
    CommitAnswer, CommitPlan, CountPicked, FetchPlan, ListPlanRows, PlanRowQuery, PlanView, Replan, Replanned,
};
use app::api::role::{CreateRole, RoleForm, SaveRole};
use app::api::user::{CreateUser, EditUser, FetchUser, UserForm, UserLine};
use app::error::{AppError, What};
use identity::assignment::Assignment;
use identity::id::{DirectoryId, JobId, PlanId};
use identity::import::{ImportRequest, Picked};
use identity::role::{Permission, RoleCode};
use identity::user::{Origin, UserFields};
use job::{JobState, Outcome};
use plan::{Digest, Guard, Kind, RowState, Selection};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Barrier;
use testkit::{People, Slapd};

on_both_databases! {
    what_was_ticked_and_picked_becomes_users,
    a_plan_that_is_committed_twice_is_applied_once,
    a_plan_that_two_commit_at_once_is_applied_once,
    of_two_who_commit_at_once_whoever_may_not_is_refused_and_the_other_has_the_job,
    nobody_commits_what_they_did_not_see,
    somebody_elses_plan_gives_nobody_more_than_they_may_give,
    a_role_that_became_an_administrators_since_the_plan_is_asked_about,
    a_user_who_changed_since_the_plan_is_not_overwritten,
    a_name_that_was_taken_since_the_plan_stays_whose_it_is,
}

fn start(installation: Installation, people: u32) -> (Slapd, Muster) {
    (Slapd::start(people), installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start())
}

fn everyone(directory_id: DirectoryId) -> ImportRequest {
    ImportRequest::everything(directory_id, "*".to_owned())
}

fn role(text: &str) -> Assignment {
    Assignment::parse(text).expect("an assignment")
}

/// The imported user of this name.
fn user(caller: &Caller<'_>, username: &str) -> UserLine {
    let found = imported(caller).items.into_iter().find(|line| line.username == username);
    found.unwrap_or_else(|| panic!("{username} was not imported"))
}

/// Plans the same again; the new plan.
fn plan_again(caller: &Caller<'_>, stale: &PlanView) -> PlanView {
    let again = Replan { plan_id: stale.plan_id, selection: Selection::default() };
    let Replanned { plan_id, selection, new, missing, references: _ } = replanned(caller, &again);
    assert_eq!((selection, new, missing), (Selection::default(), 0, 0));
    caller.ask(&FetchPlan { plan_id })
}

fn what_was_ticked_and_picked_becomes_users(installation: Installation) {
    let (slapd, muster) = start(installation, 20);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let found = search(&administrator, directory_id, "user000000").expect("found");
    assert_eq!(found.len(), 10);
    assert!(found.iter().all(|row| row.state == RowState::New));

    let ticked = found.iter().take(3).filter_map(|row| row.external_id.clone()).collect();
    let request = ImportRequest {
        picked: Picked::Only(ticked),
        roles: BTreeSet::from([role(RoleCode::AUDITOR)]),
        ..ImportRequest::everything(directory_id, "user000000".to_owned())
    };
    let planned = plan(&administrator, request);
    assert_eq!((planned.summary.counts.create, planned.summary.counts.rows()), (3, 3));
    let query = PlanRowQuery { limit: 10, ..PlanRowQuery::default() };
    let rows = administrator.ask(&ListPlanRows { plan_id: planned.plan_id, query }).items;
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|line| !line.stale && line.row.kind() == Kind::Create));

    let mut selection = Selection::default();
    selection.unpick_row(rows[1].row.row);
    let picked = CountPicked { plan_id: planned.plan_id, selection: selection.clone() };
    assert_eq!(administrator.ask(&picked).create, 2);
    assert_eq!((imported(&administrator).total, jobs(&administrator)), (0, 0), "looking writes nothing");

    let job_id = queued(administrator.ask(&CommitPlan { selection, ..commit(&planned) }));
    let job = wait(&administrator, job_id);
    assert_eq!((job.state, job.progress.total, job.progress.applied), (JobState::Finished, 2, 2));
    let users = imported(&administrator).items;
    let names: BTreeSet<&str> = users.iter().map(|line| line.username.as_str()).collect();
    assert_eq!(names, BTreeSet::from([rows[0].row.username.as_str(), rows[2].row.username.as_str()]));
    for line in &users {
        assert_eq!((line.origin, &line.roles[..]), (Origin::External, &[role(RoleCode::AUDITOR)][..]));
        let person = People::new(20).iter().find(|person| person.uid == line.username).expect("a person");
        let stored = administrator.ask(&FetchUser { user_id: line.user_id }).user;
        assert_eq!(stored.fields.email.as_deref(), Some(person.mail.as_str()));
        assert_eq!(stored.fields.display_name.as_deref(), Some(person.display_name.as_str()));
        assert_eq!(stored.fields.job_title.as_deref(), Some(person.title.as_str()));
        let link = stored.link.expect("an external user has one");
        assert_eq!((link.external_id.as_str(), link.dn), (person.entry_uuid.as_str(), person.dn()));
    }
    let query = ReportLineQuery { limit: 10, ..ReportLineQuery::default() };
    let report = administrator.ask(&ListReport { job_id, query });
    assert_eq!(report.total, 2);
    assert!(report.items.iter().all(|line| line.outcome == Some(Outcome::Applied)));

    let states = search(&administrator, directory_id, "user000000").expect("found");
    let is_known = |state: &RowState| *state == RowState::UpToDate;
    assert_eq!(states.iter().filter(|row| is_known(&row.state)).count(), 2);
}

fn a_plan_that_is_committed_twice_is_applied_once(installation: Installation) {
    let (slapd, muster) = start(installation, 10);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let planned = plan(&administrator, everyone(directory_id));
    let job_id = queued(administrator.ask(&commit(&planned)));
    assert_eq!(administrator.ask(&commit(&planned)), CommitAnswer::Already(job_id));
    assert_eq!(wait(&administrator, job_id).progress.applied, 10);
    assert_eq!(administrator.ask(&commit(&planned)), CommitAnswer::Already(job_id), "also when it is done");
    let other = CommitPlan { selection: Selection::none(), ..commit(&planned) };
    assert_eq!(administrator.ask(&other), CommitAnswer::Already(job_id), "also with another selection");
    assert_eq!(jobs(&administrator), 1);
    let users = imported(&administrator).items;
    assert_eq!(users.len(), 10);
    for line in users {
        assert_eq!(administrator.ask(&FetchUser { user_id: line.user_id }).user.version, 1, "{}", line.username);
    }
    assert_eq!(administrator.ask(&FetchPlan { plan_id: planned.plan_id }).job_id, Some(job_id));
}

fn a_plan_that_two_commit_at_once_is_applied_once(installation: Installation) {
    const PEOPLE: u32 = 40;
    let (slapd, muster) = start(installation, PEOPLE);
    let administrator = Caller::administrator(&muster);
    // One who may do less, and one who may do the same.
    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let second = administrator.colleague("second", &[RoleCode::ADMINISTRATOR]);
    let directory_id = openldap::save(&administrator, &slapd);
    let ids: Vec<_> = external_ids(PEOPLE).into_iter().collect();
    let mut rounds = 0;
    for (ids, other) in ids.chunks(5).zip([&manager, &second].into_iter().cycle()) {
        let picked = Picked::Only(ids.iter().cloned().collect());
        let planned = &plan(&administrator, ImportRequest { picked, ..everyone(directory_id) });
        let barrier = &Barrier::new(2);
        let answers = std::thread::scope(|scope| {
            let threads = [&administrator, other].map(|caller| {
                scope.spawn(move || {
                    barrier.wait();
                    caller.ask(&commit(planned))
                })
            });
            threads.map(|thread| thread.join().expect("both are answered"))
        });
        let names = ["admin", if rounds % 2 == 0 { "manager" } else { "second" }];
        let author = names[usize::from(matches!(answers[1], CommitAnswer::Queued(_)))];
        let mut named: [(bool, JobId); 2] = answers.map(|answer| match answer {
            CommitAnswer::Queued(job_id) => (true, job_id),
            CommitAnswer::Already(job_id) => (false, job_id),
            other => panic!("{other:?}"),
        });
        named.sort();
        let [(false, known), (true, made)] = named else { panic!("{named:?}") };
        assert_eq!(known, made);
        let job = wait(&administrator, made);
        assert_eq!((job.state, job.progress.applied), (JobState::Finished, 5));
        assert_eq!(job.author_name, author, "whoever was told that it is queued");
        rounds += 1;
    }
    assert_eq!((jobs(&administrator), imported(&administrator).total), (rounds, PEOPLE));
}

fn of_two_who_commit_at_once_whoever_may_not_is_refused_and_the_other_has_the_job(installation: Installation) {
    let (slapd, muster) = start(installation, 20);
    let administrator = Caller::administrator(&muster);
    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let directory_id = openldap::save(&administrator, &slapd);
    let ids: Vec<_> = external_ids(20).into_iter().collect();
    for ids in ids.chunks(5) {
        let request = ImportRequest {
            picked: Picked::Only(ids.iter().cloned().collect()),
            roles: BTreeSet::from([role(RoleCode::ADMINISTRATOR)]),
            ..everyone(directory_id)
        };
        let planned = plan(&administrator, request);
        let (commit, barrier) = (&CommitPlan { confirmed: Some(5), ..commit(&planned) }, &Barrier::new(2));
        let [may, may_not] = std::thread::scope(|scope| {
            let threads = [&administrator, &manager].map(|caller| {
                scope.spawn(move || {
                    barrier.wait();
                    caller.call(commit)
                })
            });
            threads.map(|thread| thread.join().expect("both are answered"))
        });
        assert_eq!(may.status, 200, "{}", may.body);
        let job_id = queued(serde_json::from_str(&may.body).expect("an answer"));
        match may_not.status {
            // Who comes later is told that it is done.
            200 => {
                let answer: CommitAnswer = serde_json::from_str(&may_not.body).expect("an answer");
                assert_eq!(answer, CommitAnswer::Already(job_id));
            }
            _ => assert!(matches!(error(&may_not), AppError::MayNotGrant { .. }), "{}", may_not.body),
        }
        let job = wait(&administrator, job_id);
        assert_eq!((job.author_name.as_str(), job.progress.applied), ("admin", 5));
    }
    assert_eq!((jobs(&administrator), imported(&administrator).total), (4, 20));
}

fn nobody_commits_what_they_did_not_see(installation: Installation) {
    let (slapd, muster) = start(installation, 10);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let planned = plan(&administrator, everyone(directory_id));
    let request = ImportRequest { picked: Picked::Only(external_ids(3)), ..everyone(directory_id) };
    let other = plan(&administrator, request);
    assert_ne!(planned.summary.digest, other.summary.digest);
    for digest in [other.summary.digest, Digest("0".repeat(64)), Digest(String::new())] {
        assert_eq!(administrator.refusal(&CommitPlan { digest, ..commit(&planned) }), AppError::Stale);
    }
    let missing = CommitPlan { plan_id: PlanId(99), ..commit(&planned) };
    assert_eq!(administrator.refusal(&missing), AppError::not_found(What::Plan));
    let nothing = CommitPlan { selection: Selection::none(), ..commit(&planned) };
    assert_eq!(administrator.ask(&nothing), CommitAnswer::Empty);
    assert_eq!((imported(&administrator).total, jobs(&administrator)), (0, 0));
}

fn somebody_elses_plan_gives_nobody_more_than_they_may_give(installation: Installation) {
    let (slapd, muster) = start(installation, 10);
    let administrator = Caller::administrator(&muster);
    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let auditor = administrator.colleague("auditor", &[RoleCode::AUDITOR]);
    let directory_id = openldap::save(&administrator, &slapd);
    let request = ImportRequest {
        picked: Picked::Only(external_ids(2)),
        roles: BTreeSet::from([role(RoleCode::ADMINISTRATOR)]),
        ..everyone(directory_id)
    };
    let planned = plan(&administrator, request);

    assert!(!auditor.ask(&FetchPlan { plan_id: planned.plan_id }).can_commit);
    let forbidden = AppError::Forbidden { permission: Permission::Import };
    assert_eq!(auditor.refusal(&commit(&planned)), forbidden);
    let again = Replan { plan_id: planned.plan_id, selection: Selection::default() };
    for refused in [manager.refusal(&commit(&planned)), manager.refusal(&again)] {
        assert!(matches!(refused, AppError::MayNotGrant { .. }), "{refused:?}");
    }
    // Whoever may is asked for the number of those who become administrators.
    for confirmed in [None, Some(0), Some(10)] {
        let answer = administrator.ask(&CommitPlan { confirmed, ..commit(&planned) });
        assert!(matches!(answer, CommitAnswer::Guarded { users: 2, .. }), "{answer:?}");
    }
    assert_eq!((imported(&administrator).total, jobs(&administrator)), (0, 0));
    let confirmed = CommitPlan { confirmed: Some(2), ..commit(&planned) };
    assert_eq!(wait(&administrator, queued(administrator.ask(&confirmed))).progress.applied, 2);

    // A plan that gives nothing that the manager lacks is theirs to commit, and says who did.
    let request = ImportRequest { picked: Picked::Only(external_ids(5)), ..everyone(directory_id) };
    let job = apply(&manager, &plan(&administrator, request));
    assert_eq!((job.author_name.as_str(), job.progress.applied), ("manager", 3));
}

fn a_role_that_became_an_administrators_since_the_plan_is_asked_about(installation: Installation) {
    let (slapd, muster) = start(installation, 10);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let form = |permission: &str| RoleForm {
        code: "ROLE_HELPER".to_owned(),
        label: "Helper".to_owned(),
        description: String::new(),
        permissions: [permission.to_owned()].into(),
    };
    administrator.ask(&CreateRole { form: form("muster:users.read") });
    let request = ImportRequest {
        picked: Picked::Only(external_ids(2)),
        roles: BTreeSet::from([role("ROLE_HELPER")]),
        ..everyone(directory_id)
    };
    let planned = plan(&administrator, request);
    assert_eq!(planned.summary.guards, []);
    administrator.ask(&SaveRole { version: 1, form: form("muster:admin") });
    let expected = Guard::GivesAdministrator { role: role("ROLE_HELPER").role, users: 2 };
    let answer = administrator.ask(&commit(&planned));
    assert_eq!(answer, CommitAnswer::Guarded { guards: vec![expected], users: 2 });
    assert_eq!((imported(&administrator).total, jobs(&administrator)), (0, 0));
    let confirmed = CommitPlan { confirmed: Some(2), ..commit(&planned) };
    assert_eq!(wait(&administrator, queued(administrator.ask(&confirmed))).progress.applied, 2);
}

fn a_user_who_changed_since_the_plan_is_not_overwritten(installation: Installation) {
    let (slapd, muster) = start(installation, 10);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    assert_eq!(apply(&administrator, &plan(&administrator, everyone(directory_id))).progress.applied, 10);
    let person = People::new(10).iter().nth(3).expect("a person");
    let user_id = user(&administrator, &person.uid).user_id;
    slapd.modify(&format!("dn: {}\nchangetype: modify\nreplace: title\ntitle: Promoted\n", person.dn()));
    let stale = plan(&administrator, everyone(directory_id));
    assert_eq!((stale.summary.counts.update, stale.summary.counts.unchanged), (1, 9));

    let before = administrator.ask(&FetchUser { user_id }).user;
    let fields = UserFields { time_zone: Some("Europe/Berlin".to_owned()), ..before.fields.clone() };
    let form = UserForm { fields, roles: before.roles.clone(), groups: None };
    administrator.ask(&EditUser { user_id, version: before.version, form });
    assert_eq!(administrator.ask(&commit(&stale)), CommitAnswer::Stale(1));
    let query = PlanRowQuery { kind: Some(Kind::Update), limit: 10, ..PlanRowQuery::default() };
    let rows = administrator.ask(&ListPlanRows { plan_id: stale.plan_id, query }).items;
    assert!(rows.len() == 1 && rows[0].stale, "{rows:?}");
    let kept = administrator.ask(&FetchUser { user_id }).user;
    assert_eq!((kept.version, kept.fields.time_zone.as_deref()), (before.version + 1, Some("Europe/Berlin")));
    assert_eq!(kept.fields.job_title.as_deref(), Some(person.title.as_str()));
    assert_eq!(jobs(&administrator), 1);

    let job = apply(&administrator, &plan_again(&administrator, &stale));
    assert_eq!((job.state, job.progress.applied), (JobState::Finished, 1));
    let both = administrator.ask(&FetchUser { user_id }).user.fields;
    assert_eq!((both.time_zone.as_deref(), both.job_title.as_deref()), (Some("Europe/Berlin"), Some("Promoted")));
}

fn a_name_that_was_taken_since_the_plan_stays_whose_it_is(installation: Installation) {
    let (slapd, muster) = start(installation, 10);
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let stale = plan(&administrator, everyone(directory_id));
    assert_eq!(stale.summary.counts.create, 10);
    let person = People::new(10).iter().nth(3).expect("a person");
    let user_id = administrator.ask(&CreateUser { form: form(&person.uid.to_uppercase(), &[]) });
    assert_eq!(administrator.ask(&commit(&stale)), CommitAnswer::Stale(1));
    assert_eq!((imported(&administrator).total, jobs(&administrator)), (0, 0));

    let again = plan_again(&administrator, &stale);
    assert_eq!((again.summary.counts.create, again.summary.counts.blocked), (9, 1));
    let job = apply(&administrator, &again);
    let outcomes = administrator.ask(&CountOutcomes { job_id: job.job_id });
    assert_eq!(outcomes, BTreeMap::from([("applied".to_owned(), 9)]));
    let theirs = administrator.ask(&FetchUser { user_id }).user;
    assert_eq!((theirs.version, theirs.origin(), theirs.fields.email), (1, Origin::Internal, None));
}
