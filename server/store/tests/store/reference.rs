//! The store applies as [`plan::apply`] does: random people, random meanwhile, random selections, on both databases.

use crate::support::{Database, each_database, fields, people, record};
use identity::field::{Field, Patch};
use identity::id::UserId;
use identity::user::User;
use job::Outcome;
use plan::apply::{Effect, apply};
use plan::{Record, Selection, changeset};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use store::jobs::ReportQuery;
use store::users::UserQuery;

/// What a directory has now: some of forty entries, with few enough names that they meet.
fn source() -> impl Strategy<Value = Vec<Record>> {
    let entry = (0..40_u32, 0..60_u32, 0..3_u8, any::<Option<bool>>());
    proptest::collection::vec(entry, 0..40).prop_map(|entries| {
        let mut seen = BTreeSet::new();
        let entries = entries.into_iter().filter(|(entry, ..)| seen.insert(*entry));
        let records = entries.map(|(entry, name, department, enabled)| {
            let mut record = record(&format!("e{entry}"), &format!("Name{name}"), &format!("N {name}"));
            record.fields.department = [Patch::Keep, Patch::Clear, Patch::Set("D".into())][department as usize].clone();
            record.fields.enabled = enabled;
            record
        });
        records.collect()
    })
}

fn selection() -> impl Strategy<Value = Selection> {
    let fields = proptest::sample::subsequence(vec![Field::Department, Field::Username, Field::DisplayName], 0..3);
    (any::<bool>(), proptest::collection::btree_set(0..40_u32, 0..20), fields).prop_map(|(all, rows, fields)| {
        Selection { all, rows, unpicked_fields: fields.into_iter().collect(), parts: BTreeMap::new() }
    })
}

async fn users(database: &Database) -> BTreeMap<UserId, User> {
    let query = UserQuery { limit: 1000, ..UserQuery::default() };
    let page = database.store.list_users(&query).await.unwrap();
    page.items.into_iter().map(|listed| (listed.user.user_id, listed.user)).collect()
}

/// Users without their numbers, which the database gives.
fn without_numbers(users: &BTreeMap<UserId, User>) -> BTreeSet<String> {
    users.values().map(|user| format!("{:?}", User { user_id: UserId(0), ..user.clone() })).collect()
}

#[tokio::test]
async fn the_store_applies_as_the_reference_does() {
    each_database(async |database| {
        let mut runner = TestRunner::deterministic();
        database.imported(&people(0..5)).await;
        for round in 0..25 {
            let value = (source(), selection(), 1..7_u32, 0..60_u32).new_tree(&mut runner).unwrap().current();
            let (records, selection, page_size, name) = value;
            let policy = database.policy();
            let plan = database.plan_with(&records, &policy).await;
            let plan_id = database.store_plan(&plan, &policy).await;
            let changes = changeset(&plan, &selection);
            if changes.is_empty() {
                continue;
            }
            let job_id = database.committed(plan_id, &selection).await;
            // Meanwhile somebody changes two users and takes a name.
            let meanwhile: Vec<User> = users(&database).await.into_values().skip(1).step_by(7).take(2).collect();
            for user in meanwhile {
                database.edited(&user, |fields| fields.phone = Some(format!("{round}"))).await;
            }
            if database.store.find_user_by_name(&format!("name{name}")).await.unwrap().is_none() {
                database.created(&fields(&format!("name{name}")), &BTreeSet::new()).await;
            }
            let mut expected = users(&database).await;
            let effects = apply(&mut expected, &changes, policy.directory_id);
            let claim = database.claimed().await;
            while !database.page(&claim, page_size).await.last {}
            database.store.end_job(&claim, job::JobEvent::Completed, None, 50).await.unwrap();

            let query = ReportQuery { limit: 1000, ..ReportQuery::default() };
            let report = database.store.list_report(job_id, &query).await.unwrap();
            assert_eq!(report.total as usize, changes.len());
            for ((effect, change), row) in effects.iter().zip(&changes).zip(&report.items) {
                assert_eq!(change.row, row.row.row);
                let agree = match row.outcome.as_ref().map(Outcome::code) {
                    Some("applied") => matches!(effect, Effect::Applied(_)),
                    Some("stale") => *effect == Effect::Stale,
                    Some("username_taken") => *effect == Effect::UsernameTaken,
                    Some("entry_taken") => *effect == Effect::EntryTaken,
                    _ => false,
                };
                assert!(agree, "round {round}: {effect:?} against {:?}", row.outcome);
            }
            assert_eq!(without_numbers(&users(&database).await), without_numbers(&expected), "round {round}");
        }
    })
    .await;
}
