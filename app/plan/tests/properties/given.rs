//! Arbitrary sources, users and policies, from few enough names that they meet.

use identity::assignment::Assignment;
use identity::directory::NameConflict;
use identity::external_id::ExternalId;
use identity::field::{Field, Patch};
use identity::group::GroupName;
use identity::id::{DirectoryId, UserId};
use identity::role::RoleCode;
use identity::user::{FieldPatch, Link, User, UserFields};
use identity::username::{self, UsernameKey};
use plan::{EntryRef, FilePolicy, Issue, Part, Policy, Record, Selection};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

pub fn name() -> impl Strategy<Value = String> {
    let names = [
        "a",
        "A",
        "b",
        "c",
        "d",
        "e",
        " a ",
        "",
        "ß",
        "SS",
        "ss",
        "İ",
        "i\u{307}",
        "ﬁ",
        "FI",
        "ü",
        "u\u{308}",
        "\u{212a}",
        "k",
        "\0",
        "a\u{200b}",
        "x\ny",
    ];
    prop_oneof![8 => proptest::sample::select(names.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

fn text() -> impl Strategy<Value = String> {
    let texts = ["1", "2", "A", "a", "a b", "ab", " 1 ", "", " ", "ü", "u\u{308}"];
    prop_oneof![8 => proptest::sample::select(texts.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

fn email() -> impl Strategy<Value = String> {
    prop_oneof![Just("a@x".to_owned()), Just("A@x ".to_owned()), text()]
}

fn patch<T: std::fmt::Debug + Clone>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Patch<T>> {
    prop_oneof![Just(Patch::Keep), Just(Patch::Clear), value.prop_map(Patch::Set)]
}

fn external_id() -> impl Strategy<Value = ExternalId> {
    (0..8).prop_map(|number| ExternalId::from_text(&format!("e{number}")).expect("not blank"))
}

fn roles() -> impl Strategy<Value = BTreeSet<Assignment>> {
    let texts = ["ROLE_A", "ROLE_A@a", "ROLE_A@b", "ROLE_B", RoleCode::ADMINISTRATOR, "ROLE_ADMINISTRATOR@a"];
    btree_set(proptest::sample::select(texts.to_vec()), 0..3)
        .prop_map(|texts| texts.into_iter().map(|text| Assignment::parse(text).expect("an assignment")).collect())
}

fn custom_name() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["x".to_owned(), "y".to_owned()])
}

prop_compose! {
    fn fields()(
        username in option::weighted(0.9, name()),
        (email, first_name, last_name, display_name, phone) in
            (patch(email()), patch(text()), patch(text()), patch(text()), patch(text())),
        (department, job_title, locale, time_zone) in (patch(text()), patch(text()), patch(text()), patch(text())),
        enabled in option::of(any::<bool>()),
        custom in btree_map(custom_name(), patch(vec(text(), 0..3)), 0..3),
    ) -> FieldPatch {
        FieldPatch {
            username, email, first_name, last_name, display_name, phone, department, job_title, locale, time_zone,
            enabled, custom,
        }
    }
}

fn issues() -> impl Strategy<Value = Vec<Issue>> {
    let some = vec![
        Issue::NotText { attribute: "photo".to_owned() },
        Issue::TooLong { field: Field::Phone },
        Issue::MissingExternalId { attribute: "entryUUID".to_owned() },
    ];
    prop_oneof![8 => Just(vec![]), 1 => vec(proptest::sample::select(some), 1..3)]
}

fn role_text() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "ROLE_A",
        "ROLE_A@a",
        "ROLE_A@ b",
        "ROLE_B",
        RoleCode::ADMINISTRATOR,
        "ROLE_ADMINISTRATOR@a",
        " ROLE_A ",
        "ROLE_NONE",
        "ROLE_NONE@a",
        "ROLE_B@",
        "",
    ])
    .prop_map(str::to_owned)
}

fn group_text() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["G", "g", "ü", "u\u{308}", "nobody's"]).prop_map(str::to_owned)
}

fn groups() -> impl Strategy<Value = BTreeSet<GroupName>> {
    btree_set(proptest::sample::select(vec!["G", "Ü"]), 0..3)
        .prop_map(|names| names.into_iter().map(|name| GroupName::parse(name).expect("a name")).collect())
}

fn file_policy() -> impl Strategy<Value = FilePolicy> {
    let owned = btree_set(proptest::sample::select(vec![Field::Username, Field::Email, Field::Enabled]), 0..3);
    (known_roles(), groups(), owned).prop_map(|(roles, groups, owned)| FilePolicy {
        roles,
        groups,
        owned: BTreeMap::from([(DirectoryId(1), owned)]),
    })
}

