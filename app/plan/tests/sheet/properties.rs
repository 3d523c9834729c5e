//! What holds for every sheet.

use identity::field::{Field, Patch};
use identity::user::UserFields;
use plan::diff::{Difference, difference};
use plan::many;
use plan::mapping::{MAX_CUSTOM, MAX_TEXT};
use plan::sheet::{
    Blank, Mapper, Profile, Rule, SheetKind, SheetMapping, Source, Target, best_profile, object_columns, problems,
    suggest, suggest_kind,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Headers that mean something, that nearly do, and that are anything.
fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "username",
            "email",
            "E-Mail",
            "Telefon",
            "roles",
            "custom:x",
            "custom:",
            "Passwort",
            "__proto__",
            "",
            " ",
            "origin",
            "display_name",
            "phone",
            "groups",
            "Name (x)",
            "{",
            "{a}",
            "user_default_locale",
            "İ",
            "ﷺ(",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec!["", " ", "<clear>", "ja", "a,b", "\"", "\"a\"\"", "a\nb", "\0", "=1+1", "x~~~y"])
            .prop_map(str::to_owned),
        any::<String>(),
        "[a,\" \n]{0,12}",
    ]
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![
        (0..6_u32).prop_map(Source::Column),
        cell().prop_map(Source::Constant),
        "[{}a-c ]{0,8}".prop_map(Source::Template),
    ]
}

fn target() -> impl Strategy<Value = Target> {
    proptest::sample::select(Target::FIXED.into_iter().chain([Target::custom("x")]).collect::<Vec<_>>())
}

fn rule() -> impl Strategy<Value = Rule> {
    (target(), source(), any::<bool>(), any::<bool>()).prop_map(|(target, source, lower_case, trim)| Rule {
        target,
        source,
        lower_case,
        trim,
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[^\\p{Cc}]{1,20}", Just("=1+1".to_owned()), Just("007".to_owned()), Just("a,\"b\"".to_owned())]
        .prop_map(|text: String| text.trim().to_owned())
        .prop_filter("a field's text is not blank", |text| !text.is_empty() && !text.eq_ignore_ascii_case(many::CLEAR))
}

fn user() -> impl Strategy<Value = UserFields> {
    let custom = proptest::collection::btree_map(text(), proptest::collection::vec(text(), 1..4), 0..4);
    (proptest::array::uniform9(proptest::option::of(text())), text(), any::<bool>(), custom).prop_map(
        |(texts, username, enabled, custom)| {
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
        },
    )
}

