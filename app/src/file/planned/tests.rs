use super::*;
use identity::directory::NameConflict;
use identity::field::{Field, Patch};
use identity::id::UserId;
use identity::user::{User, UserFields};
use plan::{FilePolicy, Kind, Snapshot};

fn policy() -> Policy {
    Policy {
        directory_id: None,
        name_conflict: NameConflict::Link,
        link: BTreeSet::new(),
        roles: BTreeSet::new(),
        roles_to_existing: false,
        beyond: BTreeSet::new(),
        administrator_roles: BTreeSet::new(),
        file: Some(FilePolicy::default()),
        acting_user: UserId(-1),
        last_administrator: None,
    }
}

/// A row with a username and an e-mail address; blank ones are none.
pub fn record(username: &str, email: &str) -> Record {
    let mut record = Record::default();
    record.fields.username = Some(username.to_owned()).filter(|name| !name.is_empty());
    record.fields.email = if email.is_empty() { Patch::Keep } else { Patch::Set(email.to_owned()) };
    record
}

fn user(user_id: i64, username: &str, email: &str) -> User {
    let fields = UserFields {
        username: username.to_owned(),
        email: Some(email.to_owned()),
        enabled: true,
        ..UserFields::default()
    };
    User { user_id: UserId(user_id), version: 1, fields, link: None, roles: BTreeSet::new(), groups: BTreeSet::new() }
}

/// Ann is unchanged, Ben gets an address, Cid is new, and a row has no name.
fn planned() -> Planned {
    let records = [("ann", "ann@a.example"), ("ben", "ben@b.example"), ("cid", "cid@a.example"), ("", "x@a.example")];
    let records = records.map(|(username, email)| record(username, email)).to_vec();
    let mut known = Known::new(records, BTreeSet::from([Field::Username, Field::Email]));
    let users = vec![user(1, "ann", "ann@a.example"), user(2, "ben", "ben@a.example")];
    for question in known.unknown(100, 10_000) {
        known.learn(question, users.clone());
    }
    Planned::new(known, policy())
}

fn owned(picked: &Picked<'_>) -> Vec<Record> {
    picked.records.iter().copied().cloned().collect()
}

fn query() -> PlanRowQuery {
    PlanRowQuery { kind: None, warnings: false, stale: false, text: String::new(), offset: 0, limit: 100 }
}

#[test]
fn rows_are_listed_as_a_query_says() {
    let planned = planned();
    assert_eq!(planned.outline().len(), 4);
    assert_eq!(planned.numbers(&PlanRowQuery { kind: Some(Kind::Create), ..query() }), [2]);
    assert_eq!(planned.numbers(&PlanRowQuery { kind: Some(Kind::Update), ..query() }), [1]);
    assert_eq!(planned.numbers(&PlanRowQuery { kind: Some(Kind::Blocked), ..query() }), [3]);
    assert_eq!(planned.numbers(&PlanRowQuery { text: "ANN".to_owned(), ..query() }), [0], "as people search");
    assert_eq!(planned.numbers(&PlanRowQuery { stale: true, ..query() }), [0_u32; 0], "a file's rows are never stale");
    let part = planned.rows(&PlanRowQuery { offset: 1, limit: 2, ..query() });
    assert_eq!(part.total, 4);
    assert_eq!(part.items.iter().map(|line| line.row.row).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn what_is_picked_plans_by_itself_as_it_did_among_all() {
    let planned = planned();
    let everything = planned.picked(&Selection::default());
    let names: Vec<_> = everything.records.iter().map(|record| record.fields.username.as_deref()).collect();
    assert_eq!(names, [Some("ben"), Some("cid")], "nothing happens to the others");
    let again = plan_of(&planned.known, &owned(&everything), &planned.policy);
    assert_eq!(Digest::of(&again.rows), planned.digest(&everything));
    assert_eq!(again.summary.counts, planned.count(&Selection::default()));

    let selection = Selection { rows: BTreeSet::from([1]), ..Selection::default() };
    let without_ben = planned.picked(&selection);
    assert_eq!(without_ben.records.len(), 1);
    assert_ne!(planned.digest(&without_ben), planned.digest(&everything));
    assert_eq!(planned.count(&selection).changes(), 1);
}

#[test]
fn the_digest_of_what_is_picked_is_that_of_its_plan() {
    let records = ["cid", "dora"].map(|username| record(username, "")).to_vec();
    let planned = Planned::new(Known::new(records, BTreeSet::new()), policy());
    for selection in [Selection::default(), Selection { rows: BTreeSet::from([1]), ..Selection::default() }] {
        let picked = planned.picked(&selection);
        let (records, policy) = (owned(&picked), policy());
        let input = PlanInput { records: &records, snapshot: &Snapshot::default(), policy: &policy };
        assert_eq!(planned.digest(&picked), plan::plan(input).summary.digest);
    }
}

#[test]
fn parts_that_are_left_out_follow_their_row_to_its_new_place() {
    let planned = planned();
    let parts = BTreeSet::from([Part::Field(Field::Email)]);
    let selection = Selection { parts: BTreeMap::from([(2, parts.clone())]), ..Selection::default() };
    assert_eq!(planned.picked(&selection).selection.parts, BTreeMap::from([(1, parts)]));
}

#[test]
fn an_exchange_can_be_taken_back() {
    let mut planned = planned();
    let before = planned.all_rows().to_vec();
    let replaced = planned.known().exchange(vec![(3, record("dora", "")), (99, record("nobody", ""))]);
    assert_eq!(replaced.len(), 1, "there is no row 99");
    planned.plan();
    assert_eq!(planned.numbers(&PlanRowQuery { kind: Some(Kind::Blocked), ..query() }), [0_u32; 0]);
    planned.known().exchange(replaced);
    planned.plan();
    assert_eq!(planned.all_rows(), before);
}

#[test]
fn what_is_wrong_with_many_rows_is_told_once_and_finds_them() {
    let names = ["ann", "", "ben", "", "ann", ""];
    let records = names.map(|username| record(username, "")).to_vec();
    let planned = Planned::new(Known::new(records, BTreeSet::new()), policy());
    let alike = planned.alike();
    assert_eq!(alike.iter().map(|alike| (alike.rows, alike.blocks)).collect::<Vec<_>>(), [(3, true)]);
    let found = planned.numbers(&PlanRowQuery { text: alike[0].says.clone(), ..query() });
    assert_eq!(found, [1, 3, 5]);
}