fn known_roles() -> impl Strategy<Value = BTreeSet<RoleCode>> {
    let codes = ["ROLE_A", "ROLE_B", RoleCode::ADMINISTRATOR].map(|code| RoleCode::parse(code).expect("a code"));
    btree_set(proptest::sample::select(codes.to_vec()), 0..4)
}

pub fn records() -> impl Strategy<Value = Vec<Record>> {
    let entry = (external_id(), "[a-c]").prop_map(|(external_id, dn)| EntryRef { external_id, dn });
    let lists = (patch(vec(role_text(), 0..3)), patch(vec(group_text(), 0..3)));
    let record = (option::weighted(0.9, entry), fields(), option::weighted(0.2, name()), lists, issues()).prop_map(
        |(entry, fields, old_username, (roles, groups), issues)| Record {
            entry,
            line: None,
            fields,
            old_username,
            roles,
            groups,
            issues,
        },
    );
    vec(record, 0..12)
}

/// Users as a store would have them: legal names, each key and each entry once, no blank values.
pub fn users() -> impl Strategy<Value = BTreeMap<UserId, User>> {
    let link = (1..3_i64, external_id(), "[a-c]").prop_map(|(directory, external_id, dn)| Link {
        directory_id: DirectoryId(directory),
        external_id,
        dn,
    });
    let user = (name(), fields(), option::weighted(0.6, link), (roles(), groups()), 0..3_i64);
    vec(user, 0..10).prop_map(|users| {
        let (mut names, mut entries) = (BTreeSet::new(), BTreeSet::new());
        let mut kept = BTreeMap::new();
        for (number, (name, fields, link, (roles, groups), version)) in (1..).zip(users) {
            let Ok(name) = username::check(&name) else { continue };
            let place = link.as_ref().map(|link| (link.directory_id, link.external_id.clone()));
            if place.is_some_and(|place| !entries.insert(place)) || !names.insert(UsernameKey::of(name)) {
                continue;
            }
            let user_id = UserId(number);
            let fields = UserFields { username: name.to_owned(), ..stored(fields) };
            kept.insert(user_id, User { user_id, version, fields, link, roles, groups });
        }
        kept
    })
}

fn stored(fields: FieldPatch) -> UserFields {
    let trimmed = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let one = |patch: &Patch<String>| if let Patch::Set(text) = patch { trimmed(text) } else { None };
    UserFields {
        username: String::new(),
        email: one(&fields.email),
        first_name: one(&fields.first_name),
        last_name: one(&fields.last_name),
        display_name: one(&fields.display_name),
        phone: one(&fields.phone),
        department: one(&fields.department),
        job_title: one(&fields.job_title),
        locale: one(&fields.locale),
        time_zone: one(&fields.time_zone),
        enabled: fields.enabled.unwrap_or(true),
        custom: fields
            .custom
            .iter()
            .filter_map(|(name, patch)| {
                let Patch::Set(values) = patch else { return None };
                let values: Vec<_> = values.iter().filter_map(trimmed).collect();
                (!values.is_empty()).then(|| (name.clone(), values))
            })
            .collect(),
    }
}

prop_compose! {
    pub fn policy()(
        file in option::weighted(0.4, file_policy()),
        conflict in 0..3_usize,
        link in btree_set(external_id(), 0..4),
        roles in roles(),
        roles_to_existing in any::<bool>(),
        beyond in known_roles(),
        acting_user in 1..5_i64,
        last_administrator in option::of(1..5_i64),
    ) -> Policy {
        Policy {
            directory_id: file.is_none().then_some(DirectoryId(1)),
            name_conflict: [NameConflict::Refuse, NameConflict::Link, NameConflict::Skip][conflict],
            link,
            roles,
            roles_to_existing,
            beyond,
            administrator_roles: BTreeSet::from([RoleCode::parse(RoleCode::ADMINISTRATOR).expect("a code")]),
            file,
            acting_user: UserId(acting_user),
            last_administrator: last_administrator.map(UserId),
        }
    }
}

pub fn part() -> impl Strategy<Value = Part> {
    let fields = Field::FIXED.into_iter().chain([Field::Custom("x".to_owned()), Field::Custom("z".to_owned())]);
    proptest::sample::select(
        fields
            .map(Part::Field)
            .chain([Part::Roles, Part::RemovedRoles, Part::Groups, Part::LeftGroups])
            .collect::<Vec<_>>(),
    )
}

prop_compose! {
    pub fn selection()(
        all in any::<bool>(),
        rows in btree_set(0..14_u32, 0..8),
        unpicked_fields in btree_set(part(), 0..6),
        parts in btree_map(0..14_u32, btree_set(part(), 0..8), 0..6),
    ) -> Selection {
        let field = |part| if let Part::Field(field) = part { Some(field) } else { None };
        Selection { all, rows, unpicked_fields: unpicked_fields.into_iter().filter_map(field).collect(), parts }
    }
}
