use super::*;
use crate::entry::{AttributeValue, Entry};
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn check(text: &str, expected: Expect) {
    let shown = match Filter::parse(text) {
        Ok(filter) => format!("{filter:?}\n").replace("Description", "").replace("Assertion ", ""),
        Err(error) => format!("{error}\n"),
    };
    expected.assert_eq(&shown);
}

/// Read and printed, it is the same text.
fn keeps(text: &str) {
    assert_eq!(Filter::parse(text).map(|filter| filter.to_string()), Ok(text.to_owned()));
}

#[test]
fn the_examples_of_rfc_4515_are_read_and_printed() {
    for text in [
        "(cn=Babs Jensen)",
        "(!(cn=Tim Howes))",
        "(&(objectClass=Person)(|(sn=Jensen)(cn=Babs J*)))",
        "(o=univ*of*mich*)",
        "(seeAlso=)",
        "(cn:caseExactMatch:=Fred Flintstone)",
        "(cn:=Betty Rubble)",
        "(sn:dn:2.4.6.8.10:=Barney Rubble)",
        "(o:dn:=Ace Industry)",
        "(:1.2.3:=Wilma Flintstone)",
        "(:dn:2.4.6.8.10:=Dino)",
        r"(o=Parens R Us \28for all your parenthetical needs\29)",
        r"(cn=*\2a*)",
        r"(filename=C:\5cMyFile)",
        r"(bin=\00\00\00\04)",
        r"(1.3.6.1.4.1.1466.0=\04\02Hi)",
        "(&)",
        "(|)",
        "(uid>=a)",
        "(uid<=a)",
        "(uid~=a)",
        "(uid=*)",
    ] {
        keeps(text);
    }
    // The RFC escapes more than it must here.
    assert_eq!(Filter::parse(r"(sn=Lu\c4\8di\c4\87)"), Filter::equal("sn", "Lučić"));
    assert_eq!(
        Filter::parse(r"(1.3.6.1.4.1.1466.0=\04\02\48\69)"),
        Filter::equal("1.3.6.1.4.1.1466.0", "\u{4}\u{2}Hi")
    );
}

