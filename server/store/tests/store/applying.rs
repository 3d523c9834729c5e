//! Applying pages of changes.

use crate::support::{Database, auditor, each_database, fields, given, people, record};
use identity::field::{Field, Patch, Value};
use identity::role::RoleCode;
use job::{JobEvent, JobState, Outcome, Progress, Rejection};
use plan::{Kind, Policy, Selection};
use std::collections::BTreeSet;
use store::jobs::{Claim, Held, ReportQuery};
use store::users::UserQuery;

async fn outcomes(database: &Database, claim: &Claim) -> Vec<Option<Outcome>> {
    let query = ReportQuery { limit: 1000, ..ReportQuery::default() };
    let page = database.store.list_report(claim.job_id, &query).await.unwrap();
    page.items.into_iter().map(|row| row.outcome).collect()
}

async fn users(database: &Database) -> u32 {
    database.store.list_users(&UserQuery { limit: 1, ..UserQuery::default() }).await.unwrap().total
}

async fn end(database: &Database, claim: &Claim, event: JobEvent) -> JobState {
    match database.store.end_job(claim, event, None, 50).await.unwrap() {
        Held::Yes(state) => state,
        Held::Lost => panic!("the claim is lost"),
    }
}

#[tokio::test]
async fn every_row_is_accounted_for_page_by_page() {
    each_database(async |database| {
        let plan_id = database.planned(&people(0..2300)).await;
        let job_id = database.committed(plan_id, &Selection::default()).await;
        let claim = database.claimed().await;
        assert_eq!((claim.job_id, claim.job.state), (job_id, JobState::Running));
        let mut done = Vec::new();
        loop {
            let page = database.page(&claim, 500).await;
            done.push(page.progress.applied);
            assert!(!page.stop_requested);
            if page.last {
                break;
            }
        }
        assert_eq!(done, [500, 1000, 1500, 2000, 2300]);
        assert_eq!(end(&database, &claim, JobEvent::Completed).await, JobState::Finished);
        assert_eq!(users(&database).await, 2301);
        let user = database.user("user2299").await;
        assert_eq!(user.link.as_ref().map(|link| link.external_id.as_str()), Some("e2299"));
        let query = ReportQuery { text: "user2299".into(), limit: 1, ..ReportQuery::default() };
        let made = database.store.list_report(job_id, &query).await.unwrap().items;
        assert_eq!(made[0].user_id, Some(user.user_id), "the report names whom a row made");
        let history = database.store.user_history(user.user_id, None, 10).await.unwrap();
        assert_eq!((history.len(), history[0].author.as_str(), history[0].job_id), (1, "admin", Some(job_id)));
        assert_eq!(history[0].dn.as_deref(), Some("uid=user2299,dc=example"));
        // The same input again: nothing to do.
        let again = database.plan_with(&people(0..2300), &database.policy()).await;
        assert_eq!(again.summary.counts.unchanged, 2300);
    })
    .await;
}

#[tokio::test]
async fn changes_roles_and_links_are_written_with_their_history() {
    each_database(async |database| {
        database.imported(&people(0..2)).await;
        let internal = database.created(&fields("inge"), &BTreeSet::new()).await;
        let mut records = people(0..1);
        records[0].fields.phone = Patch::Set("7".into());
        records[0].fields.display_name = Patch::Clear;
        records[0].entry.as_mut().unwrap().dn = "uid=user0,ou=moved".into();
        records.push(record("e50", "INGE", "Inge"));
        records.push(record("e51", "new", "New"));
        let policy = Policy {
            roles: auditor(),
            roles_to_existing: true,
            name_conflict: identity::directory::NameConflict::Link,
            ..database.policy()
        };
        let job_id = database.imported_with(&records, &policy).await;

        let user = database.user("user0").await;
        assert_eq!((user.version, user.fields.phone.as_deref(), &user.fields.display_name), (2, Some("7"), &None));
        assert_eq!((user.roles, user.link.unwrap().dn.as_str()), (auditor(), "uid=user0,ou=moved"));
        let history = database.store.user_history(user.user_id, None, 1).await.unwrap();
        let before = history[0].fields.iter().find(|change| change.field == Field::DisplayName).unwrap();
        assert_eq!((&before.before, &before.after), (&Some(Value::Text("Person 0".into())), &None));
        assert_eq!((history[0].dn.as_deref(), history[0].job_id), (Some("uid=user0,ou=moved"), Some(job_id)));
        assert_eq!(history[0].added_roles, [given(RoleCode::AUDITOR)]);

        let linked = database.user("inge").await;
        assert_eq!((linked.user_id, linked.version), (internal.user_id, 2));
        assert_eq!(linked.fields.username, "INGE");
        assert_eq!(linked.link.unwrap().external_id.as_str(), "e50");
        assert_eq!(database.user("new").await.roles, auditor());
        assert_eq!(database.user("user1").await.version, 1);
    })
    .await;
}

