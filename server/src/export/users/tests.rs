//! R20: a file of users that comes back as it was changes nothing, in both formats and both layouts.

use crate::export::sheet::Sheet;
use app::export::FileFormat;
use app::export::users::{AKENEO, Columns, Layout};
use app::file::messages::ReadAs;
use app::file::reading::{Opened, Source, read};
use identity::assignment::{Assignment, Scope, roles_of};
use identity::directory::NameConflict;
use identity::group::GroupName;
use identity::id::UserId;
use identity::role::RoleCode;
use identity::user::{User, UserFields};
use identity::username::{self, UsernameKey};
use plan::sheet::{CLEAR, Mapper, suggest};
use plan::{FilePolicy, PlanInput, Policy, Record, Snapshot, Summary};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

/// A text that a field can hold: nothing around it, no control characters, and not the order to clear the field.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "=", "+", "-", "@", "＝", "'", "\"", ",", ";", "|", " ", "\\", "<", "&", "_x000D_", "a", "7", "0", "ü", "ß",
        "İ", "😀", "e\u{301}", "\u{FEFF}", "\u{200F}", "sep=;", "ID", "TRUE", "1e5", "#N/A", "{a}", "~~~", "<b>",
    ];
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(PIECES), 1..6).prop_map(|pieces| pieces.concat()),
        2 => "\\PC{1,12}",
        1 => prop::sample::select(&["007", "00", "1", "no", "12345678901234567890", "2026-11-20", "50 %"][..])
            .prop_map(str::to_owned),
    ]
    .prop_map(|text| text.trim().to_owned())
    .prop_filter("a value", |text| {
        !text.is_empty() && !text.eq_ignore_ascii_case(CLEAR) && !text.chars().any(char::is_control)
    })
}

