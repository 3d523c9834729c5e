//! Rows that are refused for who commits them.

use crate::support::{Database, auditor, each_database, fields, people, role};
use identity::field::Patch;
use identity::id::UserId;
use identity::role::RoleCode;
use job::{Outcome, Rejection};
use plan::{Policy, Record, Selection};
use std::collections::BTreeSet;
use store::jobs::ReportQuery;

/// Commits what the administrator has planned as somebody else; what becomes of the rows.
async fn committed_by(database: &Database, author: UserId, records: &[Record]) -> Vec<Option<Outcome>> {
    let plan_id = database.planned(records).await;
    database.store.commit_plan(plan_id, &Selection::default(), author, 20).await.unwrap();
    let claim = database.claimed().await;
    assert!(database.page(&claim, 100).await.last);
    let query = ReportQuery { limit: 100, ..ReportQuery::default() };
    let page = database.store.list_report(claim.job_id, &query).await.unwrap();
    page.items.into_iter().map(|row| row.outcome).collect()
}

/// Imports people with a role.
async fn imported_as(database: &Database, numbers: std::ops::Range<u32>, roles: BTreeSet<RoleCode>) {
    let policy = Policy { roles, ..database.policy() };
    database.imported_with(&people(numbers), &policy).await;
}

fn administrator() -> BTreeSet<RoleCode> {
    BTreeSet::from([role(RoleCode::ADMINISTRATOR)])
}

#[tokio::test]
async fn nobody_is_disabled_by_their_own_job_whoever_planned_it() {
    each_database(async |database| {
        imported_as(&database, 0..2, administrator()).await;
        let mut records = people(0..2);
        records.iter_mut().for_each(|record| record.fields.enabled = Some(false));
        let author = database.user("user1").await.user_id;
        let outcomes = committed_by(&database, author, &records).await;
        assert_eq!(outcomes, [Some(Outcome::Applied), Some(Outcome::Stale)]);
        assert!(database.user("user1").await.fields.enabled);
    })
    .await;
}

#[tokio::test]
async fn nobody_disarms_a_user_who_may_do_more() {
    each_database(async |database| {
        imported_as(&database, 0..3, administrator()).await;
        imported_as(&database, 3..5, auditor()).await;
        imported_as(&database, 5..6, BTreeSet::new()).await;
        let manager = database.created(&fields("manager"), &BTreeSet::from([role(RoleCode::USER_MANAGER)])).await;
        let mut records = people(0..6);
        for number in [0, 3, 5] {
            records[number].fields.enabled = Some(false);
        }
        for number in [1, 4] {
            records[number].fields.username = Some(format!("renamed{number}"));
        }
        // Neither a telephone number nor another spelling of the name takes anything away.
        records[2].fields.phone = Patch::Set("7".into());
        records[2].fields.username = Some("USER2".into());
        let outcomes = committed_by(&database, manager.user_id, &records).await;
        let (applied, refused) = (Some(Outcome::Applied), Some(Outcome::Rejected(Rejection::NotAllowed)));
        let expected = [&refused, &refused, &applied, &applied, &applied, &applied];
        assert_eq!(outcomes.iter().collect::<Vec<_>>(), expected);
        assert!(database.user("user0").await.fields.enabled);
        assert_eq!(database.user("user1").await.version, 1);
    })
    .await;
}