#[tokio::test]
async fn a_runner_that_was_declared_dead_writes_nothing() {
    each_database(async |database| {
        let store = &database.store;
        let plan_id = database.planned(&people(0..30)).await;
        database.committed(plan_id, &Selection::default()).await;
        let dead = database.claimed().await;
        database.page(&dead, 10).await;
        assert_eq!(store.claim_job("other", 999, 2000).await.unwrap(), None, "the lease still runs");
        let alive = store.claim_job("other", 1000, 2000).await.unwrap().unwrap();
        assert_eq!((alive.job_id, alive.fence), (dead.job_id, dead.fence + 1));
        assert_eq!(alive.job.progress.applied, 10);
        assert_eq!(store.apply_page(&dead, 10, 1001, 3000).await.unwrap(), Held::Lost);
        assert_eq!(store.keep_claim(&dead, 3000).await.unwrap(), Held::Lost);
        assert_eq!(
            store.end_job(&dead, JobEvent::Failed, Some(job::JobFailure::NotAccepted), 1001).await.unwrap(),
            Held::Lost
        );
        assert_eq!(users(&database).await, 11);
        assert_eq!(store.keep_claim(&alive, 3000).await.unwrap(), Held::Yes(()));
        let page = database.page(&alive, 100).await;
        assert_eq!((page.progress.applied, page.last), (30, true));
        assert_eq!(end(&database, &alive, JobEvent::Completed).await, JobState::Finished);
        assert_eq!(store.apply_page(&alive, 10, 1002, 3000).await.unwrap(), Held::Lost, "it is over");
        assert_eq!(users(&database).await, 31);
    })
    .await;
}

