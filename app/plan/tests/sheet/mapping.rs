//! What is wrong with a mapping, and how it is kept.

use crate::notation::{cells, mapping};
use expect_test::{Expect, expect};
use plan::sheet::{Mapper, problems};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn check(headers: &str, rules: &str, expected: Expect) {
    let (headers, mapping) = (cells(headers), mapping(rules));
    let problems = problems(&mapping, &headers);
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("{problem:?}{}\n", if problem.blocks() { "" } else { " (warning)" }))
        .collect();
    expected.assert_eq(&lines.concat());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_mapping_that_cannot_be_used_says_why() {
    check(
        "a",
        "email <- #0",
        expect![[r#"
            MissingUsername
        "#]],
    );
    check(
        "a|b",
        "username <- #2\nemail <- {a}{c}{d}\nphone <- ü{a",
        expect![[r#"
            NoSuchColumn { column: 2 }
            UnknownColumn { name: "c" }
            UnknownColumn { name: "d" }
            BadTemplate { at: 1 }
        "#]],
    );
    check(
        "a|b|c",
        "username <- #0\nemail <- #1\nemail <- #2\npassword <- #1\npassword <- #2",
        expect![[r#"
            TwiceMapped { target: Field(Email) } (warning)
        "#]],
    );
    check("First Name|b", "username <- {first_name}.{{x}}", expect![""]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_mapper_is_made_of_all_that_can_be_read() {
    let made = |rules: &str| Mapper::new(&mapping(rules), &cells("a|b")).map(drop);
    assert_eq!(made(""), Ok(()));
    assert_eq!(made("email <- #0\nemail <- #1"), Ok(()));
    for rules in ["username <- #2", "username <- {c}", "username <- {"] {
        assert_eq!(made(rules).err(), problems(&mapping(rules), &cells("a|b")).into_iter().next(), "{rules}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_mapping_is_kept_as_text() {
    let kept = mapping("username lower <- {a}.{b}\ncustom:badge <- #1\nroles <- =ROLE_A\nseparator ;");
    let text = serde_json::to_string(&kept).expect("JSON");
    expect![[r#"{"rules":[{"target":"username","source":{"template":"{a}.{b}"},"lower_case":true,"trim":true},{"target":"custom:badge","source":{"column":1},"lower_case":false,"trim":true},{"target":"roles","source":{"constant":"ROLE_A"},"lower_case":false,"trim":true}],"blank":"keep","separator":";"}"#]].assert_eq(&text);
    assert_eq!(serde_json::from_str::<plan::sheet::SheetMapping>(&text).ok(), Some(kept));
    let short = r#"{"rules":[{"target":"email","source":{"column":3}}]}"#;
    assert_eq!(serde_json::from_str(short).ok(), Some(mapping("email <- #3")));
}
