//! The report of a job, and what is left of it.

use crate::support::{Database, each_database, people, record};
use identity::external_id::ExternalId;
use identity::field::{Field, Patch};
use identity::id::JobId;
use job::Outcome;
use plan::{Record, Selection};
use std::collections::BTreeSet;
use store::StoreError;
use store::jobs::{ReportQuery, ReportRow};
use store::page::Page;

/// Thirty people get a telephone, and two of three of them a department.
fn changed() -> Vec<Record> {
    let mut records = people(0..30);
    for (number, record) in records.iter_mut().enumerate() {
        record.fields.phone = Patch::Set("1".into());
        if number % 3 != 0 {
            record.fields.department = Patch::Set("D".into());
        }
    }
    records
}

fn without_phones() -> Selection {
    Selection { unpicked_fields: BTreeSet::from([Field::Phone]), ..Selection::default() }
}

/// Commits a part of [`changed`] and applies a page of five rows.
async fn begun(database: &Database, selection: &Selection) -> JobId {
    database.imported(&people(0..30)).await;
    let plan_id = database.planned(&changed()).await;
    let job_id = database.committed(plan_id, selection).await;
    let claim = database.claimed().await;
    assert!(!database.page(&claim, 5).await.last);
    job_id
}

async fn left(database: &Database, job_id: JobId, text: &str, offset: u32) -> Result<Page<ReportRow>, StoreError> {
    let query = ReportQuery { outcome: Some("none".into()), text: text.into(), offset, limit: 5 };
    database.store.list_report(job_id, &query).await
}

fn numbers(page: &Page<ReportRow>) -> (u32, Vec<u32>) {
    (page.total, page.items.iter().map(|line| line.row.row).collect())
}

#[tokio::test]
async fn rows_of_which_nothing_is_picked_are_in_no_part_of_a_report() {
    let named: BTreeSet<u32> = (0..30).filter(|row| row % 2 == 0).collect();
    // Every way to say it, and the rows that it leaves.
    let two_of_three: Vec<u32> = (0..30).filter(|row| row % 3 != 0).collect();
    let even = two_of_three.iter().copied().filter(|row| row % 2 == 0).collect();
    let odd = two_of_three.iter().copied().filter(|row| row % 2 == 1).collect();
    let selections = [
        (without_phones(), two_of_three.clone()),
        (Selection { all: false, rows: named.clone(), ..without_phones() }, even),
        (Selection { rows: named, ..without_phones() }, odd),
    ];
    for (selection, expected) in &selections {
        each_database(async |database| {
            let job_id = begun(&database, selection).await;
            let done = expected.iter().take(5).copied().collect::<Vec<_>>();
            let rest: Vec<u32> = expected.iter().skip(5).copied().collect();
            let count = u32::try_from(rest.len()).unwrap();
            for offset in [0, 3, count - 1, count] {
                let page = left(&database, job_id, "", offset).await.unwrap();
                let part: Vec<u32> = rest.iter().skip(offset as usize).take(5).copied().collect();
                assert_eq!(numbers(&page), (count, part));
                assert!(page.items.iter().all(|line| line.outcome.is_none()));
                let fields =
                    |line: &ReportRow| line.row.fields.iter().map(|change| change.field.clone()).collect::<Vec<_>>();
                assert!(page.items.iter().all(|line| fields(line) == vec![Field::Department]));
            }
            let found: Vec<u32> = rest.iter().filter(|row| (20..30).contains(*row)).copied().collect();
            let page = left(&database, job_id, "USER2", 1).await.unwrap();
            let part = found.iter().skip(1).take(5).copied().collect();
            assert_eq!(numbers(&page), (u32::try_from(found.len()).unwrap(), part));
            let query = ReportQuery { offset: 3, limit: 4, ..ReportQuery::default() };
            let across = database.store.list_report(job_id, &query).await.unwrap();
            let part = done.iter().skip(3).chain(&rest).take(4).copied().collect();
            assert_eq!(numbers(&across), (count + 5, part));
        })
        .await;
    }
}

#[tokio::test]
async fn a_part_of_a_report_reads_no_other_rows() {
    each_database(async |database| {
        let job_id = begun(&database, &without_phones()).await;
        // A row far below that cannot be read.
        let broken = [
            "CREATE TABLE kept AS SELECT * FROM plan_rows WHERE \"row\" = 29 AND kind = 'update'",
            "DELETE FROM plan_rows WHERE \"row\" = 29 AND kind = 'update'",
            "INSERT INTO plan_rows (plan_id, \"row\", kind, warning, user_id, version, search, body) \
             SELECT plan_id, \"row\", kind, warning, user_id, version, search, 'broken' FROM kept",
        ];
        for statement in broken {
            database.meddle(statement).await.unwrap();
        }
        assert_eq!(numbers(&left(&database, job_id, "", 0).await.unwrap()), (15, vec![8, 10, 11, 13, 14]));
        assert_eq!(numbers(&left(&database, job_id, "", 5).await.unwrap()), (15, vec![16, 17, 19, 20, 22]));
        assert!(left(&database, job_id, "", 10).await.is_err(), "the row that is broken");
    })
    .await;
}

#[tokio::test]
async fn what_was_left_undone_is_every_entry_that_was_picked_and_not_applied() {
    each_database(async |database| {
        database.imported(&people(0..30)).await;
        let plan_id = database.planned(&changed()).await;
        let job_id = database.committed(plan_id, &without_phones()).await;
        let colleague = database.user("user2").await;
        database.edited(&colleague, |fields| fields.email = Some("two@example.org".into())).await;
        let claim = database.claimed().await;
        database.page(&claim, 5).await;
        let query = ReportQuery { outcome: Some("stale".into()), limit: 5, ..ReportQuery::default() };
        let stale = database.store.list_report(job_id, &query).await.unwrap();
        assert_eq!(numbers(&stale), (1, vec![2]));
        assert_eq!(stale.items[0].outcome, Some(Outcome::Stale));

        let id = |number: u32| record(&format!("e{number}"), "", "").entry.unwrap().external_id;
        let applied = [1, 4, 5, 7];
        let undone: BTreeSet<ExternalId> =
            (0..30).filter(|number| number % 3 != 0 && !applied.contains(number)).map(id).collect();
        assert_eq!(database.store.rest_of_job(job_id).await.unwrap().unwrap().entries, undone);
    })
    .await;
}
