use super::*;
use crate::directory::{ManyValues, Preset};
use expect_test::{Expect, expect};

fn good() -> DirectorySettings {
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.name = "Head office".to_owned();
    settings.connection.urls = vec!["ldap://ldap.example.com".to_owned()];
    settings.connection.bind_dn = "cn=reader,dc=example,dc=com".to_owned();
    settings.schema.base_dns = vec!["dc=example,dc=com".to_owned()];
    settings
}

fn check(change: impl FnOnce(&mut DirectorySettings), expected: Expect) {
    let mut settings = good();
    change(&mut settings);
    let lines: Vec<String> = settings.check().iter().map(|error| format!("{error}\n")).collect();
    expected.assert_eq(&lines.concat());
}

#[test]
fn good_settings_have_no_errors() {
    check(|_| (), expect![[""]]);
    check(|settings| settings.connection.bind_dn.clear(), expect![[""]]);
}

#[test]
fn a_new_directory_says_what_it_needs() {
    check(
        |settings| *settings = DirectorySettings::preset(Preset::Other),
        expect![[r#"
        name: this is needed
        urls: this is needed
        base-dns: this is needed
    "#]],
    );
}

#[test]
fn a_code_is_short_and_plain_or_none() {
    for code in ["", "HR", "STAFF-DE-2", "ABCDEFGHIJKL"] {
        check(|settings| settings.code = code.to_owned(), expect![[""]]);
    }
    for code in ["hr", "H R", "\u{c4}", "A_B"] {
        check(
            |settings| settings.code = code.to_owned(),
            expect![[r#"
            code: capital letters, digits and hyphens
        "#]],
        );
    }
    check(
        |settings| settings.code = "ABCDEFGHIJKLM".to_owned(),
        expect![[r#"
        code: at most 12 characters
    "#]],
    );
}

#[test]
fn addresses_agree_with_the_protection() {
    check(
        |settings| settings.connection.security = Security::Ldaps,
        expect![[r#"
        url-0: LDAPS needs an address that begins with ldaps://
    "#]],
    );
    check(
        |settings| settings.connection.urls.push("LDAPS://other".to_owned()),
        expect![[r#"
        url-1: ldaps:// is protected from the first byte: choose LDAPS, or an address that begins with ldap://
    "#]],
    );
    check(
        |settings| settings.connection.urls.push("http://x".to_owned()),
        expect![[r#"
        url-1: an address begins with ldap:// or ldaps://
    "#]],
    );
}

#[test]
fn numbers_stay_in_their_ranges() {
    check(
        |settings| {
            settings.connection.connect_timeout = 0;
            settings.connection.operation_timeout = 601;
            settings.connection.run_deadline = 9;
            settings.schema.page_size = 10_001;
        },
        expect![[r#"
            connect-timeout: a number from 1 to 600
            operation-timeout: a number from 1 to 600
            run-deadline: a number from 10 to 86400
            page-size: a number from 1 to 10000
        "#]],
    );
}

#[test]
fn texts_are_read_as_what_they_stand_for() {
    check(
        |settings| {
            settings.connection.ca_pem = Some("x".to_owned());
            settings.connection.pinned_sha256 = Some("ab:cd".to_owned());
            settings.connection.bind_dn = "reader".to_owned();
            settings.schema.base_dns = vec!["dc=a".to_owned(), "DC=A".to_owned(), " ".to_owned()];
            settings.users.filter = "(uid=*".to_owned();
        },
        expect![[r#"
            ca-pem: a certificate begins with -----BEGIN CERTIFICATE-----
            pinned-sha256: 64 hexadecimal digits
            bind-dn: “=” is expected after the attribute's name (at character 7)
            base-dn-2: this is needed
            base-dn-1: this stands in the list twice
            user-filter: “)” is expected here (at character 7)
        "#]],
    );
}

#[test]
fn attributes_have_names_and_fill_one_field_each() {
    check(
        |settings| {
            settings.schema.external_id_attribute.clear();
            settings.users.username_attribute = "uid)(".to_owned();
            settings.users.search_attributes.push("CN".to_owned());
            settings.users.mapping[1].attribute = "a b".to_owned();
            settings.users.mapping[2].field = Field::Username;
            settings.users.mapping[3].field = Field::Email;
        },
        expect![[r#"
            external-id-attribute: this is needed
            username-attribute: an attribute's name: a letter, then letters, digits and hyphens
            search-attribute-5: this stands in the list twice
            mapping-attribute-1: an attribute's name: a letter, then letters, digits and hyphens
            mapping-field-2: the username is filled by the username attribute
            mapping-field-3: this stands in the list twice
        "#]],
    );
}

#[test]
fn a_rule_by_pattern_needs_one_that_a_person_would_write() {
    let matching = |pattern: &str| ManyValues::Matching(pattern.to_owned());
    check(|settings| settings.users.mapping[0].rule = matching("*@example.org"), expect![[""]]);
    check(
        |settings| {
            settings.users.mapping[0].rule = matching(" ");
            settings.users.mapping[1].rule = matching(&"*".repeat(101));
        },
        expect![[r#"
            mapping-pattern-0: this is needed
            mapping-pattern-1: at most 100 characters
        "#]],
    );
}

#[test]
fn what_was_stored_before_there_were_codes_can_be_read() {
    let mut stored = serde_json::to_value(good()).expect("JSON");
    assert!(stored.as_object_mut().and_then(|stored| stored.remove("code")).is_some());
    assert_eq!(serde_json::from_value::<DirectorySettings>(stored).ok(), Some(good()));
}

#[test]
fn an_error_travels_to_the_page_and_back() {
    let mut settings = good();
    settings.users.filter = "(".to_owned();
    let json = serde_json::to_string(&settings.check()).expect("text");
    assert_eq!(serde_json::from_str::<Vec<SettingsError>>(&json).ok(), Some(settings.check()));
}
