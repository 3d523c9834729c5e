//! Planning again over HTTP: what changed since, and what a job left undone.

use crate::caller::{Caller, PASSWORD};
use crate::importing::{apply, commit, plan, queued, replanned, wait};
use crate::muster::{Installation, Muster, on_both_databases};
use crate::openldap;
use app::api::plan::{
    CommitAnswer, CommitPlan, FetchPlan, ListPlanRows, PlanLine, PlanRowNumbers, PlanRowQuery, PlanView, Replan,
    ReplanRest, Replanned, ReplanningLine,
};
use app::api::user::{EditUser, FetchUser, UserForm};
use app::error::{AppError, Conflict};
use identity::external_id::ExternalId;
use identity::field::Field;
use identity::import::ImportRequest;
use identity::user::UserFields;
use job::JobState;
use plan::{Kind, Part, Row, Selection};
use store::plans::Committed;
use testkit::people::PEOPLE_DN;
use testkit::{People, Person, Slapd};

on_both_databases! {
    stale_rows_are_named_and_planned_again_with_what_was_picked,
    the_rest_of_a_job_is_planned_again_without_what_was_left_out,
    a_plan_of_a_directory_that_went_away_says_so_in_its_last_line,
}

const PEOPLE: u32 = 6;

fn with_password(installation: Installation) -> Installation {
    installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD)
}

fn person(number: u32) -> Person {
    People::new(PEOPLE).iter().nth(number as usize).expect("a person")
}

/// Gives everybody another title and telephone number in the directory.
fn promote(slapd: &Slapd) {
    for person in People::new(PEOPLE).iter() {
        let changes = "replace: title\ntitle: Promoted\n-\nreplace: telephoneNumber\ntelephoneNumber: 1\n";
        slapd.modify(&format!("dn: {}\nchangetype: modify\n{changes}", person.dn()));
    }
}

fn rows(caller: &Caller<'_>, plan: &PlanView, query: PlanRowQuery) -> Vec<PlanLine> {
    caller.ask(&ListPlanRows { plan_id: plan.plan_id, query: PlanRowQuery { limit: 100, ..query } }).items
}

fn row_of(caller: &Caller<'_>, plan: &PlanView, person: &Person) -> Row {
    let id = ExternalId::from_text(&person.entry_uuid);
    let lines = rows(caller, plan, PlanRowQuery::default()).into_iter();
    let found =
        lines.map(|line| line.row).find(|row| row.entry.as_ref().map(|entry| &entry.external_id) == id.as_ref());
    found.unwrap_or_else(|| panic!("{} has no row", person.uid))
}

/// Imports everybody, has all of them change in the directory, and plans that.
fn planned(slapd: &Slapd, muster: &Muster) -> PlanView {
    let administrator = Caller::administrator(muster);
    let directory_id = openldap::save(&administrator, slapd);
    let everyone = || ImportRequest::everything(directory_id, "*".to_owned());
    assert_eq!(apply(&administrator, &plan(&administrator, everyone())).progress.applied, PEOPLE);
    promote(slapd);
    let planned = plan(&administrator, everyone());
    assert_eq!(planned.summary.counts.update, PEOPLE);
    planned
}

fn stale_rows_are_named_and_planned_again_with_what_was_picked(installation: Installation) {
    let (slapd, muster) = (Slapd::start(PEOPLE), with_password(installation).start());
    let administrator = Caller::administrator(&muster);
    let before = planned(&slapd, &muster);
    let [edited, left_out, without_title] = [0, 1, 2].map(|number| row_of(&administrator, &before, &person(number)));
    let mut selection = Selection::default();
    selection.unpick_row(left_out.row);
    selection.unpick_part(&without_title, &Part::Field(Field::JobTitle));

    let plan::Action::Update { user_id, .. } = edited.action else { panic!("{edited:?}") };
    let user = administrator.ask(&FetchUser { user_id }).user;
    let fields = UserFields { time_zone: Some("UTC".to_owned()), ..user.fields.clone() };
    let form = UserForm { fields, roles: user.roles.clone(), groups: None };
    administrator.ask(&EditUser { user_id, version: user.version, form });
    let refused = CommitPlan { selection: selection.clone(), ..commit(&before) };
    assert_eq!(administrator.ask(&refused), CommitAnswer::Stale(1));
    let stale = PlanRowQuery { stale: true, ..PlanRowQuery::default() };
    let named: Vec<u32> = rows(&administrator, &before, stale.clone()).iter().map(|line| line.row.row).collect();
    assert_eq!(named, [edited.row]);
    assert_eq!(administrator.ask(&PlanRowNumbers { plan_id: before.plan_id, query: stale }), named);

    // Meanwhile somebody joins.
    let dn = format!("uid=newcomer,{PEOPLE_DN}");
    slapd.modify(&format!(
        "dn: {dn}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: newcomer\ncn: New Comer\nsn: Comer\n"
    ));
    let again = Replan { plan_id: before.plan_id, selection: selection.clone() };
    let lines = administrator.lines::<_, ReplanningLine>(&again);
    assert!(matches!(lines.first(), Some(ReplanningLine::Read { .. })), "it tells how far it is: {lines:?}");
    let Some(ReplanningLine::Planned(Replanned { plan_id, selection, new, missing, references: _ })) =
        lines.last().cloned()
    else {
        panic!("there is no plan: {lines:?}")
    };
    assert_eq!((new, missing), (1, 0));
    let after = administrator.ask(&FetchPlan { plan_id });
    assert_eq!((after.summary.counts.update, after.summary.counts.create), (PEOPLE, 1));
    for PlanLine { row, stale } in rows(&administrator, &after, PlanRowQuery::default()) {
        assert!(!stale);
        let expected = row.kind() == Kind::Update && row.username != left_out.username;
        assert_eq!(selection.picks_row(row.row, row.kind()), expected, "{}", row.username);
        let title = selection.picks_part(&row, &Part::Field(Field::JobTitle));
        assert_eq!(title, row.username != without_title.username, "{}", row.username);
    }
    let job_id = queued(administrator.ask(&CommitPlan { selection, ..commit(&after) }));
    assert_eq!(wait(&administrator, job_id).progress.applied, PEOPLE - 1);
    let both = administrator.ask(&FetchUser { user_id }).user.fields;
    assert_eq!((both.time_zone.as_deref(), both.job_title.as_deref()), (Some("UTC"), Some("Promoted")));
}

