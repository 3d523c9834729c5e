//! Reading all users of a list, and all rows that a job left undone, page by page.

use crate::support::{Database, auditor, each_database, fields, people, record};
use identity::field::{Field, Patch};
use identity::role::RoleCode;
use identity::user::{Origin, UserFields};
use job::{JobEvent, Outcome, Rejection};
use plan::{Kind, Selection};
use std::collections::{BTreeMap, BTreeSet};
use store::jobs::ReportRow;
use store::undone::Undone;
use store::users::UserQuery;

async fn names(database: &Database, query: UserQuery) -> (Vec<usize>, Vec<String>) {
    let mut reader = database.store.read_users(query).await.unwrap();
    let (mut pages, mut names) = (vec![], vec![]);
    loop {
        let page = reader.next_page().await.unwrap();
        if page.is_empty() {
            return (pages, names);
        }
        pages.push(page.len());
        names.extend(page.into_iter().map(|user| user.fields.username));
    }
}

#[tokio::test]
async fn every_user_is_read_once() {
    each_database(async |database| {
        database.imported(&people(0..2000)).await;
        let (pages, read) = names(&database, UserQuery::default()).await;
        assert_eq!(pages, [1000, 1000, 1]);
        let unique: BTreeSet<&String> = read.iter().collect();
        assert_eq!((unique.len(), read[0].as_str()), (2001, "admin"));
        let query = UserQuery { text: "user1".to_owned(), ..UserQuery::default() };
        assert_eq!(names(&database, query).await.0, [1000, 111]);
        let query = UserQuery { text: "user\0".to_owned(), ..UserQuery::default() };
        assert_eq!(names(&database, query).await.0, Vec::<usize>::new());
    })
    .await;
}

#[tokio::test]
async fn every_filter_is_that_of_the_list() {
    each_database(async |database| {
        database.imported(&people(0..5)).await;
        database.created(&UserFields { enabled: false, ..fields("left") }, &BTreeSet::new()).await;
        database.created(&fields("reads"), &auditor()).await;
        let all = UserQuery { limit: 1000, ..UserQuery::default() };
        let queries = [
            UserQuery { text: "E".to_owned(), ..all.clone() },
            UserQuery { origin: Some(Origin::External), ..all.clone() },
            UserQuery { origin: Some(Origin::Internal), ..all.clone() },
            UserQuery { enabled: Some(false), ..all.clone() },
            UserQuery { role: RoleCode::parse(RoleCode::AUDITOR).ok(), ..all.clone() },
            UserQuery { directory_id: Some(database.directory_id), ..all.clone() },
        ];
        for query in queries {
            let listed = database.store.list_users(&query).await.unwrap().items;
            let listed: Vec<String> = listed.into_iter().map(|listed| listed.user.fields.username).collect();
            assert!(!listed.is_empty() && listed.len() < 8);
            assert_eq!(names(&database, query).await.1, listed);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_written_meanwhile_is_not_read() {
    each_database(async |database| {
        database.imported(&people(0..1200)).await;
        let mut reader = database.store.read_users(UserQuery::default()).await.unwrap();
        assert_eq!(reader.custom_names().await.unwrap(), BTreeSet::new());
        assert_eq!(reader.next_page().await.unwrap().len(), 1000);
        let custom = BTreeMap::from([("badge".to_owned(), vec!["7".to_owned()])]);
        database.created(&UserFields { custom: custom.clone(), ..fields("zzz") }, &BTreeSet::new()).await;
        let user = database.user("user999").await;
        database.edited(&user, |fields| fields.custom = custom).await;
        let rest = reader.next_page().await.unwrap();
        assert_eq!(rest.len(), 201);
        assert!(rest.iter().all(|user| user.fields.custom.is_empty()));
        let mut reader = database.store.read_users(UserQuery::default()).await.unwrap();
        assert_eq!(reader.custom_names().await.unwrap(), BTreeSet::from(["badge".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn what_a_job_left_undone_is_blocked_or_did_not_come_through() {
    each_database(async |database| {
        let mut records = people(0..4);
        for record in &mut records {
            record.fields.phone = Patch::Set("1".into());
        }
        // The same entry again blocks; row 1 is picked by nobody, and row 2 without its telephone.
        records.push(record("e0", "user0", "Person 0"));
        let mut selection = Selection::default();
        selection.rows.insert(1);
        selection.unpicked_fields.insert(Field::Phone);
        let (plan_id, rows) = database.planned_with(&records, &database.policy()).await;
        assert_eq!(rows[4].kind(), Kind::Blocked);
        let job_id = database.committed(plan_id, &selection).await;
        assert_eq!(database.store.count_undone(job_id).await.unwrap(), Some(Undone { rows: 4, left_out: 1 }));
        database.created(&fields("USER2"), &BTreeSet::new()).await;
        let claim = database.claimed().await;
        while !database.page(&claim, 1000).await.last {}
        database.store.end_job(&claim, JobEvent::Completed, None, 50).await.unwrap();

        assert_eq!(database.store.count_undone(job_id).await.unwrap(), Some(Undone { rows: 2, left_out: 1 }));
        let mut reader = database.store.read_undone(job_id).await.unwrap().unwrap();
        for _ in 0..2 {
            let page = reader.next_page().await.unwrap().unwrap();
            let line = |line: &ReportRow| (line.row.username.clone(), line.row.kind(), line.outcome.clone());
            let taken = Some(Outcome::Rejected(Rejection::UsernameTaken));
            let expected = [("user2".to_owned(), Kind::Create, taken), ("user0".to_owned(), Kind::Blocked, None)];
            assert_eq!(page.iter().map(line).collect::<Vec<_>>(), expected);
            assert_eq!(reader.next_page().await.unwrap(), None);
            reader.rewind();
        }
        let nowhere = identity::id::JobId(999);
        assert!(database.store.read_undone(nowhere).await.unwrap().is_none());
        assert_eq!(database.store.count_undone(nowhere).await.unwrap(), None);
    })
    .await;
}
