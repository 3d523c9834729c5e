//! What an entry becomes.
#![cfg(not(target_arch = "wasm32"))]

use identity::directory::{AttributeMapping, DirectorySettings, ManyValues, Preset};
use identity::entry::{AttributeValue, Entry};
use identity::field::{Field, Patch};
use plan::mapping::{MAX_TEXT, map_entry};
use plan::{Issue, Record};
use proptest::prelude::*;
use std::slice;

fn text(value: &str) -> AttributeValue {
    AttributeValue::Text(value.to_owned())
}

fn entry(attributes: &[(&str, &[AttributeValue])]) -> Entry {
    let attributes = attributes.iter().map(|(name, values)| ((*name).to_owned(), values.to_vec())).collect();
    Entry { dn: "cn=Eve,dc=x".to_owned(), attributes }
}

fn settings(mapping: &[(&str, Field, ManyValues)]) -> DirectorySettings {
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.users.mapping = mapping
        .iter()
        .map(|(attribute, field, rule)| AttributeMapping {
            attribute: (*attribute).to_owned(),
            field: field.clone(),
            rule: rule.clone(),
        })
        .collect();
    settings
}

fn mapped(mapping: &[(&str, Field, ManyValues)], attributes: &[(&str, &[AttributeValue])]) -> Record {
    map_entry(&entry(attributes), &settings(mapping))
}

#[test]
fn mapped_fields_are_the_directorys_and_others_are_left_alone() {
    let record = map_entry(
        &entry(&[
            ("entryUUID", &[text("E1")]),
            ("UID", &[text(" eve ")]),
            ("mail;lang-de", &[text(" eve@x ")]),
            ("sn", &[text(" ")]),
        ]),
        &DirectorySettings::preset(Preset::OpenLdap),
    );
    let place = record.entry.expect("an entry with an id");
    assert_eq!((place.external_id.as_str(), place.dn.as_str()), ("E1", "cn=Eve,dc=x"));
    assert_eq!(record.fields.username.as_deref(), Some("eve"));
    assert_eq!(record.fields.email, Patch::Set("eve@x".to_owned()));
    assert_eq!(record.fields.last_name, Patch::Clear);
    assert_eq!(record.fields.locale, Patch::Keep);
    assert_eq!(record.fields.enabled, None);
    assert_eq!(record.issues, []);
}

#[test]
fn of_several_values_the_rule_chooses() {
    let phones = [text("+49 30 2"), text("12"), text(" 11 "), text("")];
    let phone = |rule| mapped(&[("phone", Field::Phone, rule)], &[("phone", &phones)]).fields.phone;
    assert_eq!(phone(ManyValues::First), Patch::Set("+49 30 2".to_owned()));
    assert_eq!(phone(ManyValues::Shortest), Patch::Set("11".to_owned()));
    assert_eq!(phone(ManyValues::Joined), Patch::Set("+49 30 2, 11, 12".to_owned()));
}

fn matching(pattern: &str) -> ManyValues {
    ManyValues::Matching(pattern.to_owned())
}

#[test]
fn of_several_values_the_first_that_fits_a_pattern_is_taken_or_none() {
    let mails = [text("eve@old.example"), text(" Eve@Example.ORG"), text("e@example.org"), text("eve\0@example.net")];
    let email = |pattern: &str| {
        let record =
            mapped(&[("mail", Field::Email, matching(pattern))], &[("entryUUID", &[text("e1")]), ("mail", &mails)]);
        (record.fields.email, record.issues)
    };
    assert_eq!(email("*@example.org"), (Patch::Set("Eve@Example.ORG".to_owned()), vec![]));
    assert_eq!(email("?@*"), (Patch::Set("e@example.org".to_owned()), vec![]));
    assert_eq!(email("*@example.com"), (Patch::Clear, vec![]));
    assert_eq!(email("*.net"), (Patch::Keep, vec![Issue::NotText { attribute: "mail".to_owned() }]));
}

#[test]
fn a_value_that_fits_no_pattern_because_it_is_too_long_clears_nothing() {
    let phones = |second: &str| {
        let values = [text(&"1".repeat(MAX_TEXT + 1)), text(second)];
        mapped(&[("phone", Field::Phone, matching("1*"))], &[("entryUUID", &[text("e1")]), ("phone", &values)])
    };
    let record = phones("2");
    assert_eq!((record.fields.phone, record.issues), (Patch::Keep, vec![Issue::TooLong { field: Field::Phone }]));
    let record = phones("12");
    assert_eq!((record.fields.phone, record.issues), (Patch::Set("12".to_owned()), vec![]));
}