/// What custom attributes are called: anything, and what is a field or a column of others elsewhere.
fn attribute() -> impl Strategy<Value = String> {
    let squeezed = |text: &String| identity::matching::squeeze(text) == *text;
    prop_oneof![
        2 => text().prop_filter("a name", squeezed),
        1 => prop::sample::select(&AKENEO[..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["mail", "Abteilung", "Passwort", "__proto__", "custom:x", "Username"][..])
            .prop_map(str::to_owned),
    ]
}

fn fields() -> impl Strategy<Value = UserFields> {
    let username = text().prop_filter("a name", |text| username::check(text).is_ok());
    let custom = prop::collection::btree_map(attribute(), prop::collection::vec(text(), 1..4), 0..4);
    let texts = prop::array::uniform9(prop::option::of(text()));
    (username, texts, any::<bool>(), custom).prop_map(|(username, texts, enabled, custom)| {
        let [email, first_name, last_name, display_name, phone, department, job_title, locale, time_zone] = texts;
        UserFields {
            username,
            email,
            first_name,
            last_name,
            display_name,
            phone,
            department,
            job_title,
            locale,
            time_zone,
            enabled,
            custom,
        }
    })
}

fn groups() -> impl Strategy<Value = BTreeSet<GroupName>> {
    let group = text().prop_filter_map("a name", |text| GroupName::parse(&text).ok());
    prop::collection::vec(group, 0..3).prop_map(|groups| {
        let by_key: BTreeMap<UsernameKey, GroupName> = groups.into_iter().map(|group| (group.key(), group)).collect();
        by_key.into_values().collect()
    })
}

fn roles() -> impl Strategy<Value = BTreeSet<Assignment>> {
    let role = prop::sample::select(&["ROLE_A", "ROLE_B2", "ROLE_C_"][..]);
    let role = role.prop_map(|code| RoleCode::parse(code).expect("a code"));
    let scope = prop::option::of(text()).prop_map(|text| text.and_then(|text| Scope::parse(&text).ok()));
    prop::collection::btree_set((role, scope).prop_map(|(role, scope)| Assignment { role, scope }), 0..4)
}

/// Users of whom no two have one name.
fn users() -> impl Strategy<Value = Vec<User>> {
    prop::collection::vec((fields(), groups(), roles()), 1..6).prop_map(|people| {
        let mut names = BTreeSet::new();
        let people = people.into_iter().filter(|(fields, ..)| names.insert(UsernameKey::of(&fields.username)));
        let user = |(user_id, (fields, groups, roles))| User {
            user_id: UserId(user_id),
            version: 1,
            fields,
            link: None,
            roles,
            groups,
        };
        (1..).zip(people).map(user).collect()
    })
}

fn written(users: &[User], layout: Layout, format: FileFormat) -> Vec<u8> {
    let custom = users.iter().flat_map(|user| user.fields.custom.keys().cloned()).collect();
    let columns = Columns::new(layout, custom);
    let delimiter = if layout == Layout::Akeneo { b';' } else { b',' };
    let folder = tempfile::tempdir().expect("a folder");
    let mut sheet = Sheet::begin(format, delimiter, folder.path()).expect("begins");
    sheet.row(&columns.header()).expect("a header");
    users.iter().for_each(|user| sheet.row(&columns.row(user)).expect("a row"));
    let (mut file, _) = sheet.finish().expect("ends");
    let mut bytes = vec![];
    file.read_to_end(&mut bytes).expect("reads");
    bytes
}

/// What the worker makes of a file before anybody touches a mapping.
fn records(bytes: &[u8]) -> Vec<Record> {
    let piece = |at: u64, length: u64| {
        let at = at as usize;
        Some(bytes[at..bytes.len().min(at + length as usize)].to_vec())
    };
    let source = Source { name: "users", size: bytes.len() as u64, read: &piece };
    let Opened { view, table, headers } = read(&source, &ReadAs::default(), &|_| {}).expect("a file");
    assert_eq!(view.remarks, Vec::<String>::new());
    let mapper = Mapper::new(&suggest(&headers).mapping, &headers).expect("a mapping");
    table.rows().map(|row| mapper.record(row.line, |column| row.cell(column))).collect()
}

fn planned(users: &[User], records: &[Record]) -> Summary {
    let policy = Policy {
        directory_id: None,
        name_conflict: NameConflict::Link,
        link: BTreeSet::new(),
        roles: BTreeSet::new(),
        roles_to_existing: false,
        beyond: BTreeSet::new(),
        administrator_roles: BTreeSet::new(),
        file: Some(FilePolicy {
            roles: roles_of(users.iter().flat_map(|user| &user.roles)),
            groups: users.iter().flat_map(|user| user.groups.iter().cloned()).collect(),
            owned: BTreeMap::new(),
        }),
        acting_user: UserId(0),
        last_administrator: None,
    };
    let snapshot = Snapshot { users: users.to_vec() };
    plan::plan(PlanInput { records, snapshot: &snapshot, policy: &policy }).summary
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn an_export_that_comes_back_changes_nothing(users in users()) {
        for (layout, format) in Layout::ALL.into_iter().flat_map(|layout| FileFormat::ALL.map(|format| (layout, format))) {
            let records = records(&written(&users, layout, format));
            prop_assert_eq!(records.len(), users.len());
            let issues: Vec<_> = records.iter().flat_map(|record| &record.issues).collect();
            prop_assert!(issues.is_empty(), "{layout:?} {format:?} {issues:?}");
            let counts = planned(&users, &records).counts;
            prop_assert_eq!(counts.unchanged as usize, users.len(), "{:?} {:?} {:?} {:?}", layout, format, counts, records);
            prop_assert_eq!(counts.warnings, 0, "{:?} {:?} {:?}", layout, format, records);
        }
    }

    #[test]
    fn an_export_makes_the_same_users_elsewhere(users in users()) {
        for format in FileFormat::ALL {
            let records = records(&written(&users, Layout::Native, format));
            for (user, record) in users.iter().zip(&records) {
                let mut copy = UserFields::default();
                for change in plan::diff::difference(&record.fields, &UserFields::default()).fields {
                    prop_assert!(copy.set(&change.field, change.after));
                }
                prop_assert_eq!(&copy, &user.fields);
            }
        }
    }
}
