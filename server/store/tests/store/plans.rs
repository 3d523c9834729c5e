//! Stored plans.

use crate::support::{each_database, fields, people, record};
use identity::id::PlanId;
use plan::{Kind, Part, Row, Selection};
use std::collections::{BTreeMap, BTreeSet};
use store::StoreError;
use store::plans::{Committed, RowQuery};

fn query() -> RowQuery {
    RowQuery { limit: 1000, ..RowQuery::default() }
}

#[tokio::test]
async fn a_plan_is_seen_once_it_is_finished_and_is_what_was_planned() {
    each_database(async |database| {
        let store = &database.store;
        let policy = database.policy();
        let plan = database.plan_with(&people(0..2300), &policy).await;
        let plan_id = database.store_plan(&plan, &policy).await;
        let stored = store.find_plan(plan_id).await.unwrap().unwrap();
        assert_eq!((&stored.summary, &stored.policy, stored.job_id), (&plan.summary, &policy, None));
        assert_eq!((stored.source.query.as_str(), stored.author, stored.created_at), ("*", database.admin, 10));
        let mut rows: Vec<Row> = Vec::new();
        while rows.len() < 2300 {
            let part = RowQuery { offset: rows.len() as u32, ..query() };
            let page = store.list_plan_rows(plan_id, &part).await.unwrap();
            assert_eq!(page.total, 2300);
            assert!(page.items.iter().all(|listed| !listed.stale));
            rows.extend(page.items.into_iter().map(|listed| listed.row));
        }
        assert_eq!(rows, plan.rows);
        assert_eq!(store.plan_outline(plan_id).await.unwrap(), vec![Kind::Create; 2300]);
        let late = store.append_plan_rows(plan_id, &plan.rows[..1]).await;
        assert!(matches!(late, Err(StoreError::Missing { .. })), "a finished plan takes no more rows");
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_is_not_finished_is_nobodys_and_is_forgotten() {
    each_database(async |database| {
        let store = &database.store;
        let finished = database.planned(&people(0..3)).await;
        let policy = database.policy();
        let source = store.find_plan(finished).await.unwrap().unwrap().source;
        let plan = database.plan_with(&people(0..3), &policy).await;
        let begun = store.begin_plan(&source, &policy, database.admin, 10).await.unwrap();
        store.append_plan_rows(begun, &plan.rows).await.unwrap();
        assert_eq!(store.find_plan(begun).await.unwrap(), None);
        assert_eq!(store.list_plan_rows(begun, &query()).await.unwrap().items, []);
        let all = Selection::default();
        assert!(matches!(store.commit_plan(begun, &all, database.admin, 20).await, Err(StoreError::Missing { .. })));
        assert!(store.commit_plan(PlanId(4711), &all, database.admin, 20).await.is_err());
        assert_eq!(store.delete_unfinished_plans(10).await.unwrap(), 0);
        assert_eq!(store.delete_unfinished_plans(11).await.unwrap(), 1);
        assert!(store.find_plan(finished).await.unwrap().is_some());
        assert_eq!(store.plan_outline(begun).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn rows_are_listed_by_kind_warning_and_text() {
    each_database(async |database| {
        database.imported(&people(0..3)).await;
        let mut records = people(1..6);
        records[0].fields.display_name = identity::field::Patch::Set("Zoë %".into());
        records[4].issues.push(plan::Issue::NotText { attribute: "photo".into() });
        let plan_id = database.planned(&records).await;
        let list = async |query: RowQuery| {
            let page = database.store.list_plan_rows(plan_id, &query).await.unwrap();
            assert_eq!(page.total as usize, page.items.len());
            page.items.into_iter().map(|listed| listed.row.row).collect::<Vec<_>>()
        };
        assert_eq!(list(RowQuery { kind: Some(Kind::Create), ..query() }).await, [2, 3, 4]);
        assert_eq!(list(RowQuery { kind: Some(Kind::Unchanged), ..query() }).await, [1]);
        assert_eq!(list(RowQuery { warnings: true, ..query() }).await, [4]);
        assert_eq!(list(RowQuery { text: "ZOE\u{308}".into(), ..query() }).await, [0]);
        assert_eq!(list(RowQuery { text: "%".into(), ..query() }).await, [0]);
        assert_eq!(list(RowQuery { text: "\0".into(), ..query() }).await, Vec::<u32>::new());
        let cut = RowQuery { kind: Some(Kind::Create), offset: 1, limit: 1, ..query() };
        let page = database.store.list_plan_rows(plan_id, &cut).await.unwrap();
        assert_eq!((page.total, page.items[0].row.row), (3, 3));
        // The numbers are those of the whole list, wherever a page of it begins and ends.
        let numbers = async |query: RowQuery| database.store.plan_row_numbers(plan_id, &query).await.unwrap();
        assert_eq!(numbers(cut).await, [2, 3, 4]);
        assert_eq!(numbers(RowQuery::default()).await, [0, 1, 2, 3, 4]);
        assert_eq!(numbers(RowQuery { warnings: true, text: "person".into(), ..query() }).await, [4]);
        assert_eq!(numbers(RowQuery { text: "\0".into(), ..query() }).await, Vec::<u32>::new());
    })
    .await;
}

#[tokio::test]
async fn rows_whose_users_changed_are_shown_stale_and_not_committed() {
    each_database(async |database| {
        let store = &database.store;
        database.imported(&people(0..3)).await;
        let mut records = people(0..4);
        for record in &mut records {
            record.fields.phone = identity::field::Patch::Set("1".into());
        }
        records.push(record("e9", "fresh", "F"));
        let plan_id = database.planned(&records).await;
        // Meanwhile: one is edited, and somebody takes the name of a new one.
        database.edited(&database.user("user1").await, |fields| fields.email = Some("x@y".into())).await;
        database.created(&fields("FRESH"), &BTreeSet::new()).await;
        let listed = store.list_plan_rows(plan_id, &query()).await.unwrap().items;
        let stale: Vec<_> = listed.iter().filter(|listed| listed.stale).map(|listed| listed.row.row).collect();
        assert_eq!(stale, [1, 4]);
        let only_stale = RowQuery { stale: true, ..query() };
        let listed = store.list_plan_rows(plan_id, &only_stale).await.unwrap();
        let stale: Vec<_> = listed.items.iter().map(|listed| (listed.row.row, listed.stale)).collect();
        assert_eq!((listed.total, stale), (2, vec![(1, true), (4, true)]));
        let second = RowQuery { offset: 1, limit: 1, ..only_stale.clone() };
        let second = store.list_plan_rows(plan_id, &second).await.unwrap();
        assert_eq!((second.total, second.items.len(), second.items[0].row.row), (2, 1, 4));
        let named = RowQuery { text: "fresh".into(), kind: Some(Kind::Create), ..only_stale.clone() };
        assert_eq!(store.list_plan_rows(plan_id, &named).await.unwrap().total, 1);
        assert_eq!(store.plan_row_numbers(plan_id, &only_stale).await.unwrap(), [1, 4]);
        let all = Selection::default();
        let answer = store.commit_plan(plan_id, &all, database.admin, 20).await.unwrap();
        assert_eq!(answer, Committed::Stale { rows: vec![1, 4], total: 2 });
        assert_eq!(store.list_jobs(&store::jobs::JobQuery { limit: 9, ..Default::default() }).await.unwrap().total, 1);
        // Without them it goes.
        let rest = Selection { rows: BTreeSet::from([1, 4]), ..Selection::default() };
        let job_id = database.committed(plan_id, &rest).await;
        assert_eq!(store.find_job(job_id).await.unwrap().unwrap().progress.total, 3);
        assert!(store.list_plan_rows(plan_id, &query()).await.unwrap().items.iter().all(|listed| !listed.stale));
        assert_eq!(store.list_plan_rows(plan_id, &only_stale).await.unwrap().total, 0, "it is the job's by now");
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_committed_once_also_at_the_same_moment() {
    each_database(async |database| {
        let store = &database.store;
        let plan_id = database.planned(&people(0..10)).await;
        let all = Selection::default();
        let commit = || store.commit_plan(plan_id, &all, database.admin, 20);
        let answers = tokio::join!(commit(), commit(), commit(), commit());
        let answers = [answers.0, answers.1, answers.2, answers.3].map(|answer| answer.unwrap());
        let queued = answers.iter().filter_map(|answer| match answer {
            Committed::Queued(job_id) => Some(*job_id),
            _ => None,
        });
        let queued: Vec<_> = queued.collect();
        let [job_id] = queued.as_slice() else { panic!("{answers:?}") };
        assert_eq!(answers.iter().filter(|answer| **answer == Committed::Already(*job_id)).count(), 3);
        assert_eq!(store.find_plan(plan_id).await.unwrap().unwrap().job_id, Some(*job_id));
    })
    .await;
}

#[tokio::test]
async fn what_is_picked_is_counted_by_the_stored_rows() {
    each_database(async |database| {
        let store = &database.store;
        database.imported(&people(0..3)).await;
        let mut records = people(0..6);
        for record in &mut records[..2] {
            record.fields.phone = identity::field::Patch::Set("1".into());
        }
        let plan_id = database.planned(&records).await;
        let count = async |selection: &Selection| {
            let counts = store.picked_counts(plan_id, selection).await.unwrap();
            (counts.create, counts.update, counts.rows())
        };
        assert_eq!(count(&Selection::default()).await, (3, 2, 5));
        assert_eq!(count(&Selection::none()).await, (0, 0, 0));
        let few = Selection { rows: BTreeSet::from([0, 2, 5]), ..Selection::none() };
        assert_eq!(count(&few).await, (1, 1, 2), "a row that is no change is never picked");
        let phone = identity::field::Field::Phone;
        let no_phones = Selection { unpicked_fields: BTreeSet::from([phone.clone()]), ..Selection::default() };
        assert_eq!(count(&no_phones).await, (3, 0, 3), "rows without a picked part are not applied");
        let one_less =
            Selection { parts: BTreeMap::from([(1, BTreeSet::from([Part::Field(phone)]))]), ..Selection::default() };
        assert_eq!(count(&one_less).await, (3, 1, 4));
        let nothing = store.commit_plan(plan_id, &Selection::none(), database.admin, 20).await.unwrap();
        assert_eq!(nothing, Committed::Empty);
        let job_id = database.committed(plan_id, &no_phones).await;
        assert_eq!(store.find_job(job_id).await.unwrap().unwrap().progress.total, 3);
    })
    .await;
}

#[tokio::test]
async fn a_plan_of_a_directory_that_is_gone_is_stale_as_a_whole() {
    each_database(async |database| {
        let plan_id = database.planned(&people(0..150)).await;
        database.store.remove_directory(database.directory_id, database.admin, 15).await.unwrap();
        let answer = database.store.commit_plan(plan_id, &Selection::default(), database.admin, 20).await.unwrap();
        assert_eq!(answer, Committed::Stale { rows: (0..100).collect(), total: 150 });
        let page = database.store.list_plan_rows(plan_id, &RowQuery { stale: true, ..query() }).await.unwrap();
        assert_eq!((page.total, page.items.len()), (150, 150));
        let page = database.store.list_plan_rows(plan_id, &query()).await.unwrap();
        assert!(page.items.iter().all(|listed| listed.stale));
    })
    .await;
}
