//! The rules of planning, each as a sentence over texts (see `notation`).
#![cfg(not(target_arch = "wasm32"))]

mod notation;

use expect_test::{Expect, expect};
use notation::{planned, rendered};

/// Records of a directory under its defaults.
fn check(records: &str, users: &str, expected: Expect) {
    check_with("", records, users, expected);
}

fn check_with(policy: &str, records: &str, users: &str, expected: Expect) {
    expected.assert_eq(&rendered(&planned(policy, records, users)));
}

// Matching (R10).

#[test]
fn an_unknown_entry_becomes_a_create() {
    check(
        "eve id=e1 email=eve@new.example display=\"Eve N\"",
        "",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            email: nothing -> eve@new.example
            display_name: nothing -> Eve N
            enabled: nothing -> yes
    "#]],
    );
}

#[test]
fn the_external_id_comes_before_the_name() {
    check(
        "eve id=e1 phone=2",
        "1 eve id=e1 phone=1 version=7",
        expect![[r#"
        update eve user 1 version 7: ExternalId
            phone: 1 -> 2
            1 as they are
    "#]],
    );
}

#[test]
fn a_rename_in_the_directory_is_a_rename_of_the_same_user() {
    check(
        "eve.new id=e1",
        "1 eve id=e1",
        expect![[r#"
        rename eve.new user 1 version 1: ExternalId
            username: eve -> eve.new
    "#]],
    );
}

#[test]
fn a_move_in_the_directory_is_a_change_of_the_dn_alone() {
    check(
        "eve id=e1 dn=cn=eve,ou=b email=e@x",
        "1 eve id=e1 dn=cn=eve,ou=a email=e@x",
        expect![[r#"
        rename eve user 1 version 1: ExternalId
            2 as they are
            moved: cn=eve,ou=a -> cn=eve,ou=b
    "#]],
    );
}

#[test]
fn a_name_that_another_user_has_is_not_given() {
    check(
        "bob id=e1",
        "1 eve id=e1\n2 bob id=e2",
        expect![[r#"
        blocked bob: Blocked
            ! entry of user 1, name of user 2
    "#]],
    );
}

#[test]
fn two_entries_that_swapped_names_are_blocked_both() {
    check(
        "bob id=e1\neve id=e2",
        "1 eve id=e1\n2 bob id=e2",
        expect![[r#"
        blocked bob: Blocked
            ! entry of user 1, name of user 2
        blocked eve: Blocked
            ! entry of user 2, name of user 1
    "#]],
    );
}

#[test]
fn a_name_that_becomes_free_in_the_same_plan_is_not_given_yet() {
    check(
        "eve.new id=e1\neve id=e2",
        "1 eve id=e1",
        expect![[r#"
        rename eve.new user 1 version 1: ExternalId
            username: eve -> eve.new
        blocked eve: Blocked
            ! user 1 is linked elsewhere
    "#]],
    );
}

#[test]
fn a_user_of_another_entry_keeps_its_name() {
    check(
        "eve id=e2",
        "1 eve id=e1",
        expect![[r#"
        blocked eve: Blocked
            ! user 1 is linked elsewhere
    "#]],
    );
}

#[test]
fn a_user_of_another_directory_keeps_its_name() {
    check(
        "eve id=e1",
        "1 eve id=e1@2",
        expect![[r#"
        blocked eve: Blocked
            ! user 1 is linked elsewhere
    "#]],
    );
}

#[test]
fn the_same_email_suggests_and_never_links() {
    check(
        "eve id=e1 email=EVE@x.example",
        "1 evelyn email=eve@x.example",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            email: nothing -> EVE@x.example
            enabled: nothing -> yes
            ? e-mail of user 1 evelyn
    "#]],
    );
}

#[test]
fn the_same_email_is_said_where_it_is_given_and_not_again() {
    let users = "1 eve id=e1 email=team@x\n2 bob id=e2 email=team@x\n3 zoe id=e3";
    check(
        "eve id=e1 email=team@x\nzoe id=e3 email=Team@x",
        users,
        expect![[r#"
        unchanged eve user 1 version 1: ExternalId
            2 as they are
        update zoe user 3 version 1: ExternalId
            email: nothing -> Team@x
            1 as they are
            ? e-mail of user 1 eve
    "#]],
    );
}

#[test]
fn the_second_row_of_a_name_or_an_entry_names_the_first() {
    check(
        "eve id=e1\nEVE id=e2\nzoe id=e1\n- id=e1\nzoe id=e4",
        "",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            enabled: nothing -> yes
        blocked EVE: Blocked
            ! same as row 0
        blocked zoe: Blocked
            ! same as row 0
        blocked : Blocked
            ! MissingUsername
            ! same as row 0
        blocked zoe: Blocked
            ! same as row 2
    "#]],
    );
}

#[test]
fn names_match_whatever_their_case_and_form() {
    let users = "1 strasse id=a\n2 i\u{307} id=b\n3 ju\u{308}rgen id=c\n4 JDoe id=d\n5 ﬁona id=e";
    check(
        "STRAßE id=a\nİ id=b\njürgen id=c\njdoe id=d\nFIONA id=e",
        users,
        expect![[r#"
        update STRAßE user 1 version 1: ExternalId
            username: strasse -> STRAßE (case only)
        update İ user 2 version 1: ExternalId
            username: i̇ -> İ (case only)
        update jürgen user 3 version 1: ExternalId
            username: jürgen -> jürgen
        update jdoe user 4 version 1: ExternalId
            username: JDoe -> jdoe (case only)
        update FIONA user 5 version 1: ExternalId
            username: ﬁona -> FIONA (case only)
    "#]],
    );
}

#[test]
fn names_that_match_by_case_and_form_conflict_as_well() {
    check(
        "STRAßE id=a\nİ id=b\n\u{212a}elvin id=c",
        "1 strasse\n2 i\u{307}\n3 kelvin",
        expect![[r#"
        blocked STRAßE: Blocked
            ! internal user 1 exists
        blocked İ: Blocked
            ! internal user 2 exists
        blocked Kelvin: Blocked
            ! internal user 3 exists
    "#]],
    );
}

#[test]
fn a_dn_is_kept_as_the_directory_writes_it() {
    let dn = "\"dn=cn=Doe\\, Jürgen,ou=R\\C3\\A9sum\\C3\\A9 ,dc=x\"";
    check(
        &format!("jd id=e1 {dn}"),
        &format!("1 jd id=e1 {dn}"),
        expect![[r#"
        unchanged jd user 1 version 1: ExternalId
            1 as they are
    "#]],
    );
}

// An internal user of the same name (R9).

#[test]
fn an_internal_user_of_the_same_name_blocks() {
    check(
        "eve id=e1",
        "1 Eve",
        expect![[r#"
        blocked eve: Blocked
            ! internal user 1 exists
    "#]],
    );
}

#[test]
fn a_row_can_be_chosen_to_link() {
    check_with(
        "link=e1",
        "eve id=e1 phone=1\nbob id=e2",
        "1 Eve\n2 bob",
        expect![[r#"
        update eve link user 1 version 1: ChosenLink
            username: Eve -> eve (case only)
            phone: nothing -> 1
        blocked bob: Blocked
            ! internal user 2 exists
    "#]],
    );
}

#[test]
fn a_chosen_link_takes_no_user_from_another_entry() {
    check_with(
        "link=e1",
        "eve id=e1",
        "1 eve id=e2",
        expect![[r#"
        blocked eve: Blocked
            ! user 1 is linked elsewhere
    "#]],
    );
}

#[test]
fn the_policy_can_link() {
    check_with(
        "conflict=link",
        "eve id=e1",
        "1 eve",
        expect![[r#"
        update eve link user 1 version 1: PolicyLink
            1 as they are
    "#]],
    );
}

#[test]
fn the_policy_can_skip() {
    check_with(
        "conflict=skip",
        "eve id=e1",
        "1 eve",
        expect![[r#"
        skipped eve user 1: PolicySkip
    "#]],
    );
}

#[test]
fn linking_an_administrator_is_guarded_as_giving_the_role() {
    check_with(
        "conflict=link",
        "root id=e1",
        "1 root roles=ROLE_ADMINISTRATOR,ROLE_AUDITOR",
        expect![[r#"
        update root link user 1 version 1: PolicyLink
            1 as they are
        guard GivesAdministrator { role: RoleCode("ROLE_ADMINISTRATOR"), users: 1 }
    "#]],
    );
}

// Refreshing (R8).

#[test]
fn only_mapped_fields_change_and_roles_stay() {
    let user = "1 eve id=e1 email=a@x phone=1 department=Old title=T roles=ROLE_AUDITOR custom:badge=1|2";
    check_with(
        "roles=ROLE_USER_MANAGER",
        "eve id=e1 email=b@x phone= department=Old custom:badge=1|3 custom:team=\"Red  Team\"",
        user,
        expect![[r#"
            update eve user 1 version 1: ExternalId
                email: a@x -> b@x
                phone: 1 -> nothing
                custom:badge: 1|2 -> 1|3
                custom:team: nothing -> Red  Team
                2 as they are
        "#]],
    );
}

#[test]
fn a_change_of_case_or_space_is_marked() {
    check(
        "eve id=e1 display=\"EVE  NOVAK\" department=\"R &  D\" title=BOSS",
        "1 Eve id=e1 display=\"Eve Novak\" department=\"R & D\" title=boss",
        expect![[r#"
            update eve user 1 version 1: ExternalId
                username: Eve -> eve (case only)
                display_name: Eve Novak -> EVE  NOVAK
                department: R & D -> R &  D (space only)
                job_title: boss -> BOSS (case only)
        "#]],
    );
}

#[test]
fn the_same_again_is_nothing_to_do() {
    check(
        "eve id=e1 email=e@x enabled=yes",
        "1 eve id=e1 email=e@x",
        expect![[r#"
        unchanged eve user 1 version 1: ExternalId
            3 as they are
    "#]],
    );
}

// Roles (R6).

#[test]
fn new_users_get_the_roles() {
    check_with(
        "roles=ROLE_AUDITOR,ROLE_B",
        "eve id=e1\nbob id=e2",
        "2 bob id=e2",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            enabled: nothing -> yes
            + ROLE_AUDITOR
            + ROLE_B
        unchanged bob user 2 version 1: ExternalId
            1 as they are
    "#]],
    );
}

#[test]
fn those_already_imported_get_them_if_it_is_wanted() {
    check_with(
        "roles=ROLE_AUDITOR,ROLE_B existing",
        "bob id=e2",
        "2 bob id=e2 roles=ROLE_B",
        expect![[r#"
        update bob user 2 version 1: ExternalId
            1 as they are
            + ROLE_AUDITOR
    "#]],
    );
}

// Guards (R26).

#[test]
fn an_administrators_role_trips_a_guard() {
    check_with(
        "roles=ROLE_ADMINISTRATOR",
        "eve id=e1\nbob id=e2\n- id=e3",
        "",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            enabled: nothing -> yes
            + ROLE_ADMINISTRATOR
        create bob: Unknown
            username: nothing -> bob
            enabled: nothing -> yes
            + ROLE_ADMINISTRATOR
        blocked : Blocked
            ! MissingUsername
        guard GivesAdministrator { role: RoleCode("ROLE_ADMINISTRATOR"), users: 2 }
    "#]],
    );
}

#[test]
fn nobody_disables_the_last_administrator_or_himself() {
    check_with(
        "last=1 acting=2",
        "eve id=e1 enabled=no\nbob id=e2 enabled=no\nzoe id=e3 enabled=no",
        "1 eve id=e1\n2 bob id=e2\n3 zoe id=e3",
        expect![[r#"
            blocked eve: Blocked
                ! LastAdministrator
            blocked bob: Blocked
                ! ActingUser
            disable zoe user 3 version 1: ExternalId
                enabled: yes -> no
                1 as they are
        "#]],
    );
}

#[test]
fn the_acting_user_may_change_otherwise() {
    check_with(
        "last=1 acting=1",
        "eve id=e1 enabled=yes phone=2",
        "1 eve id=e1",
        expect![[r#"
        update eve user 1 version 1: ExternalId
            phone: nothing -> 2
            2 as they are
    "#]],
    );
}

#[test]
fn many_that_are_disabled_or_renamed_trip_guards() {
    let users = "1 a id=e1\n2 b id=e2\n3 c id=e3\n4 d id=e4";
    check(
        "a id=e1 enabled=no\nb id=e2 enabled=no\nc2 id=e3\nD id=e4",
        users,
        expect![[r#"
        disable a user 1 version 1: ExternalId
            enabled: yes -> no
            1 as they are
        disable b user 2 version 1: ExternalId
            enabled: yes -> no
            1 as they are
        rename c2 user 3 version 1: ExternalId
            username: c -> c2
        update D user 4 version 1: ExternalId
            username: d -> D (case only)
        guard DisablesMany { users: 2 }
    "#]],
    );
    check(
        "a2 id=e1\nb2 id=e2 enabled=no\nc2 id=e3\nD id=e4",
        users,
        expect![[r#"
        rename a2 user 1 version 1: ExternalId
            username: a -> a2
        disable b2 user 2 version 1: ExternalId
            username: b -> b2
            enabled: yes -> no
        rename c2 user 3 version 1: ExternalId
            username: c -> c2
        update D user 4 version 1: ExternalId
            username: d -> D (case only)
        guard RenamesMany { users: 3 }
    "#]],
    );
}

// What is wrong with a row.

#[test]
fn a_row_without_a_usable_name_or_entry_is_blocked() {
    check(
        "- id=e1 display=\"Eve N\"\n\"a\tb\" id=e2\neve",
        "",
        expect![[r#"
        blocked : Blocked
            ! MissingUsername
        blocked a�b: Blocked
            ! IllegalUsername
        blocked eve: Blocked
            ! MissingExternalId { attribute: "" }
    "#]],
    );
    let plan = planned("", &format!("{} id=e1", "x".repeat(256)), "");
    assert_eq!(plan.rows[0].issues, [plan::Issue::IllegalUsername]);
    assert_eq!(plan.rows[0].username, "x".repeat(255));
}

#[test]
fn a_row_says_all_that_blocks_it() {
    check(
        "eve id=e1\neve",
        "",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            enabled: nothing -> yes
        blocked eve: Blocked
            ! same as row 0
            ! MissingExternalId { attribute: "" }
    "#]],
    );
}

// Files.

#[test]
fn a_row_of_a_file_finds_any_user_by_name() {
    check_with(
        "file",
        "EVE phone=1\nbob phone=1\nzoe",
        "1 EVE\n2 bob id=e2 phone=2",
        expect![[r#"
        update EVE user 1 version 1: Username
            phone: nothing -> 1
            1 as they are
        update bob user 2 version 1: Username
            phone: 2 -> 1
            1 as they are
        create zoe: Unknown
            username: nothing -> zoe
            enabled: nothing -> yes
    "#]],
    );
}
