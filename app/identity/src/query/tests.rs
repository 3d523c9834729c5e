use super::*;
use crate::directory::{DirectorySettings, Preset};
use crate::entry::{AttributeValue, Entry};
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn users() -> UserSchema {
    let mut users = DirectorySettings::preset(Preset::OpenLdap).users;
    users.search_attributes = vec!["cn".to_owned(), "mail".to_owned()];
    users
}

fn check(text: &str, expected: Expect) {
    let filter = Query::parse(text).and_then(|query| query.into_filter(&users()));
    expected.assert_eq(&filter.map_or_else(|error| error.to_string(), |filter| filter.to_string()));
}

#[test]
fn blank_and_asterisks_are_everyone() {
    for text in ["", "  ", "*", " * ", "** *"] {
        assert_eq!(Query::parse(text), Ok(Query::All), "{text}");
    }
    check("*", expect!["(objectClass=inetOrgPerson)"]);
}

#[test]
fn every_word_must_be_found_somewhere() {
    check("anna", expect!["(&(objectClass=inetOrgPerson)(|(cn=*anna*)(mail=*anna*)))"]);
    check(" anna  nov ", expect!["(&(objectClass=inetOrgPerson)(|(cn=*anna*)(mail=*anna*))(|(cn=*nov*)(mail=*nov*)))"]);
}

#[test]
fn an_asterisk_stands_for_any_text() {
    check("an*ov", expect!["(&(objectClass=inetOrgPerson)(|(cn=*an*ov*)(mail=*an*ov*)))"]);
    check("*an** *", expect!["(&(objectClass=inetOrgPerson)(|(cn=*an*)(mail=*an*)))"]);
}

#[test]
fn everything_else_stands_for_itself() {
    check("*)(uid=*", expect![[r"(&(objectClass=inetOrgPerson)(|(cn=*\29\28uid=*)(mail=*\29\28uid=*)))"]]);
    check(r"a\2a", expect![[r"(&(objectClass=inetOrgPerson)(|(cn=*a\5c2a*)(mail=*a\5c2a*)))"]]);
    check("Jürgen", expect!["(&(objectClass=inetOrgPerson)(|(cn=*Jürgen*)(mail=*Jürgen*)))"]);
}

#[test]
fn a_filter_is_taken_within_the_people() {
    check("(|(uid=a)(uid=b))", expect!["(&(objectClass=inetOrgPerson)(|(uid=a)(uid=b)))"]);
}

#[test]
fn a_mistake_is_pointed_at_in_the_text_as_typed() {
    check("  (uid=a", expect!["“)” is expected here (at character 9)"]);
    check(" a\0b", expect!["this character is written as a backslash and two hexadecimal digits (at character 3)"]);
    check(&"x".repeat(300), expect!["a text to search for has at most 256 characters (at character 257)"]);
}

#[test]
fn a_filter_that_grows_too_deep_is_refused() {
    let deep = format!("{}(a=b){}", "(!".repeat(63), ")".repeat(63));
    check(&deep, expect!["filters are nested at most 64 deep (at character 1)"]);
}

proptest! {
    #[test]
    fn any_text_becomes_a_filter_that_says_no_more(text in r"(.|[()*\\=&|! ]){0,40}") {
        if let Ok(query) = Query::parse(&text) {
            let filter = query.into_filter(&users()).expect("short enough");
            prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter.clone()));
            let nobody = Entry { dn: String::new(), attributes: vec![] };
            if !matches!(query, Query::Filter(_)) {
                prop_assert!(!filter.evaluate(&nobody));
            }
        }
    }

    #[test]
    fn a_person_is_found_by_a_part_of_the_name(before in "[a-zäöü]{0,5}", part in r"[a-zäöü()\\=]{1,5}", after in "[a-z]{0,5}") {
        let cn = AttributeValue::Text(format!("{before}{part}{after}"));
        let class = AttributeValue::Text("inetOrgPerson".to_owned());
        let entry = Entry {
            dn: String::new(),
            attributes: vec![("objectClass".to_owned(), vec![class]), ("cn".to_owned(), vec![cn])],
        };
        let filter = Query::Text(part.to_uppercase()).into_filter(&users()).expect("short enough");
        prop_assert!(filter.evaluate(&entry));
    }
}