#[test]
fn a_custom_attribute_takes_all_values_that_fit_a_pattern() {
    let team = |values: &[AttributeValue]| {
        let field = Field::Custom("team".to_owned());
        let record = mapped(&[("ou", field, matching("team-*"))], &[("entryUUID", &[text("e1")]), ("ou", values)]);
        assert_eq!(record.issues, []);
        record.fields.custom["team"].clone()
    };
    let photo = AttributeValue::Binary(vec![0xff, 0xd8]);
    let expected = Patch::Set(vec!["Team-Blue".to_owned(), "team-red".to_owned()]);
    assert_eq!(team(&[text("team-red"), photo.clone(), text("Staff"), text("Team-Blue")]), expected);
    assert_eq!(team(&[text("Staff"), photo]), Patch::Clear);
}

#[test]
fn the_second_attribute_of_a_field_stands_in_for_the_first() {
    let mapping = [("mail", Field::Email, ManyValues::First), ("other", Field::Email, ManyValues::First)];
    let email = |attributes: &[(&str, &[AttributeValue])]| mapped(&mapping, attributes).fields.email;
    assert_eq!(email(&[("mail", &[text("a")]), ("other", &[text("b")])]), Patch::Set("a".to_owned()));
    assert_eq!(email(&[("other", &[text("b")])]), Patch::Set("b".to_owned()));
    assert_eq!(email(&[("mail", &[text("a\0")]), ("other", &[text("b")])]), Patch::Set("b".to_owned()));
    assert_eq!(email(&[("mail", &[text("a\0")])]), Patch::Keep);
}

#[test]
fn a_custom_attribute_takes_all_values_whatever_their_order() {
    let field = Field::Custom("team".to_owned());
    let team = |values: &[AttributeValue]| {
        mapped(&[("ou", field.clone(), ManyValues::First)], &[("ou", values)]).fields.custom.remove("team")
    };
    let expected = Some(Patch::Set(vec!["Blue".to_owned(), "Red".to_owned()]));
    assert_eq!(team(&[text("Red"), text("Blue")]), expected);
    assert_eq!(team(&[text("Blue"), text(" Red"), text("Blue")]), expected);
    assert_eq!(team(&[]), Some(Patch::Clear));
}

#[test]
fn binary_where_text_is_expected_leaves_the_field_alone() {
    let photo = AttributeValue::Binary(vec![0xff, 0xd8]);
    let not_text = |attribute: &str| Issue::NotText { attribute: attribute.to_owned() };
    let mapping =
        [("phone", Field::Phone, ManyValues::First), ("ou", Field::Custom("ou".to_owned()), ManyValues::First)];
    let record = mapped(
        &mapping,
        &[
            ("entryUUID", &[text("e1")]),
            ("uid", slice::from_ref(&photo)),
            ("phone", slice::from_ref(&photo)),
            ("ou", &[text("a"), photo.clone()]),
        ],
    );
    assert_eq!(record.issues, [not_text("uid"), not_text("phone"), not_text("ou")]);
    assert_eq!((record.fields.username, record.fields.phone), (None, Patch::Keep));
    assert_eq!(record.fields.custom["ou"], Patch::Keep);
}

#[test]
fn characters_that_cannot_be_stored_leave_the_field_alone() {
    let record = mapped(&[("phone", Field::Phone, ManyValues::First)], &[("phone", &[text("1\0\n2")])]);
    assert!(record.issues.contains(&Issue::NotText { attribute: "phone".to_owned() }));
    assert_eq!(record.fields.phone, Patch::Keep);
}

#[test]
fn a_hundred_megabytes_are_too_long_and_are_not_copied() {
    let huge = text(&"ü".repeat(50 << 20));
    let custom = Field::Custom("x".to_owned());
    let mapping = [("phone", Field::Phone, ManyValues::First), ("x", custom.clone(), ManyValues::First)];
    let record = mapped(
        &mapping,
        &[
            ("entryUUID", slice::from_ref(&huge)),
            ("uid", slice::from_ref(&huge)),
            ("phone", slice::from_ref(&huge)),
            ("x", slice::from_ref(&huge)),
        ],
    );
    let expected = [
        Issue::MissingExternalId { attribute: "entryUUID".to_owned() },
        Issue::TooLong { field: Field::Phone },
        Issue::TooLong { field: custom },
    ];
    assert_eq!(record.issues, expected);
    assert_eq!(record.fields.phone, Patch::Keep);
    // Still too long to be a username, which the plan says.
    assert_eq!(record.fields.username.map(|name| name.chars().count()), Some(256));
}