#[test]
fn the_tree_is_as_it_was_written() {
    check(
        "(& (a=b)\n (!(c>=d)) )",
        expect![[r#"
        And([Equality({ attribute: ("a"), value: [98] }), Not(GreaterOrEqual({ attribute: ("c"), value: [100] }))])
    "#]],
    );
    check(
        r"(a=\ff*b**c)",
        expect![[r#"
        Substrings(("a"), Pattern { initial: Some([255]), any: [[98]], last: Some([99]) })
    "#]],
    );
    check(
        "(a=**)",
        expect![[r#"
        Present(("a"))
    "#]],
    );
    check(
        "(a:DN:dnQualifierMatch:= x)",
        expect![[r#"
        Extensible(Extensible { target: Both { attribute: ("a"), rule: ("dnQualifierMatch") }, dn: true, value: [32, 120] })
    "#]],
    );
}

#[test]
fn an_error_says_where() {
    let at = |text: &str, position: u32, reason: FilterReason| {
        assert_eq!(Filter::parse(text), Err(FilterError { position, reason }), "{text}");
    };
    at("", 0, FilterReason::Open);
    at("cn=a", 0, FilterReason::Open);
    at("(cn=a", 5, FilterReason::Close);
    at("(&(cn=a)", 8, FilterReason::Close);
    at("(&(cn=a)cn=b)", 8, FilterReason::Open);
    at("(cn=ä)(cn=b)", 6, FilterReason::Trailing);
    at("(cn=a))", 6, FilterReason::Trailing);
    at("()", 1, FilterReason::Attribute);
    at("(ä=b)", 1, FilterReason::Attribute);
    at("(cn)", 3, FilterReason::Comparison);
    at("(cn =a)", 3, FilterReason::Comparison);
    at("(cn>=a*)", 6, FilterReason::Asterisk);
    at("(cn=ä(b)", 5, FilterReason::Unescaped);
    at(r"(cn=ä\zz)", 5, FilterReason::Escape);
    at("(!)", 2, FilterReason::Open);
    at("(!(a=b)(c=d))", 7, FilterReason::Close);
    at("(:=a)", 1, FilterReason::Rule);
    at("(cn::=a)", 4, FilterReason::Rule);
    at("(&", 2, FilterReason::Close);
}

#[test]
fn hostile_texts_are_refused_without_reading_them() {
    let nested = |depth: usize| format!("{}(a=b){}", "(!".repeat(depth - 1), ")".repeat(depth - 1));
    let reason = |text: &str| Filter::parse(text).map_err(|error| error.reason);
    assert!(Filter::parse(&nested(64)).is_ok());
    assert_eq!(reason(&nested(65)), Err(FilterReason::TooDeep));
    assert_eq!(reason(&nested(5_000)), Err(FilterReason::TooDeep));
    assert_eq!(reason(&nested(10_000)), Err(FilterReason::TooLong));
    assert_eq!(reason(&"(&".repeat(8_000)), Err(FilterReason::TooDeep));
    assert_eq!(reason(&format!("(a={})", "ä".repeat(500_000))), Err(FilterReason::TooLong));
    // Three bytes each when it is printed, and what is printed must be read again.
    assert_eq!(reason(&format!("(a={})", "\n".repeat(6_000))), Err(FilterReason::TooLong));
    assert_eq!(reason(&format!("(|{})", "(a=b)".repeat(1_024))), Err(FilterReason::TooManyTerms));
    assert!(Filter::parse(&format!("(|{})", "(a=b)".repeat(1_023))).is_ok());
}

#[test]
fn what_is_put_together_cannot_be_broken_out_of() {
    assert_eq!(Filter::equal("uid", "*)(uid=*").map(|f| f.to_string()), Ok(r"(uid=\2a\29\28uid=\2a)".to_owned()));
    assert_eq!(Filter::contains("cn", "a*").map(|f| f.to_string()), Ok(r"(cn=*a\2a*)".to_owned()));
    assert!(Filter::equal("uid=*)(cn", "a").is_err());
    assert_eq!(Filter::escape("(\0)\\ ä"), r"\28\00\29\5c ä");
}

#[test]
fn errors_and_filters_travel_as_text() {
    let filter = Filter::parse("(&(a=b)(c=*))").expect("legal");
    let json = serde_json::to_string(&filter).expect("text");
    assert_eq!(json, r#""(&(a=b)(c=*))""#);
    assert_eq!(serde_json::from_str::<Filter>(&json).ok(), Some(filter));
    assert!(serde_json::from_str::<Filter>(r#""(a""#).is_err());
}

fn entry() -> Entry {
    let texts = |values: &[&str]| values.iter().map(|value| AttributeValue::Text((*value).to_owned())).collect();
    Entry {
        dn: "uid=jo,ou=Sales People,dc=demo".to_owned(),
        attributes: vec![
            ("cn".to_owned(), texts(&["Jürgen  Müller"])),
            ("CN;lang-en".to_owned(), texts(&["Yuergen"])),
            ("uid".to_owned(), texts(&["jo"])),
            ("room".to_owned(), texts(&["9", "120"])),
            ("manager".to_owned(), texts(&["uid=Boss, dc=demo"])),
            ("photo".to_owned(), vec![AttributeValue::Binary(vec![0xff, 0xd8, 0x00, 0x10])]),
        ],
    }
}

#[test]
fn an_entry_matches_as_a_directory_would_say() {
    let matches = |text: &str| Filter::parse(text).expect(text).evaluate(&entry());
    for text in [
        "(CN=jürgen müller)",
        "(cn=JÜRGEN*)",
        "(cn=*gen mül*)",
        "(cn=*en*ül*er)",
        "(cn;lang-en=yuergen)",
        "(uid=*)",
        "(&)",
        "(room>=100)",
        "(room<=9)",
        "(uid>=JA)",
        "(uid~=JO)",
        r"(photo=\ff\d8\00\10)",
        r"(photo=\ff*\10)",
        "(!(mail=*))",
        "(!(mail=a))",
        "(ou:dn:=sales people)",
        "(:dn:caseIgnoreMatch:=demo)",
        "(uid:caseExactMatch:=jo)",
        "(manager:distinguishedNameMatch:=UID=boss,DC=demo)",
        "(|(uid:1.2.3:=jo)(uid=jo))",
    ] {
        assert!(matches(text), "{text}");
    }
    for text in [
        "(cn=jürgen)",
        "(cn=*müller jürgen*)",
        "(cn=*gen*rgen*)",
        "(cn;lang-de=yuergen)",
        "(|)",
        "(room>=121)",
        "(mail=*)",
        "(uid:caseExactMatch:=JO)",
        "(photo=a)",
        "(ou=sales people)",
        "(cn=)",
        "(room>=x9)",
        // No answer, and the opposite of no answer is none either.
        "(uid:1.2.3:=jo)",
        "(!(uid:1.2.3:=jo))",
        "(!(&(uid=jo)(uid:1.2.3:=jo)))",
    ] {
        assert!(!matches(text), "{text}");
    }
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let attribute = || "[a-c](;x)?|1\\.2".prop_map(|name| Description::parse(&name).expect("legal"));
    let value = || {
        prop_oneof![
            "(.|[()*\\\\ a]){0,6}".prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 0..4),
            "[ab1]{0,2}".prop_map(String::into_bytes),
        ]
    };
    let assertion = move || (attribute(), value()).prop_map(|(attribute, value)| Assertion { attribute, value });
    let leaf = prop_oneof![
        assertion().prop_map(Filter::Equality),
        assertion().prop_map(Filter::GreaterOrEqual),
        assertion().prop_map(Filter::LessOrEqual),
        assertion().prop_map(Filter::Approx),
        attribute().prop_map(Filter::Present),
        (attribute(), prop::option::of(value()), prop::collection::vec(value(), 0..3), prop::option::of(value()))
            .prop_map(|(attribute, initial, any, last)| Filter::substrings(attribute, initial, any, last)),
        (attribute(), prop::option::of(attribute()), any::<bool>(), value())
            .prop_filter_map("always", |(a, rule, dn, value)| Filter::extensible(Some(a), rule, dn, value)),
        (attribute(), any::<bool>(), value()).prop_filter_map("always", |(rule, dn, value)| Filter::extensible(
            None,
            Some(rule),
            dn,
            value
        )),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::Or),
            inner.prop_map(|filter| Filter::Not(Box::new(filter))),
        ]
    })
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let value = "[ab1]{0,2}".prop_map(AttributeValue::Text);
    let attribute = ("[a-c]", prop::collection::vec(value, 1..3));
    prop::collection::vec(attribute, 0..3).prop_map(|attributes| Entry { dn: "a=b".to_owned(), attributes })
}

proptest! {
    #[test]
    fn a_printed_filter_is_read_back(filter in any_filter()) {
        prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter));
    }

    #[test]
    fn no_text_panics(text in r"(.|[()&|!=*:\\<>~a0; ]){0,60}") {
        if let Ok(filter) = Filter::parse(&text) {
            prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter));
        }
    }

    #[test]
    fn not_of_not_changes_nothing(filter in any_filter(), entry in any_entry()) {
        let twice = Filter::Not(Box::new(Filter::Not(Box::new(filter.clone()))));
        prop_assert_eq!(twice.evaluate(&entry), filter.evaluate(&entry));
    }

    #[test]
    fn an_entry_never_matches_a_filter_and_its_opposite(filter in any_filter(), entry in any_entry()) {
        let not = Filter::Not(Box::new(filter.clone()));
        prop_assert!(!Filter::And(vec![filter, not]).evaluate(&entry));
    }
}
