//! What a row says of a user (R15, R17, R18).

use crate::notation::{cells, mapping, rendered};
use expect_test::{Expect, expect};
use identity::field::Patch;
use plan::Record;
use plan::mapping::{MAX_CUSTOM, MAX_TEXT};
use plan::sheet::{Mapper, suggest};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn record(headers: &str, rules: &str, row: &[&str]) -> Record {
    let mapper = Mapper::new(&mapping(rules), &cells(headers)).expect("a mapping that can be used");
    mapper.record(7, |column| row.get(column as usize).copied().unwrap_or_default())
}

fn check(headers: &str, rules: &str, row: &str, expected: Expect) {
    let row = cells(row);
    let row: Vec<&str> = row.iter().map(String::as_str).collect();
    expected.assert_eq(&rendered(&record(headers, rules, &row)));
}

/// A row under the mapping that its headers suggest.
fn check_suggested(headers: &str, row: &str, expected: Expect) {
    let (headers, row) = (cells(headers), cells(row));
    let mapper = Mapper::new(&suggest(&headers).mapping, &headers).expect("what is suggested can be used");
    expected.assert_eq(&rendered(&mapper.record(7, |column| row.get(column as usize).map_or("", String::as_str))));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_spreadsheet_of_people_needs_no_correction() {
    check_suggested(
        "Anmeldename|Vorname|Nachname|E-Mail|Tel.|Abteilung|Funktion|Aktiv|Gruppen|Rolle|Standort",
        "eve| Eve |Nový|eve@x.example|007|F&E|Leiterin|ja|IT, \"HR, Berlin\"|ROLE_A|Köln",
        expect![[r#"
            username: eve
            email: eve@x.example
            first_name: Eve
            last_name: Nový
            phone: 007
            department: F&E
            job_title: Leiterin
            enabled: true
            groups: IT | HR, Berlin
            roles: ROLE_A
        "#]],
    );
    assert_eq!(record("a", "username <- #0", &["eve"]).line, Some(7));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_blank_cell_says_what_the_mapping_says() {
    let rules = "username <- #0\nemail <- #1\ncustom:badge <- #2\ngroups <- #3\nroles <- #4\nenabled <- #5";
    check(
        "a|b|c|d|e|f",
        rules,
        "eve| ||,||",
        expect![[r#"
        username: eve
    "#]],
    );
    check(
        "a|b|c|d|e|f",
        &format!("blank clears\n{rules}"),
        "eve| ||,||",
        expect![[r#"
        username: eve
        email: nothing
        custom:badge: nothing
        groups: nothing
        roles: nothing
    "#]],
    );
    check(
        "a|b|c|d|e|f",
        rules,
        "eve|<clear>| <CLEAR> |<Clear>|<clear>|x",
        expect![[r#"
        username: eve
        email: nothing
        enabled: true
        custom:badge: nothing
        groups: nothing
        roles: nothing
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_cannot_be_cleared_is_not() {
    check(
        "a|b|Aktiv?",
        "blank clears\nusername <- #0\nold_username <- #1\nenabled <- #2",
        "<clear>|<clear>|<clear>",
        expect![[r#"
            ! NotFlag { attribute: "Aktiv?" }
        "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_password_is_seen_and_never_read() {
    let secret = "hunter2!";
    let mut lines = String::new();
    for rules in [
        "password <- #1",
        "",
        "email <- #1\nphone <- {Kennwort}\ndepartment <- x{Kennwort}",
        "password <- {Kennwort}",
        "password <- #1\ncustom:x <- #1",
    ] {
        let record = record("a|Kennwort", &format!("blank clears\nusername <- #0\n{rules}"), &["eve", secret]);
        assert!(!format!("{record:?}").contains(secret));
        lines += &rendered(&record);
    }
    expect![[r#"
        username: eve
        ! HasPassword { column: "Kennwort" }
        username: eve
        ! HasPassword { column: "Kennwort" }
        username: eve
        ! HasPassword { column: "Kennwort" }
        username: eve
        ! HasPassword { column: "Kennwort" }
        username: eve
        ! HasPassword { column: "Kennwort" }
    "#]]
    .assert_eq(&lines);
    // A column that nobody would know is one when the person says so.
    check(
        "a|Geheim",
        "username <- #0\npassword <- #1\nphone <- #1",
        "eve|1",
        expect![[r#"
        username: eve
        ! HasPassword { column: "Geheim" }
    "#]],
    );
    check(
        "a|Passwort",
        "username <- #0\npassword <- #1",
        "eve| ",
        expect![[r#"
        username: eve
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_cannot_be_a_value_leaves_the_field_alone() {
    let rules = "blank clears\nusername <- #0\nphone <- #1\nenabled <- #2\ngroups <- #3\ncustom:x <- #4\nroles <- #5";
    check(
        "a|Telefon|Aktiv||Tags|F",
        rules,
        "e\0e|1\n2|jein|\"IT, HR|a,\"b\nc\"|\"a\" b,c",
        expect![[r#"
        username: e�e
        roles: "a" b | c
        ! NotText { attribute: "Telefon" }
        ! NotFlag { attribute: "Aktiv" }
        ! NotSplit { column: "D" }
        ! NotText { attribute: "Tags" }
    "#]],
    );
    check(
        "a||Aktiv|d|Tags|F",
        rules,
        "eve|1\u{7}|\u{661}|a\nb,c|\"a\" b|\"a\"\"b\"",
        expect![[r#"
        username: eve
        custom:x: "a" b
        groups: a | b | c
        roles: a"b
        ! NotText { attribute: "B" }
        ! NotFlag { attribute: "Aktiv" }
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_is_too_long_is_not_copied() {
    let rules = "username <- #0\nold_username <- #0\nphone <- #0\ncustom:x <- #0\ngroups <- #0\nemail <- {a}{a}@x";
    let record = record("a", rules, &[&"ü".repeat(1 << 20)]);
    expect![[r#"
        username: ü…
        was: ü…
        ! TooLong { field: Phone }
        ! TooLong { field: Custom("x") }
        ! NotSplit { column: "a" }
        ! TooLong { field: Email }
    "#]]
    .assert_eq(&rendered(&record).replace(&"ü".repeat(256), "ü…"));
    let phone = |length: usize| self::record("a", "phone <- #0", &[&"ü".repeat(length)]).fields.phone;
    assert_eq!(phone(MAX_TEXT), Patch::Set("ü".repeat(MAX_TEXT)));
    assert_eq!(phone(MAX_TEXT + 1), Patch::Keep);
    let custom = |length: usize| self::record("a", "custom:x <- #0", &[&"ü".repeat(length)]).fields.custom;
    assert_eq!((custom(MAX_CUSTOM).len(), custom(MAX_CUSTOM + 1).len()), (1, 0));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn of_several_rules_the_first_with_a_value_wins() {
    let rules = "blank clears\nphone <- #0\nphone <- #1\nphone <- =0";
    check(
        "a|b",
        rules,
        "1|2",
        expect![[r#"
        phone: 1
    "#]],
    );
    check(
        "a|b",
        rules,
        " |2",
        expect![[r#"
        phone: 2
    "#]],
    );
    check(
        "a|b",
        rules,
        "1\n1|",
        expect![[r#"
        phone: 0
    "#]],
    );
    check(
        "a|b",
        rules,
        "<clear>|2",
        expect![[r#"
        phone: nothing
    "#]],
    );
    check(
        "Tel|b",
        "phone <- #0\nphone <- #1",
        "1\n1|",
        expect![[r#"
        ! NotText { attribute: "Tel" }
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_template_joins_columns_by_name() {
    let rules = "username lower <- {first_name}.{Last Name}\nemail <- {first_name}@{{x}}\nlocale <- =de-DE";
    check(
        "First Name|Last Name",
        rules,
        " Eve |NOVÝ",
        expect![[r#"
        username: eve.nový
        email: Eve@{x}
        locale: de-DE
    "#]],
    );
    check(
        "First Name|Last Name",
        rules,
        "|Nový",
        expect![[r#"
        locale: de-DE
    "#]],
    );
    check(
        "First Name|Last Name",
        rules,
        " | ",
        expect![[r#"
        locale: de-DE
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn half_a_name_is_no_username_and_no_address() {
    let rules = "username <- {first_name}.{last_name}\nemail <- {first_name}.{last_name}@x\n\
                 display_name <- {first_name} {last_name}\njob_title <- {first_name}/{last_name}";
    check(
        "first_name|last_name",
        rules,
        "Eve| ",
        expect![[r#"
        display_name: Eve
        job_title: Eve/
    "#]],
    );
    // The next rule has its turn.
    check(
        "first_name|last_name|Login",
        &format!("{rules}\nusername <- #2\nblank clears"),
        "|Nový|eve",
        expect![[r#"
        username: eve
        email: nothing
        display_name: Nový
        job_title: /Nový
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn values_are_split_trimmed_and_written_small_as_the_rule_says() {
    let row = "EVE| A ;b;; C |X@Y.Example|ROLE_A,ROLE_B";
    check(
        "a|b|c|d",
        "separator ;\nusername lower <- #0\ncustom:t lower <- #1\nemail lower <- #2\nroles <- #3",
        row,
        expect![[r#"
            username: eve
            email: x@y.example
            custom:t: a | b | c
            roles: ROLE_A,ROLE_B
        "#]],
    );
    check(
        "a|b|c|d",
        "separator\nusername <- #0\ncustom:t <- #3\ngroups untrimmed <- #1",
        row,
        expect![[r#"
        username: EVE
        custom:t: ROLE_A,ROLE_B
        groups: A ;b;; C
    "#]],
    );
    check_suggested(
        "login|firstname|lastname|roles|organization",
        "eve|E|N|Agent~~~Admin, IT|x",
        expect![[r#"
        username: eve
        first_name: E
        last_name: N
        roles: Agent | Admin, IT
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_error_of_a_formula_clears_nothing() {
    let rules = "blank clears\nusername <- #0\nold_username <- #1\nemail <- #2\nphone <- #3\nphone <- #4\ngroups <- #2\n\
                 enabled <- #2\ncustom:a <- {f}-{c}\npassword <- #6";
    let read = |errors: &[u32]| {
        let mapper = Mapper::new(&mapping(rules), &cells("a|b|c|d|e|f|g|h")).expect("a mapping that can be used");
        let row = ["eve", "", "x", "", "007", "y", "", ""];
        rendered(&mapper.record(7, |column| (!errors.contains(&column)).then(|| row[column as usize])))
    };
    // Nobody reads the last column.
    expect![[r#"
        username: eve
        phone: 007
        ! NotText { attribute: "c" }
        ! NotText { attribute: "c" }
        ! NotText { attribute: "c" }
        ! NotText { attribute: "custom:a" }
    "#]]
    .assert_eq(&read(&[2, 3, 6, 7]));
    expect![[r#"
        was: �
        email: x
        phone: 007
        enabled: true
        custom:a: y-x
        groups: x
        ! NotText { attribute: "a" }
        ! NotText { attribute: "b" }
    "#]]
    .assert_eq(&read(&[0, 1]));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn no_rule_reads_a_column_of_passwords() {
    check(
        "username|Passwort neu|PasswordLastSet",
        "username <- #0\ncustom:a <- #1\ncustom:b <- #2\nphone <- {Passwort neu}",
        "eve|secret|2026-01-01",
        expect![[r#"
            username: eve
            custom:b: 2026-01-01
            ! HasPassword { column: "Passwort neu" }
        "#]],
    );
}