/// A user as one of our own files shows it.
fn exported(user: &UserFields) -> (Vec<String>, Vec<String>) {
    let named = Field::FIXED.into_iter().chain(user.custom.keys().cloned().map(Field::Custom));
    let cell = |field: &Field| match user.get(field) {
        None => String::new(),
        Some(identity::field::Value::Flag(flag)) => flag.to_string(),
        Some(identity::field::Value::Text(text)) => text,
        Some(identity::field::Value::Many(values)) => many::join(values.iter().map(String::as_str)),
    };
    named.map(|field| (field.name().into_owned(), cell(&field))).unzip()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_joined_is_split(values in proptest::collection::vec(cell(), 0..5)) {
        prop_assert_eq!(many::split(&many::join(values.iter().map(String::as_str)), many::SEPARATOR), Ok(values));
    }

    #[test]
    fn splitting_never_panics(cell in cell(), separator in "[,;~ \"\n]{0,3}") {
        if let Ok(values) = many::split(&cell, &separator) {
            prop_assert!(values.iter().map(String::len).sum::<usize>() <= cell.len());
        }
    }

    #[test]
    fn a_profile_is_for_the_sheet_that_it_was_made_for_and_adds_nothing_there(
        headers in proptest::collection::vec(header(), 0..8),
        rules in proptest::collection::vec(rule(), 0..6),
        more in proptest::collection::vec(header(), 0..4),
    ) {
        let mut mapping = SheetMapping { rules, ..SheetMapping::default() };
        mapping.rules.retain(|rule| !matches!(rule.source, Source::Column(column) if column as usize >= headers.len()));
        let has_name = mapping.rules.iter().any(|rule| rule.target == Target::Field(Field::Username));
        let format = String::new();
        let profile =
            Profile { name: format.clone(), kind: SheetKind::Users, format, headers, mapping, columns: vec![] };
        prop_assert_eq!(&profile.mapping_for(&profile.headers), &profile.mapping);
        prop_assert_eq!(best_profile([&profile], &profile.headers).is_some(), has_name && !profile.headers.is_empty());
        // What is new only adds, never twice and never beside what the profile says.
        let wider = [profile.headers.clone(), more].concat();
        let applied = profile.mapping_for(&wider);
        prop_assert!(applied.rules.starts_with(&profile.mapping.rules));
        let (own, added) = applied.rules.split_at(profile.mapping.rules.len());
        for (place, rule) in added.iter().enumerate() {
            let before = own.iter().chain(&added[..place]);
            let is_password = rule.target == Target::Password;
            prop_assert!(is_password || before.into_iter().all(|other| other.target != rule.target), "{rule:?}");
        }
    }

    #[test]
    fn every_suggestion_can_be_used(headers in proptest::collection::vec(header(), 0..12)) {
        let suggested = suggest(&headers);
        prop_assert_eq!(suggested.columns.len(), headers.len());
        let problems = problems(&suggested.mapping, &headers);
        prop_assert!(Mapper::new(&suggested.mapping, &headers).is_ok());
        prop_assert!(problems.len() <= 1, "{problems:?}");
        for kind in [suggest_kind(&headers), SheetKind::Roles] {
            prop_assert_eq!(object_columns(kind, &headers).len(), headers.len());
        }
    }

    #[test]
    fn what_a_record_says_can_be_stored(
        headers in proptest::collection::vec(prop_oneof![header(), "[a-c]"], 6),
        rules in proptest::collection::vec(rule(), 0..8),
        separator in proptest::sample::select(vec![",", "~~~", "", " "]),
        clears: bool,
        row in proptest::collection::vec(cell(), 0..7),
    ) {
        let blank = if clears { Blank::Clear } else { Blank::Keep };
        let mapping = SheetMapping { rules, blank, separator: separator.to_owned() };
        let blocked = problems(&mapping, &headers).iter().any(|problem| problem.blocks());
        let mapper = Mapper::new(&mapping, &headers);
        prop_assert!(blocked || mapper.is_ok());
        let Ok(mapper) = mapper else { return Ok(()) };
        let record = mapper.record(1, |column| row.get(column as usize).map_or("", String::as_str));
        let fields = &record.fields;
        for patch in [&fields.email, &fields.phone, &fields.locale, &fields.job_title] {
            if let Patch::Set(text) = patch {
                prop_assert!(!text.trim().is_empty() && !text.chars().any(char::is_control));
                prop_assert!(text.chars().count() <= 2 * MAX_TEXT);
            }
        }
        for patch in fields.custom.values() {
            if let Patch::Set(values) = patch {
                prop_assert!(!values.is_empty());
                prop_assert!(values.iter().all(|value| !value.trim().is_empty() && value.len() <= 4 * MAX_CUSTOM));
                prop_assert!(!values.iter().any(|value| value.chars().any(char::is_control)));
            }
        }
    }

    #[test]
    fn an_exported_row_that_comes_back_changes_nothing(user in user()) {
        let (headers, row) = exported(&user);
        let suggested = suggest(&headers);
        let mapper = Mapper::new(&suggested.mapping, &headers).expect("what is suggested can be used");
        let record = mapper.record(2, |column| row[column as usize].as_str());
        prop_assert_eq!(&record.issues, &[]);
        let names: BTreeSet<_> = suggested.mapping.rules.iter().map(|rule| rule.target.name().into_owned()).collect();
        prop_assert_eq!(names.len(), headers.len(), "{:?}", headers);
        let Difference { fields, unchanged: _ } = difference(&record.fields, &user);
        prop_assert_eq!(fields, vec![]);
        // And what the file says is all of it: into an empty user it gives the same one.
        let mut copy = UserFields::default();
        for change in difference(&record.fields, &copy.clone()).fields {
            prop_assert!(copy.set(&change.field, change.after));
        }
        prop_assert_eq!(copy, user);
    }

    #[test]
    fn columns_are_what_they_are_in_any_order(
        order in Just(vec!["Login", "Vorname", "Nachname", "E-Mail", "Telefon", "Ort", "Rolle"]).prop_shuffle(),
    ) {
        let headers: Vec<String> = order.iter().map(|header| (*header).to_owned()).collect();
        let by_header: BTreeMap<&str, String> = suggest(&headers)
            .mapping
            .rules
            .iter()
            .filter_map(|rule| match rule.source {
                Source::Column(column) => Some((order[column as usize], rule.target.name().into_owned())),
                _ => None,
            })
            .collect();
        let expected = [
            ("Login", "username"),
            ("Vorname", "first_name"),
            ("Nachname", "last_name"),
            ("E-Mail", "email"),
            ("Telefon", "phone"),
            ("Rolle", "roles"),
        ];
        prop_assert_eq!(by_header, expected.map(|(header, target)| (header, target.to_owned())).into());
    }
}