#[tokio::main]
async fn the_rest_of_a_job_is_planned_again_without_what_was_left_out(installation: Installation) {
    let (slapd, installation) = (Slapd::start(PEOPLE), with_password(installation));
    let muster = installation.start();
    let before = planned(&slapd, &muster);
    let part_of = row_of(&Caller::administrator(&muster), &before, &person(1));
    let mut selection = Selection::default();
    selection.unpick_field(&Field::Phone);
    selection.unpick_row(row_of(&Caller::administrator(&muster), &before, &person(0)).row);
    selection.pick_part(&part_of, &Part::Field(Field::Phone));
    selection.unpick_part(&part_of, &Part::Field(Field::JobTitle));
    muster.terminate();
    // Committed and stopped while nobody works.
    let store = installation.store().await;
    let administrator = store.find_credentials("admin").await.expect("answers").expect("the first").user_id;
    let committed = store.commit_plan(before.plan_id, &selection, administrator, 1).await.expect("answers");
    let Committed::Queued(job_id) = committed else { panic!("{committed:?}") };
    assert_eq!(store.request_stop(job_id, 2).await.expect("answers"), Some(JobState::Stopped));
    store.close().await;

    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let Replanned { plan_id, selection, new, missing, references: _ } =
        replanned(&administrator, &ReplanRest { job_id });
    assert_eq!((new, missing), (0, 0));
    let rest = administrator.ask(&FetchPlan { plan_id });
    assert_eq!((rest.summary.counts.update, rest.summary.counts.rows()), (PEOPLE - 1, PEOPLE - 1));
    for PlanLine { row, .. } in rows(&administrator, &rest, PlanRowQuery::default()) {
        assert!(selection.picks_row(row.row, row.kind()), "{}", row.username);
        let picks = |field| selection.picks_part(&row, &Part::Field(field));
        let is_part = row.username == part_of.username;
        assert_eq!((picks(Field::Phone), picks(Field::JobTitle)), (is_part, !is_part), "{}", row.username);
    }
    let job = wait(&administrator, queued(administrator.ask(&CommitPlan { selection, ..commit(&rest) })));
    assert_eq!((job.state, job.progress.applied), (JobState::Finished, PEOPLE - 1));
    // Nothing is left of that one.
    let nothing = AppError::Conflict { conflict: Conflict::NothingPicked };
    assert_eq!(administrator.refusal(&ReplanRest { job_id: job.job_id }), nothing);
}

fn a_plan_of_a_directory_that_went_away_says_so_in_its_last_line(installation: Installation) {
    let (mut slapd, muster) = (Slapd::start(PEOPLE), with_password(installation).start());
    let administrator = Caller::administrator(&muster);
    let before = planned(&slapd, &muster);
    slapd.kill();
    let again = Replan { plan_id: before.plan_id, selection: Selection::default() };
    let lines = administrator.lines::<_, ReplanningLine>(&again);
    assert!(matches!(lines.last(), Some(ReplanningLine::Failed { error: AppError::Directory { .. } })), "{lines:?}");
    // The plan that there is can still be looked at.
    assert_eq!(administrator.ask(&FetchPlan { plan_id: before.plan_id }), before);
}
