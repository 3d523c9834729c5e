use super::*;
use expect_test::{Expect, expect};
use proptest::prelude::*;

/// The parts of each RDN, one RDN a line, and the DN as it is printed.
fn check(text: &str, expected: Expect) {
    let shown = match Dn::parse(text) {
        Err(error) => format!("{error}\n"),
        Ok(dn) => {
            let mut shown = String::new();
            for rdn in dn.rdns() {
                let parts: Vec<String> =
                    rdn.parts().iter().map(|part| format!("{} {:?}", part.attribute(), part.value())).collect();
                shown.push_str(&parts.join(" + "));
                shown.push('\n');
            }
            shown + &format!("> {dn}\n")
        }
    };
    expected.assert_eq(&shown);
}

fn dn(text: &str) -> Dn {
    Dn::parse(text).expect(text)
}

#[test]
fn the_examples_of_rfc_4514_are_read() {
    check(
        "UID=jsmith,DC=example,DC=net",
        expect![[r#"
        UID Text("jsmith")
        DC Text("example")
        DC Text("net")
        > UID=jsmith,DC=example,DC=net
    "#]],
    );
    check(
        "OU=Sales+CN=J.  Smith,DC=example,DC=net",
        expect![[r#"
        OU Text("Sales") + CN Text("J.  Smith")
        DC Text("example")
        DC Text("net")
        > OU=Sales+CN=J.  Smith,DC=example,DC=net
    "#]],
    );
    check(
        r#"CN=James \"Jim\" Smith\, III,DC=example,DC=net"#,
        expect![[r#"
        CN Text("James \"Jim\" Smith, III")
        DC Text("example")
        DC Text("net")
        > CN=James \"Jim\" Smith\, III,DC=example,DC=net
    "#]],
    );
    check(
        r"CN=Before\0dAfter,DC=example,DC=net",
        expect![[r#"
        CN Text("Before\rAfter")
        DC Text("example")
        DC Text("net")
        > CN=Before\0DAfter,DC=example,DC=net
    "#]],
    );
    check(
        "1.3.6.1.4.1.1466.0=#04024869",
        expect![[r##"
        1.3.6.1.4.1.1466.0 Ber([4, 2, 72, 105])
        > 1.3.6.1.4.1.1466.0=#04024869
    "##]],
    );
    check(
        r"CN=Lu\C4\8Di\C4\87",
        expect![[r#"
        CN Text("Lučić")
        > CN=Lučić
    "#]],
    );
}

#[test]
fn what_other_readers_break_is_read() {
    check(
        r"cn=J\C3\BCrgen",
        expect![[r#"
        cn Text("Jürgen")
        > cn=Jürgen
    "#]],
    );
    check(
        r"cn=\#1 \= one , dc = example",
        expect![[r##"
        cn Text("#1 = one")
        dc Text("example")
        > cn=\#1 = one,dc=example
    "##]],
    );
    check(
        r"cn=\ both \ ,o=",
        expect![[r#"
        cn Text(" both  ")
        o Text("")
        > cn=\ both \ ,o=
    "#]],
    );
    check(
        r"cn=\FF\41b",
        expect![[r#"
        cn Bytes([255, 65, 98])
        > cn=\FF\41\62
    "#]],
    );
    check(
        " ",
        expect![[r#"
        > 
    "#]],
    );
}

#[test]
fn an_error_says_where() {
    check(
        "cn",
        expect![[r#"
        “=” is expected after the attribute's name (at character 3)
    "#]],
    );
    check(
        "ö=1",
        expect![[r#"
        an attribute's name is expected here (at character 1)
    "#]],
    );
    check(
        "cn=ä,",
        expect![[r#"
        an attribute's name is expected here (at character 6)
    "#]],
    );
    check(
        "cn=a,=b",
        expect![[r#"
        an attribute's name is expected here (at character 6)
    "#]],
    );
    check(
        "cn=a\"b",
        expect![[r#"
        this character needs a backslash before it (at character 5)
    "#]],
    );
    check(
        r"cn=a\x",
        expect![[r#"
        a backslash is followed by a special character or by two hexadecimal digits (at character 5)
    "#]],
    );
    check(
        "cn=#04 02",
        expect![[r##"
        “#” is followed by pairs of hexadecimal digits (at character 7)
    "##]],
    );
    check(
        &format!("cn={}", "x".repeat(1_000_000)),
        expect![[r#"
        a DN has at most 16384 bytes (at character 16385)
    "#]],
    );
    // Three bytes each when it is printed, and what is printed must be read again.
    check(
        &format!("cn={}", "\n".repeat(6_000)),
        expect![[r#"
        a DN has at most 16384 bytes (at character 6004)
    "#]],
    );
}

#[test]
fn names_of_the_same_entry_are_the_same() {
    let same = |left, right| {
        assert!(dn(left).same_as(&dn(right)), "{left} and {right}");
        assert_eq!(dn(left).key(), dn(right).key(), "{left} and {right}");
    };
    same("CN=Jim  Smith,dc=Example", "cn=JIM smith, DC=example");
    same("ou=Sales+cn=J", "cn=j+ou=sales");
    same("cn=J+cn=j", "cn=j");
    same(r"cn=J\C3\BCrgen", "cn=JÜRGEN");
    same("cn=Ju\u{308}rgen", "cn=jürgen");
    same("2.5.4.3=a", "cn=a");
    same("cn=#0C024869", "cn=hi");
    same(r"cn=a\,b", r"cn=a\2Cb");
}

#[test]
fn names_of_different_entries_stay_different() {
    for (left, right) in [(r"cn=a\,dc\=b", "cn=a,dc=b"), (r"cn=a\+sn\=b", "cn=a+sn=b"), ("cn=a", "sn=a"), ("cn=a", "")]
    {
        assert!(!dn(left).same_as(&dn(right)), "{left} and {right}");
        assert_ne!(dn(left).key(), dn(right).key(), "{left} and {right}");
    }
}

#[test]
fn a_base_contains_itself_and_what_lies_below() {
    let base = dn("dc=example,dc=net");
    let person = dn("uid=jo,ou=People, DC=Example,DC=NET");
    assert!(base.contains(&person) && base.contains(&base) && Dn::root().contains(&base));
    assert!(person.is_below(&base) && !base.is_below(&base) && !base.is_below(&person));
    assert!(!dn("dc=ample,dc=net").contains(&dn("ou=x,dc=example,dc=net")));
    assert_eq!(
        person.parent().and_then(|people| people.parent()).map(|dn| dn.to_string()),
        Some("DC=Example,DC=NET".into())
    );
    assert_eq!(Dn::root().parent(), None);
}

#[test]
fn a_child_needs_no_escapes() {
    let rdn = Rdn::new("cn", "a,b=c").expect("cn is a name");
    assert_eq!(dn("dc=net").child(rdn).to_string(), r"cn=a\,b=c,dc=net");
    assert!(Rdn::new("cn=x,sn", "a").is_err());
}

#[test]
fn a_dn_travels_as_text() {
    let person = dn(r"cn=a\,b,dc=net");
    let json = serde_json::to_string(&person).expect("text");
    assert_eq!(json, r#""cn=a\\,b,dc=net""#);
    assert_eq!(serde_json::from_str::<Dn>(&json).ok(), Some(person));
}

fn any_dn() -> impl Strategy<Value = Dn> {
    let value = prop_oneof![
        3 => ".{0,12}".prop_map(RdnValue::Text),
        1 => r#"[ #=+,;<>"\\a]{0,6}"#.prop_map(RdnValue::Text),
        1 => prop::collection::vec(0x80..0xc0u8, 1..5).prop_map(RdnValue::Bytes),
        1 => prop::collection::vec(any::<u8>(), 1..5).prop_map(RdnValue::Ber),
    ];
    let part = ("[a-zA-Z][a-zA-Z0-9-]{0,5}|[0-2]\\.[1-9][0-9]{0,4}", value)
        .prop_map(|(attribute, value)| RdnPart { attribute, value });
    let rdn = prop::collection::vec(part, 1..3).prop_map(|parts| Rdn { parts });
    prop::collection::vec(rdn, 0..5).prop_map(|rdns| Dn { rdns })
}

proptest! {
    #[test]
    fn a_printed_dn_is_read_back(dn in any_dn()) {
        prop_assert_eq!(Dn::parse(&dn.to_string()), Ok(dn));
    }

    #[test]
    fn a_key_is_a_dn_with_the_same_key(dn in any_dn()) {
        let normalised = Dn::parse(dn.key().as_str()).expect("a key is a DN");
        prop_assert!(normalised.same_as(&dn));
    }

    #[test]
    fn no_text_panics(text in r#"(.|[=,+#\\ "0-9a-f]){0,40}"#) {
        if let Ok(dn) = Dn::parse(&text) {
            prop_assert!(dn.contains(&dn));
            prop_assert_eq!(Dn::parse(&dn.to_string()), Ok(dn));
        }
    }
}
