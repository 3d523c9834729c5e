//! Pages that are made ready before it is their turn.

use crate::support::{Database, auditor, each_database, fields, people, record, role};
use identity::field::Patch;
use identity::role::RoleCode;
use job::{Outcome, Progress, Rejection};
use plan::{Policy, Record, Selection};
use std::collections::BTreeSet;
use store::ahead::Ahead;
use store::jobs::{Claim, Held, PageApplied, ReportQuery};

async fn ready(database: &Database, claim: &Claim, behind: Option<i64>, size: u32) -> Ahead {
    database.store.read_ahead(claim.job_id, behind, size).await.unwrap()
}

async fn applied(database: &Database, claim: &Claim, ahead: Ahead) -> PageApplied {
    match database.store.apply_ahead(claim, ahead, 40, 1000).await.unwrap() {
        Held::Yes(page) => page,
        Held::Lost => panic!("the claim is lost"),
    }
}

async fn outcomes(database: &Database, claim: &Claim) -> Vec<Option<Outcome>> {
    let query = ReportQuery { limit: 1000, ..ReportQuery::default() };
    let page = database.store.list_report(claim.job_id, &query).await.unwrap();
    page.items.into_iter().map(|row| row.outcome).collect()
}

fn with_phones(mut records: Vec<Record>) -> Vec<Record> {
    records.iter_mut().for_each(|record| record.fields.phone = Patch::Set("1".into()));
    records
}

#[tokio::test]
async fn pages_that_were_ready_before_are_applied_in_their_order() {
    each_database(async |database| {
        database.imported(&people(0..5)).await;
        let plan_id = database.planned(&with_phones(people(0..30))).await;
        database.committed(plan_id, &Selection::default()).await;
        let claim = database.claimed().await;
        let mut waiting = vec![ready(&database, &claim, None, 12).await];
        while !waiting[waiting.len() - 1].is_last() {
            let behind = waiting[waiting.len() - 1].checkpoint();
            waiting.push(ready(&database, &claim, Some(behind), 12).await);
        }
        let mut done = vec![];
        for ahead in waiting {
            done.push(applied(&database, &claim, ahead).await.progress.applied);
        }
        assert_eq!(done, [12, 24, 30]);
        for number in 0..30 {
            let user = database.user(&format!("user{number}")).await;
            assert_eq!((user.version, user.fields.phone.as_deref()), (if number < 5 { 2 } else { 1 }, Some("1")));
            let history = database.store.user_history(user.user_id, None, 10).await.unwrap();
            assert_eq!(history.len() as i64, user.version, "a line for each version");
        }
    })
    .await;
}

#[tokio::test]
async fn what_changed_while_a_page_was_ready_is_told_and_not_overwritten() {
    each_database(async |database| {
        database.imported(&people(0..4)).await;
        let mut records = with_phones(people(0..4));
        records.extend([record("e10", "fresh", "F"), record("e11", "other", "O"), record("e12", "good", "G")]);
        let plan_id = database.planned(&records).await;
        database.committed(plan_id, &Selection::default()).await;
        let claim = database.claimed().await;
        let ahead = ready(&database, &claim, None, 100).await;
        // Meanwhile:
        database.edited(&database.user("user0").await, |fields| fields.phone = Some("by hand".into())).await;
        database.meddle("DELETE FROM users WHERE username = 'user2'").await.unwrap();
        database.created(&fields("FRESH"), &BTreeSet::new()).await;
        database.created(&fields("thief"), &BTreeSet::new()).await;
        database
            .meddle("UPDATE users SET directory_id = 1, external_id = 'e11', dn = 'x' WHERE username = 'thief'")
            .await
            .unwrap();
        let page = applied(&database, &claim, ahead).await;
        assert_eq!(page.progress, Progress { total: 7, applied: 3, stale: 1, rejected: 3 });
        let rejected = |rejection| Some(Outcome::Rejected(rejection));
        let expected = [
            Some(Outcome::Stale),
            Some(Outcome::Applied),
            rejected(Rejection::UserGone),
            Some(Outcome::Applied),
            rejected(Rejection::UsernameTaken),
            rejected(Rejection::EntryTaken),
            Some(Outcome::Applied),
        ];
        assert_eq!(outcomes(&database, &claim).await, expected);
        let by_hand = database.user("user0").await;
        assert_eq!((by_hand.version, by_hand.fields.phone.as_deref()), (2, Some("by hand")));
        assert_eq!(database.user("fresh").await.link, None);
        assert_eq!(database.user("good").await.version, 1);
    })
    .await;
}

/// One at a time, so that each is noticed by itself.
#[tokio::test]
async fn each_way_to_be_outdated_is_noticed() {
    each_database(async |database| {
        database.imported(&people(0..1)).await;
        let statements = [
            ("UPDATE users SET version = version + 1 WHERE username = 'user0'", Outcome::Stale),
            ("DELETE FROM users WHERE username = 'user0'", Outcome::Rejected(Rejection::UserGone)),
        ];
        for (statement, expected) in statements {
            let plan_id = database.planned(&with_phones(people(0..1))).await;
            database.committed(plan_id, &Selection::default()).await;
            let claim = database.claimed().await;
            let ahead = ready(&database, &claim, None, 10).await;
            database.meddle(statement).await.unwrap();
            assert!(applied(&database, &claim, ahead).await.last);
            assert_eq!(outcomes(&database, &claim).await, [Some(expected)]);
            database.store.end_job(&claim, job::JobEvent::Completed, None, 50).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_role_that_went_while_a_page_was_ready_is_not_given() {
    each_database(async |database| {
        let policy = Policy { roles: auditor(), ..database.policy() };
        let (plan_id, _) = database.planned_with(&people(0..3), &policy).await;
        database.committed(plan_id, &Selection::default()).await;
        let claim = database.claimed().await;
        let ahead = ready(&database, &claim, None, 10).await;
        let code = role(RoleCode::AUDITOR);
        assert_eq!(code.as_str(), "ROLE_AUDITOR");
        database.meddle("DELETE FROM roles WHERE role_code = 'ROLE_AUDITOR'").await.unwrap();
        assert_eq!(applied(&database, &claim, ahead).await.progress.rejected, 3);
        assert_eq!(outcomes(&database, &claim).await, vec![Some(Outcome::Rejected(Rejection::RoleGone)); 3]);
    })
    .await;
}

#[tokio::test]
async fn a_page_whose_turn_is_past_is_not_applied_twice() {
    each_database(async |database| {
        let plan_id = database.planned(&people(0..30)).await;
        database.committed(plan_id, &Selection::default()).await;
        let claim = database.claimed().await;
        let (first, again) = (ready(&database, &claim, None, 10).await, ready(&database, &claim, None, 10).await);
        let far = ready(&database, &claim, Some(19), 10).await;
        assert_eq!(applied(&database, &claim, first).await.progress.applied, 10);
        // The rows that are next, whatever was made ready.
        assert_eq!(applied(&database, &claim, again).await.progress.applied, 20);
        let page = applied(&database, &claim, far).await;
        assert_eq!((page.progress.applied, page.last), (30, true));
        for number in 0..30 {
            assert_eq!(database.user(&format!("user{number}")).await.version, 1);
        }
        assert_eq!(outcomes(&database, &claim).await, vec![Some(Outcome::Applied); 30]);
        let dead = Claim { fence: claim.fence - 1, ..claim };
        let late = ready(&database, &dead, Some(-1), 10).await;
        assert_eq!(database.store.apply_ahead(&dead, late, 41, 1000).await.unwrap(), Held::Lost);
    })
    .await;
}
