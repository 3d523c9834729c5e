//! What becomes of a record whose user is known, or who is new (R6, R8, R26), and what is wrong with it.

use crate::notation::planned;
use crate::{check, check_with};
use expect_test::expect;

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

#[test]
fn a_directory_says_where_its_people_get_letters_and_not_who_is_an_internal_user() {
    let policy = "conflict=link mayn't=ROLE_ADMINISTRATOR";
    check_with(
        policy,
        "eve id=1 email=new@example.org\nbobby id=2\nann id=3 enabled=no\nold id=4\nfree id=5",
        "1 eve id=1 roles=ROLE_ADMINISTRATOR\n2 bob id=2 roles=ROLE_ADMINISTRATOR\n\
         3 ann id=3 roles=ROLE_ADMINISTRATOR\n4 old roles=ROLE_ADMINISTRATOR\n5 free roles=ROLE_A",
        expect![[r#"
            update eve user 1 version 1: ExternalId
                email: nothing -> new@example.org
                1 as they are
            blocked bobby: Blocked
                ! BeyondAuthor { role: RoleCode("ROLE_ADMINISTRATOR") }
            blocked ann: Blocked
                ! BeyondAuthor { role: RoleCode("ROLE_ADMINISTRATOR") }
            blocked old: Blocked
                ! BeyondAuthor { role: RoleCode("ROLE_ADMINISTRATOR") }
            update free link user 5 version 1: PolicyLink
                1 as they are
        "#]],
    );
}

#[test]
fn a_dn_that_is_only_spelled_otherwise_is_no_move() {
    check(
        "eve id=1 dn=\"UID=Eve, OU=People,  dc=example\"\nbob id=2 dn=uid=bob,ou=sales,dc=example\n\
         ann id=3 dn=\"no dn\"\njoe id=4 dn=no-dn",
        "1 eve id=1 dn=uid=eve,ou=people,dc=example\n2 bob id=2 dn=uid=bob,ou=people,dc=example\n\
         3 ann id=3 dn=uid=ann\n4 joe id=4 dn=no-dn",
        expect![[r#"
            unchanged eve user 1 version 1: ExternalId
                1 as they are
            rename bob user 2 version 1: ExternalId
                1 as they are
                moved: uid=bob,ou=people,dc=example -> uid=bob,ou=sales,dc=example
            rename ann user 3 version 1: ExternalId
                1 as they are
                moved: uid=ann -> no dn
            unchanged joe user 4 version 1: ExternalId
                1 as they are
        "#]],
    );
}
