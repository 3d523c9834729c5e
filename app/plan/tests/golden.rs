//! The same answers on the server and in the browser: what is here runs natively and as wasm.

#[path = "support/notation.rs"]
mod notation;
#[path = "support/people.rs"]
mod people;

use expect_test::{Expect, expect};
use plan::{Counts, PlanInput, Planner, plan};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn check(policy: &str, records: &str, users: &str, expected: Expect) {
    let plan = notation::planned(policy, records, users);
    expected.assert_eq(&format!("{}digest {}\n", notation::rendered(&plan), plan.summary.digest.0));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_empty_source_is_an_empty_plan() {
    check(
        "",
        "",
        "1 eve id=e1",
        expect![[r#"
            digest 7bacb45f4b00af7672ae826182aacd8895b03b560d6fa17377139ffa8d74c4df
        "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_address_that_cannot_be_one() {
    check(
        "",
        "new id=e1 email=a@",
        "",
        expect![[r#"
            create new: Unknown
                username: nothing -> new
                email: nothing -> a@
                enabled: nothing -> yes
                ? Misshapen { field: Email }
            digest 4cef12d57890d978e0b06617972b2b3f62e0c2c881e59957dd88f300167d9777
        "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_row_of_each_kind() {
    let records = "
        eve id=e1 email=bob@x display=\"Eve Nový\" custom:badge=1|2
        bob id=e2 phone= enabled=no title=boss
        zoe.new id=e3 dn=cn=zoe,ou=b
        ann id=e4
        Kim id=e5
        kim id=e6
        - id=e7
        root id=e8
    ";
    let users = "
        12 bob id=e2 email=BOB@X phone=1 title=Boss version=4
        13 zoe id=e3 dn=cn=zoe,ou=a
        14 ann id=e4
        15 kim
        16 ROOT
    ";
    check(
        "link=e8 roles=ROLE_ADMINISTRATOR",
        records,
        users,
        expect![[r#"
            create eve: Unknown
                username: nothing -> eve
                email: nothing -> bob@x
                display_name: nothing -> Eve Nový
                enabled: nothing -> yes
                custom:badge: nothing -> 1|2
                + ROLE_ADMINISTRATOR
                ? e-mail of user 12 bob
            disable bob user 12 version 4: ExternalId
                phone: 1 -> nothing
                job_title: Boss -> boss (case only)
                enabled: yes -> no
                1 as they are
            rename zoe.new user 13 version 1: ExternalId
                username: zoe -> zoe.new
                moved: cn=zoe,ou=a -> cn=zoe,ou=b
            unchanged ann user 14 version 1: ExternalId
                1 as they are
            blocked Kim: Blocked
                ! internal user 15 exists
            blocked kim: Blocked
                ! same as row 4
            blocked : Blocked
                ! MissingUsername
            update root link user 16 version 1: ChosenLink
                username: ROOT -> root (case only)
            guard GivesAdministrator { role: RoleCode("ROLE_ADMINISTRATOR"), users: 1 }
            digest 3723e748419e16eb24b280cbe858af2c8b199d89bbe2e1f64eea9febe1c5a57b
        "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn names_of_all_scripts() {
    let records = "
        STRAßE id=a first=İ
        i\u{307} id=b
        ju\u{308}rgen id=c
        ΣΊΣΥΦΟΣ id=d
        ﬁona id=e
        山田 id=f display=山田\u{3000}太郎
        \u{1f44d}\u{1f3fd} id=g
        عمر id=h
    ";
    let users = "1 strasse id=a first=i\u{307}\n2 İ id=b\n3 jürgen id=c\n4 σίσυφος id=d\n5 FIONA\n6 山田 id=f";
    check(
        "conflict=skip",
        records,
        users,
        expect![[r#"
            update STRAßE user 1 version 1: ExternalId
                username: strasse -> STRAßE (case only)
                first_name: i̇ -> İ (case only)
            update i̇ user 2 version 1: ExternalId
                username: İ -> i̇ (case only)
            update jürgen user 3 version 1: ExternalId
                username: jürgen -> jürgen
            update ΣΊΣΥΦΟΣ user 4 version 1: ExternalId
                username: σίσυφος -> ΣΊΣΥΦΟΣ (case only)
            skipped FIONA user 5: PolicySkip
            update 山田 user 6 version 1: ExternalId
                display_name: nothing -> 山田　太郎
                1 as they are
            create 👍🏽: Unknown
                username: nothing -> 👍🏽
                enabled: nothing -> yes
            create عمر: Unknown
                username: nothing -> عمر
                enabled: nothing -> yes
            digest 9f6dd2a98f663c4b5e384b2b50b60c01f9548168bc95f8e51cf2f338ceedd105
        "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn two_thousand_people() {
    let (records, snapshot) = people::people(2_000);
    let policy = people::policy();
    let summary = plan(PlanInput { records: &records, snapshot: &snapshot, policy: &policy }).summary;
    let expected = Counts { create: 20, update: 60, rename: 20, unchanged: 1_900, ..Counts::default() };
    assert_eq!(summary.counts, expected);
    expect!["31a5b64cef8b85e2911bb0670baff06a47c1b6480db8bdd8e136b7f9f30ae9ea"].assert_eq(&summary.digest.0);
    let mut planner = Planner::new(policy);
    for page in records.chunks(300) {
        planner.page(page, &snapshot);
    }
    assert_eq!(planner.finish(), summary);
}