#[tokio::test]
async fn after_a_crash_between_pages_the_next_runner_goes_on_and_applies_nothing_twice() {
    each_database(async |database| {
        let plan_id = database.planned(&people(0..30)).await;
        database.committed(plan_id, &Selection::default()).await;
        let first = database.claimed().await;
        database.page(&first, 7).await;
        // The process is gone; another one opens the database.
        let key = store::secrets::SecretKey::new(crate::support::KEY);
        let other = store::Store::open(&database.url, key).await.unwrap();
        assert_eq!(database.store.keep_claim(&first, 0).await.unwrap(), Held::Yes(()));
        let second = other.claim_job("second", 31, 2000).await.unwrap().expect("it was let go");
        let mut applied = vec![];
        loop {
            let Held::Yes(page) = other.apply_page(&second, 7, 32, 2000).await.unwrap() else { panic!("lost") };
            applied.push(page.progress.applied);
            if page.last {
                break;
            }
        }
        assert_eq!(applied, [14, 21, 28, 30]);
        for number in 0..30 {
            assert_eq!(database.user(&format!("user{number}")).await.version, 1);
        }
        assert_eq!(outcomes(&database, &second).await, vec![Some(Outcome::Applied); 30]);
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_became_of_a_row_is_said_row_by_row() {
    each_database(async |database| {
        let store = &database.store;
        database.meddle("INSERT INTO roles (role_code, label) VALUES ('ROLE_SHORT', 'Short')").await.unwrap();
        database.imported(&people(0..4)).await;
        let mut records = people(0..4);
        for record in &mut records {
            record.fields.phone = Patch::Set("1".into());
        }
        records[1].fields.username = Some("renamed".into());
        records.extend([record("e10", "fresh", "F"), record("e11", "other", "O"), record("e12", "good", "G")]);
        let plan_id = database.planned(&records).await;
        let job_id = database.committed(plan_id, &Selection::default()).await;
        // Meanwhile, after the commit:
        database.edited(&database.user("user0").await, |fields| fields.email = Some("x@y".into())).await;
        database.created(&fields("RENAMED"), &BTreeSet::new()).await;
        database.created(&fields("fresh"), &BTreeSet::new()).await;
        let thief = database.created(&fields("thief"), &BTreeSet::new()).await;
        database
            .meddle("UPDATE users SET directory_id = 1, external_id = 'e11', dn = 'x' WHERE username = 'thief'")
            .await
            .unwrap();
        database.meddle("DELETE FROM users WHERE username = 'user2'").await.unwrap();
        let claim = database.claimed().await;
        let page = database.page(&claim, 100).await;
        assert_eq!(page.progress, Progress { total: 7, applied: 2, stale: 1, rejected: 4 });
        let rejected = |rejection| Some(Outcome::Rejected(rejection));
        let expected = [
            Some(Outcome::Stale),
            rejected(Rejection::UsernameTaken),
            rejected(Rejection::UserGone),
            Some(Outcome::Applied),
            rejected(Rejection::UsernameTaken),
            rejected(Rejection::EntryTaken),
            Some(Outcome::Applied),
        ];
        assert_eq!(outcomes(&database, &claim).await, expected);
        let half = database.user("user1").await;
        assert_eq!((half.version, half.fields.phone), (1, None), "nothing of a rejected row is written");
        assert!(store.find_user_by_name("other").await.unwrap().is_none());
        assert_eq!(database.user("thief").await.user_id, thief.user_id);

        let only = async |outcome: &str| {
            let query = ReportQuery { outcome: Some(outcome.into()), limit: 10, ..ReportQuery::default() };
            let page = store.list_report(job_id, &query).await.unwrap();
            page.items.into_iter().map(|row| row.row.row).collect::<Vec<_>>()
        };
        assert_eq!(only("username_taken").await, [1, 4]);
        assert_eq!(only("applied").await, [3, 6]);
        assert_eq!(only("none").await, Vec::<u32>::new());
        assert_eq!(only("nonsense").await, Vec::<u32>::new());
    })
    .await;
}

#[tokio::test]
async fn a_role_that_is_gone_rejects_the_row_before_anything_of_it_is_written() {
    each_database(async |database| {
        database.meddle("INSERT INTO roles (role_code, label) VALUES ('ROLE_SHORT', 'Short')").await.unwrap();
        let policy = Policy { roles: BTreeSet::from([given("ROLE_SHORT")]), ..database.policy() };
        let (plan_id, _) = database.planned_with(&people(0..3), &policy).await;
        database.committed(plan_id, &Selection::default()).await;
        database.meddle("DELETE FROM roles WHERE role_code = 'ROLE_SHORT'").await.unwrap();
        let claim = database.claimed().await;
        assert_eq!(database.page(&claim, 100).await.progress.rejected, 3);
        assert_eq!(outcomes(&database, &claim).await, vec![Some(Outcome::Rejected(Rejection::RoleGone)); 3]);
        assert_eq!(users(&database).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_wish_to_stop_ends_the_job_after_the_page_in_hand() {
    each_database(async |database| {
        let store = &database.store;
        let plan_id = database.planned(&people(0..30)).await;
        let job_id = database.committed(plan_id, &Selection::default()).await;
        let claim = database.claimed().await;
        database.page(&claim, 10).await;
        assert_eq!(store.request_stop(job_id, 41).await.unwrap(), Some(JobState::Stopping));
        assert_eq!(store.request_stop(job_id, 42).await.unwrap(), Some(JobState::Stopping));
        let page = database.page(&claim, 10).await;
        assert_eq!((page.stop_requested, page.last, page.progress.applied), (true, false, 10));
        assert_eq!(end(&database, &claim, JobEvent::Stopped).await, JobState::Stopped);
        assert_eq!(store.request_stop(job_id, 43).await.unwrap(), Some(JobState::Stopped));
        assert_eq!(users(&database).await, 11);
        let report = outcomes(&database, &claim).await;
        assert_eq!((report.len(), report.iter().flatten().count()), (30, 10));
        let none = ReportQuery { outcome: Some("none".into()), text: "USER2".into(), offset: 1, limit: 3 };
        let page = store.list_report(job_id, &none).await.unwrap();
        let rows: Vec<_> = page.items.iter().map(|row| row.row.row).collect();
        assert_eq!((page.total, rows), (10, vec![21, 22, 23]));
        let across = ReportQuery { offset: 8, limit: 4, ..ReportQuery::default() };
        let page = store.list_report(job_id, &across).await.unwrap();
        let rows: Vec<_> = page.items.iter().map(|row| (row.row.row, row.outcome.is_some())).collect();
        assert_eq!((page.total, rows), (30, vec![(8, true), (9, true), (10, false), (11, false)]));
    })
    .await;
}

#[tokio::test]
async fn only_what_is_picked_is_applied_and_reported() {
    each_database(async |database| {
        database.imported(&people(0..3)).await;
        let mut records = people(0..6);
        for record in &mut records[..3] {
            record.fields.phone = Patch::Set("1".into());
            record.fields.department = Patch::Set("D".into());
        }
        let plan_id = database.planned(&records).await;
        let selection = Selection {
            rows: BTreeSet::from([0, 1, 5]),
            unpicked_fields: BTreeSet::from([Field::Phone]),
            ..Selection::none()
        };
        let job_id = database.committed(plan_id, &selection).await;
        let claim = database.claimed().await;
        let page = database.page(&claim, 2).await;
        assert_eq!((page.progress.applied, page.last), (2, false));
        assert!(database.page(&claim, 2).await.last);
        let user = database.user("user1").await;
        assert_eq!((user.fields.phone.as_deref(), user.fields.department.as_deref()), (None, Some("D")));
        assert_eq!(database.user("user2").await.version, 1);
        assert_eq!(users(&database).await, 5);
        let query = ReportQuery { limit: 10, ..ReportQuery::default() };
        let report = database.store.list_report(job_id, &query).await.unwrap();
        assert_eq!(report.items.iter().map(|row| row.row.row).collect::<Vec<_>>(), [0, 1, 5]);
        let fields: Vec<_> = report.items[0].row.fields.iter().map(|change| change.field.clone()).collect();
        assert_eq!(fields, [Field::Department], "cut down to what was picked");
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_overlapping_plans_finds_its_rows_stale() {
    each_database(async |database| {
        let store = &database.store;
        database.imported(&people(0..4)).await;
        let planned = async |phone: &str, numbers: std::ops::Range<u32>| {
            let mut records = people(numbers);
            records.iter_mut().for_each(|record| record.fields.phone = Patch::Set(phone.into()));
            database.planned(&records).await
        };
        let (first, second) = (planned("1", 0..3).await, planned("2", 1..5).await);
        let all = Selection::default();
        let first = database.committed(first, &all).await;
        let second = database.committed(second, &all).await;
        let one = database.claimed().await;
        let two = database.claimed().await;
        assert_eq!((one.job_id, two.job_id), (first, second));
        let (one, two) = tokio::join!(database.page(&one, 100), database.page(&two, 100));
        assert_eq!(one.progress.applied + two.progress.applied, 5);
        assert_eq!(one.progress.stale + two.progress.stale, 2);
        let phones = [1, 2].map(|number| format!("user{number}"));
        for name in phones {
            assert_eq!(database.user(&name).await.version, 2, "{name} changed once");
        }
        assert!(store.find_user_by_name("user4").await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn no_run_disables_the_last_administrator() {
    each_database(async |database| {
        let administrators = BTreeSet::from([given(RoleCode::ADMINISTRATOR)]);
        let policy = Policy { roles: administrators, ..database.policy() };
        database.imported_with(&people(0..2), &policy).await;
        // Who cannot sign in does not count.
        for name in ["user0", "user1"] {
            let user = database.user(name).await;
            database.store.set_password(user.user_id, "hash", None, 5).await.unwrap();
        }
        let mut records = people(0..2);
        records.iter_mut().for_each(|record| record.fields.enabled = Some(false));
        let (plan_id, rows) = database.planned_with(&records, &database.policy()).await;
        assert!(rows.iter().all(|row| row.kind() == Kind::Disable));
        database.committed(plan_id, &Selection::default()).await;
        // The third administrator goes, by hand.
        database.edited(&database.user("admin").await, |fields| fields.enabled = false).await;
        let claim = database.claimed().await;
        database.page(&claim, 100).await;
        assert_eq!(outcomes(&database, &claim).await, [Some(Outcome::Applied), Some(Outcome::Stale)]);
        let last = database.store.last_administrator(5).await.unwrap();
        assert_eq!(last, Some(database.user("user1").await.user_id));
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_cut_off_in_the_middle_is_there_as_a_whole_or_not_at_all() {
    each_database(async |database| {
        let plan_id = database.planned(&people(0..300)).await;
        let job_id = database.committed(plan_id, &Selection::default()).await;
        let claim = database.claimed().await;
        let mut cut = 0;
        for steps in 1.. {
            cut += u32::from(dropped_after(steps, database.store.apply_page(&claim, 20, 40, 1000)).await.is_none());
            // A commit that was on its way may still arrive: this write comes behind it.
            assert_eq!(database.store.keep_claim(&claim, 1000).await.unwrap(), Held::Yes(()));
            let progress = database.store.find_job(job_id).await.unwrap().unwrap().progress;
            let written = outcomes(&database, &claim).await.iter().flatten().count() as u32;
            assert_eq!((progress.done() % 20, written), (0, progress.applied));
            assert_eq!(users(&database).await, 1 + progress.applied);
            if progress.done() == 300 {
                break;
            }
        }
        assert!(cut > 0, "no page was cut off");
    })
    .await;
}

/// Gives a future so many steps and drops it then.
async fn dropped_after<T>(steps: u32, future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let mut left = steps;
    std::future::poll_fn(|context| {
        if left == 0 {
            return std::task::Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}
