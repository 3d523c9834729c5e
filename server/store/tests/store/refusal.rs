//! Rows that are refused for who commits them.

use crate::groups::{group, name, names};
use crate::support::{Database, auditor, each_database, fields, given, people, record};
use identity::assignment::Assignment;
use identity::directory::NameConflict;
use identity::field::Patch;
use identity::id::UserId;
use identity::role::RoleCode;
use identity::user::UserFields;
use job::{Outcome, Rejection};
use plan::{FilePolicy, Policy, Record, Selection};
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
async fn imported_as(database: &Database, numbers: std::ops::Range<u32>, roles: BTreeSet<Assignment>) {
    let policy = Policy { roles, ..database.policy() };
    database.imported_with(&people(numbers), &policy).await;
}

fn administrator() -> BTreeSet<Assignment> {
    BTreeSet::from([given(RoleCode::ADMINISTRATOR)])
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
        let manager = database.created(&fields("manager"), &BTreeSet::from([given(RoleCode::USER_MANAGER)])).await;
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

#[tokio::test]
async fn nobody_lets_themselves_in_as_a_user_who_may_do_more() {
    each_database(async |database| {
        let manager = database.created(&fields("manager"), &BTreeSet::from([given(RoleCode::USER_MANAGER)])).await;
        let off = UserFields { enabled: false, ..fields("off") };
        database.created(&off, &administrator()).await;
        for name in ["letters", "phone", "renamed"] {
            database.created(&fields(name), &administrator()).await;
        }
        database.created(&fields("plain"), &auditor()).await;
        let records = [
            changing("off", |record| record.fields.enabled = Some(true)),
            changing("letters", |record| record.fields.email = Patch::Set("mallory@example.org".into())),
            changing("other", |record| record.old_username = Some("renamed".into())),
            changing("phone", |record| record.fields.phone = Patch::Set("7".into())),
            changing("plain", |record| record.fields.email = Patch::Set("plain@example.org".into())),
        ];
        let (applied, refused) = (Some(Outcome::Applied), Some(Outcome::Rejected(Rejection::NotAllowed)));
        let outcomes = database.file_by(manager.user_id, &records).await;
        assert_eq!(outcomes.iter().collect::<Vec<_>>(), [&refused, &refused, &refused, &applied, &applied]);
        assert_eq!(database.user("letters").await.fields.email, None);
        assert!(!database.user("off").await.fields.enabled);

        // Of a directory: a letter goes where it says, but nobody becomes an internal user of the same name.
        imported_as(&database, 0..1, administrator()).await;
        let policy = Policy { name_conflict: NameConflict::Link, ..database.policy() };
        let mut records = people(0..1);
        records[0].fields.email = Patch::Set("zero@example.org".into());
        records.extend([record("e7", "letters", "Mallory"), record("e8", "plain", "Plain")]);
        let outcomes = database.file_with(manager.user_id, &records, &policy).await;
        assert_eq!(outcomes, [applied.clone(), refused, applied]);
        assert_eq!(database.user("letters").await.link, None);
    })
    .await;
}

/// A row of a file that changes a user.
fn changing(username: &str, change: impl FnOnce(&mut Record)) -> Record {
    let mut record = Record::default();
    record.fields.username = Some(username.to_owned());
    change(&mut record);
    record
}

/// A row of a file: all roles and groups that somebody has afterwards.
fn row(username: &str, roles: &[&str], groups: &[&str]) -> Record {
    let texts = |texts: &[&str]| Patch::Set(texts.iter().map(|text| (*text).to_owned()).collect());
    let mut record = Record { roles: texts(roles), groups: texts(groups), ..Record::default() };
    record.fields.username = Some(username.to_owned());
    record
}

impl Database {
    /// As the file of an administrator.
    async fn file_policy(&self) -> Policy {
        let roles = self.store.list_roles().await.unwrap();
        let file = FilePolicy {
            roles: roles.into_iter().map(|listed| listed.role.code).collect(),
            groups: self.store.group_names().await.unwrap(),
            ..FilePolicy::default()
        };
        Policy { directory_id: None, file: Some(file), ..self.policy() }
    }

    /// Commits what the administrator has planned from a file as somebody else.
    async fn file_by(&self, author: UserId, records: &[Record]) -> Vec<Option<Outcome>> {
        let policy = self.file_policy().await;
        self.file_with(author, records, &policy).await
    }

    async fn file_with(&self, author: UserId, records: &[Record], policy: &Policy) -> Vec<Option<Outcome>> {
        let (plan_id, _) = self.planned_with(records, policy).await;
        self.store.commit_plan(plan_id, &Selection::default(), author, 20).await.unwrap();
        let claim = self.claimed().await;
        assert!(self.page(&claim, 100).await.last);
        let query = ReportQuery { limit: 100, ..ReportQuery::default() };
        let page = self.store.list_report(claim.job_id, &query).await.unwrap();
        self.store.end_job(&claim, job::JobEvent::Completed, None, 50).await.unwrap();
        page.items.into_iter().map(|row| row.outcome).collect()
    }
}

#[tokio::test]
async fn a_file_gives_and_takes_roles_and_groups_with_their_history() {
    each_database(async |database| {
        database.grouped("Sales").await;
        database.grouped("Support").await;
        let eve = database.member("eve", &names(&["Sales"])).await;
        database.created(&fields("bob"), &auditor()).await;
        let records = [
            row("eve", &[RoleCode::AUDITOR], &["SUPPORT"]),
            row("bob", &[RoleCode::USER_MANAGER], &[]),
            row("new", &[RoleCode::AUDITOR], &["Sales", "Support"]),
        ];
        let outcomes = database.file_by(database.admin, &records).await;
        assert_eq!(outcomes, vec![Some(Outcome::Applied); 3]);
        let user = database.user("eve").await;
        assert_eq!((user.version, &user.groups, &user.roles), (2, &names(&["Support"]), &auditor()));
        assert_eq!(database.user("new").await.groups, names(&["Sales", "Support"]));
        assert_eq!(database.user("bob").await.roles, BTreeSet::from([given(RoleCode::USER_MANAGER)]));
        let history = database.store.user_history(eve.user_id, None, 1).await.unwrap();
        assert_eq!(
            (&history[0].added_groups, &history[0].removed_groups),
            (&vec![name("Support")], &vec![name("Sales")])
        );
        assert_eq!(history[0].added_roles, [given(RoleCode::AUDITOR)]);
        let bob = database.user("bob").await.user_id;
        let history = database.store.user_history(bob, None, 1).await.unwrap();
        assert_eq!(history[0].removed_roles, [given(RoleCode::AUDITOR)]);
        // The same file again: nothing to do.
        let again = database.plan_with(&records, &database.file_policy().await).await;
        assert_eq!(again.summary.counts.unchanged, 3);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_is_gone_refuses_its_rows() {
    each_database(async |database| {
        let group_id = database.grouped("Sales").await;
        database.member("eve", &names(&["Sales"])).await;
        let policy = database.file_policy().await;
        database.store.edit_group(group_id, 1, &group("Selling"), database.admin, 6).await.unwrap();
        let records = [row("new", &[], &["Sales"]), row("eve", &[], &[]), row("bob", &[], &[])];
        let outcomes = database.file_with(database.admin, &records, &policy).await;
        let gone = Some(Outcome::Rejected(Rejection::GroupGone));
        // What leaves is planned from the user as it is, so it leaves the renamed group.
        assert_eq!(outcomes, [gone, Some(Outcome::Applied), Some(Outcome::Applied)]);
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_or_takes_a_role_beyond_their_own() {
    each_database(async |database| {
        let manager = database.created(&fields("manager"), &BTreeSet::from([given(RoleCode::USER_MANAGER)])).await;
        database.created(&fields("second"), &administrator()).await;
        database.created(&fields("audit"), &auditor()).await;
        let records = [
            row("second", &[], &[]),
            row("audit", &[], &[]),
            row("new", &[RoleCode::ADMINISTRATOR], &[]),
            row("other", &[RoleCode::AUDITOR], &[]),
        ];
        let outcomes = database.file_by(manager.user_id, &records).await;
        let (applied, refused) = (Some(Outcome::Applied), Some(Outcome::Rejected(Rejection::NotAllowed)));
        assert_eq!(outcomes, [refused.clone(), applied.clone(), refused, applied]);
        assert_eq!(database.user("second").await.roles, administrator());
    })
    .await;
}

#[tokio::test]
async fn no_run_demotes_the_last_administrator_or_its_author() {
    each_database(async |database| {
        let second = database.created(&fields("second"), &administrator()).await;
        database.store.set_password(second.user_id, "hash", None, 5).await.unwrap();
        // The administrator plans and the second one commits, who is then demoted by the job of their own.
        let records = [row("second", &[RoleCode::AUDITOR], &[])];
        assert_eq!(database.file_by(second.user_id, &records).await, [Some(Outcome::Stale)]);
        assert_eq!(database.user("second").await.roles, administrator());
        // Two are demoted by a third, who was demoted since: the last of them stays.
        let policy = Policy { acting_user: UserId(99), ..database.file_policy().await };
        let third = database.created(&fields("third"), &administrator()).await;
        let records = [row("admin", &[], &[]), row("second", &[], &[])];
        let (plan_id, _) = database.planned_with(&records, &policy).await;
        database.store.commit_plan(plan_id, &Selection::default(), third.user_id, 20).await.unwrap();
        let mut off = third.fields.clone();
        off.enabled = false;
        database.store.edit_user(third.user_id, 1, &off, &third.roles, database.admin, 6).await.unwrap();
        let claim = database.claimed().await;
        database.page(&claim, 100).await;
        let page = database.store.list_report(claim.job_id, &ReportQuery { limit: 9, ..ReportQuery::default() }).await;
        let outcomes: Vec<_> = page.unwrap().items.into_iter().map(|row| row.outcome).collect();
        assert_eq!(outcomes, [Some(Outcome::Applied), Some(Outcome::Stale)]);
        assert_eq!(database.user("second").await.roles, administrator());
    })
    .await;
}