#[test]
fn a_text_may_have_a_thousand_characters() {
    let phone = |length| {
        let value = text(&"ü".repeat(length));
        mapped(&[("phone", Field::Phone, ManyValues::First)], &[("phone", &[value])]).fields.phone
    };
    assert_eq!(phone(MAX_TEXT), Patch::Set("ü".repeat(MAX_TEXT)));
    assert_eq!(phone(MAX_TEXT + 1), Patch::Keep);
}

#[test]
fn enabled_is_read_from_the_usual_words() {
    let enabled = |word: &str| {
        let record = mapped(&[("active", Field::Enabled, ManyValues::First)], &[("active", &[text(word)])]);
        (record.fields.enabled, record.issues.contains(&Issue::NotFlag { attribute: "active".to_owned() }))
    };
    for (words, expected) in [
        (["TRUE", "1", "Ja"], (Some(true), false)),
        (["false", "0", "NO"], (Some(false), false)),
        (["2", "jein", "tru"], (None, true)),
    ] {
        assert!(words.into_iter().all(|word| enabled(word) == expected), "{words:?}");
    }
    let silent = mapped(&[("active", Field::Enabled, ManyValues::First)], &[]);
    assert_eq!(silent.fields.enabled, None);
}

#[test]
fn an_external_id_is_text_a_guid_or_hexadecimal() {
    let id = |attribute: &str, value: AttributeValue| {
        let mut settings = settings(&[]);
        settings.schema.external_id_attribute = attribute.to_owned();
        map_entry(&entry(&[(attribute, &[value])]), &settings).entry.map(|entry| entry.external_id.to_string())
    };
    let guid = "04030201-0605-0807-090a-0b0c0d0e0f10".to_owned();
    let bytes: Vec<u8> = (1..=16).collect();
    assert_eq!(id("entryUUID", text(&format!(" {} ", guid.to_uppercase()))), Some(guid.clone()));
    assert_eq!(id("employeeNumber", text(" AB-1 ")), Some("AB-1".to_owned()));
    assert_eq!(id("objectGUID", AttributeValue::Binary(bytes.clone())), Some(guid.clone()));
    // Sixteen bytes that happen to be UTF-8 are a GUID none the less.
    assert_eq!(
        id("objectguid", text("\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\t\n\u{b}\u{c}\r\u{e}\u{f}\u{10}")),
        Some(guid)
    );
    let letters = id("objectGUID", text("abcdefghijklmnop"));
    assert_eq!(letters, Some("64636261-6665-6867-696a-6b6c6d6e6f70".to_owned()));
    assert_eq!(id("id", AttributeValue::Binary(vec![0xff, 0x00])), Some("ff00".to_owned()));
    assert_eq!(id("id", text(" ")), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_mapped_can_be_stored(
        values in proptest::collection::vec(
            prop_oneof![
                any::<String>().prop_map(AttributeValue::Text),
                any::<Vec<u8>>().prop_map(AttributeValue::Binary),
            ],
            0..4,
        ),
        rule in proptest::sample::select(vec![ManyValues::First, ManyValues::Shortest, ManyValues::Joined, matching("*a*")]),
    ) {
        let attributes: &[(&str, &[AttributeValue])] = &[("a", &values), ("uid", &values), ("entryUUID", &values)];
        let custom = Field::Custom("x".to_owned());
        let mapping = [("a", Field::Phone, rule.clone()), ("a", Field::Enabled, rule.clone()), ("a", custom, rule)];
        let record = mapped(&mapping, attributes);
        let texts = [&record.fields.phone].into_iter().filter_map(|patch| match patch {
            Patch::Set(text) => Some(text.clone()),
            _ => None,
        });
        let customs = record.fields.custom.values().filter_map(|patch| match patch {
            Patch::Set(values) => Some(values.clone()),
            _ => None,
        });
        for text in texts.chain(customs.flatten()) {
            prop_assert!(!text.is_empty() && text.trim() == text && !text.chars().any(char::is_control));
        }
    }
}
