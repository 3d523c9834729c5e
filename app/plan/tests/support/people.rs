//! As many people as wanted, always the same ones: records of a directory, and the users that they were imported to
//! some time ago. One in twenty has changed since.

use identity::directory::NameConflict;
use identity::external_id::ExternalId;
use identity::field::Patch;
use identity::id::{DirectoryId, UserId};
use identity::role::RoleCode;
use identity::user::{FieldPatch, Link, User, UserFields};
use plan::{EntryRef, Policy, Record, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

const FIRST: [&str; 8] = ["Anna", "Jürgen", "Zoë", "Wei", "Olumide", "Søren", "Maria", "Łukasz"];
const LAST: [&str; 8] = ["Novák", "Müller", "Smith", "Nguyễn", "García", "Okafor", "O'Brien", "Şahin"];
const TITLES: [&str; 4] = ["Engineer", "Accountant", "Head of Sales", "Technician"];

/// The records and the users. Of a hundred people, one each has another phone, e-mail address, department and
/// username, and one is new.
pub fn people(count: u32) -> (Vec<Record>, Snapshot) {
    let users = (0..count).filter(|number| number % 100 != 80).map(user).collect();
    ((0..count).map(record).collect(), Snapshot { users })
}

/// The policy of their directory.
pub fn policy() -> Policy {
    Policy {
        directory_id: Some(DirectoryId(1)),
        name_conflict: NameConflict::Refuse,
        link: BTreeSet::new(),
        roles: BTreeSet::from([RoleCode::parse(RoleCode::AUDITOR).expect("a built-in role").into()]),
        roles_to_existing: false,
        beyond: BTreeSet::new(),
        administrator_roles: BTreeSet::from([RoleCode::parse(RoleCode::ADMINISTRATOR).expect("a built-in role")]),
        file: None,
        acting_user: UserId(0),
        last_administrator: None,
    }
}

fn pick<'a>(texts: &[&'a str], number: u32, step: u32) -> &'a str {
    texts[(number / step) as usize % texts.len()]
}

fn entry(number: u32) -> EntryRef {
    // Spread like real identifiers, and no two alike: the factor is odd.
    let spread = number.wrapping_mul(0x9e37_79b1);
    let external_id = ExternalId::from_text(&format!("{spread:08x}-1000-4000-8000-{number:012x}"));
    EntryRef {
        external_id: external_id.expect("not blank"),
        dn: format!("uid=person{number},ou=people,dc=muster,dc=example"),
    }
}

fn fields(number: u32) -> UserFields {
    let (first, last) = (pick(&FIRST, number, 1), pick(&LAST, number, 8));
    UserFields {
        username: format!("person{number}"),
        email: Some(format!("person{number}@muster.example")),
        first_name: Some(first.to_owned()),
        last_name: Some(last.to_owned()),
        display_name: Some(format!("{first} {last}")),
        phone: Some(format!("+49 30 {number:07}")),
        department: Some(format!("Department {}", number % 37)),
        job_title: Some(pick(&TITLES, number, 64).to_owned()),
        locale: None,
        time_zone: None,
        enabled: true,
        custom: BTreeMap::new(),
    }
}

fn user(number: u32) -> User {
    let EntryRef { external_id, dn } = entry(number);
    User {
        user_id: UserId(i64::from(number) + 1),
        version: 1,
        fields: fields(number),
        link: Some(Link { directory_id: DirectoryId(1), external_id, dn }),
        roles: BTreeSet::new(),
        groups: BTreeSet::new(),
    }
}

fn record(number: u32) -> Record {
    let mut fields = fields(number);
    match number % 100 {
        0 => fields.phone = None,
        20 => fields.email = Some(format!("Person.{number}@muster.example")),
        40 => fields.department = Some("Moved".to_owned()),
        60 => fields.username = format!("renamed{number}"),
        _ => {}
    }
    let patch = |value: Option<String>| value.map_or(Patch::Clear, Patch::Set);
    let fields = FieldPatch {
        username: Some(fields.username),
        email: patch(fields.email),
        first_name: patch(fields.first_name),
        last_name: patch(fields.last_name),
        display_name: patch(fields.display_name),
        phone: patch(fields.phone),
        department: patch(fields.department),
        job_title: patch(fields.job_title),
        ..FieldPatch::default()
    };
    Record { entry: Some(entry(number)), fields, ..Record::default() }
}
